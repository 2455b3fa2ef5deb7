#include "ui/assets.hpp"

#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "embedded/web.hpp"
#include "security/crypto/hash.hpp"

namespace sealbook::ui {
namespace {

constexpr std::string_view kept_for_a_year = "public, max-age=31536000, immutable";

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

struct Served {
  std::map<std::string, std::string, std::less<>> path_by_name;
  std::map<std::string, net::HttpResponse, std::less<>> by_path;
};

Served served_files() {
  Served served;
  for (const auto& [name, content] : embedded::web()) {
    const std::string_view file = name.substr(name.rfind('/') + 1);
    const std::size_t dot = file.rfind('.');
    const std::string hash = to_hex(ByteView(crypto::sha256(as_bytes(content))).first(8));
    std::string path =
        "/assets/" + std::string(file.substr(0, dot)) + "." + hash + std::string(file.substr(dot));
    served.by_path.emplace(path, lasting_file(file, content));
    served.path_by_name.emplace(std::string(name), std::move(path));
  }
  return served;
}

const Served& files() {
  static const Served served = served_files();
  return served;
}

}  // namespace

std::string_view asset(std::string_view name) {
  for (const auto& [path, content] : embedded::web())
    if (path == name) return content;
  ASSERT(false);
  return {};
}

const std::string& asset_path(std::string_view name) {
  const auto found = files().path_by_name.find(name);
  ASSERT(found != files().path_by_name.end());
  return found->second;
}

net::HttpResponse lasting_file(std::string_view name, std::string_view content) {
  net::HttpResponse response;
  response.content_type = std::string(type_of(name));
  response.body = std::string(content);
  response.cache_control = std::string(kept_for_a_year);
  return response;
}

const net::HttpResponse* find_asset(std::string_view path) {
  const auto found = files().by_path.find(path);
  return found == files().by_path.end() ? nullptr : &found->second;
}

}  // namespace sealbook::ui
