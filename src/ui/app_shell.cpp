#include "ui/app_shell.hpp"

#include <algorithm>
#include <map>

#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "base/random.hpp"
#include "embedded/app.hpp"
#include "ui/assets.hpp"

namespace sealbook::ui {
namespace {

constexpr std::string_view folder = "/assets/app/";
constexpr std::string_view short_form = ".br";
constexpr std::size_t nonce_size = 16;

// One style element is the component library's own: it bears the nonce. The rest is in files.
constexpr std::string_view policy_before_nonce =
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action "
    "'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; style-src 'self' 'nonce-";

std::string with(std::string_view text, std::string_view mark, std::string_view value) {
  const std::size_t at = text.find(mark);
  ASSERT(at != std::string_view::npos);
  return std::string(text.substr(0, at)).append(value).append(text.substr(at + mark.size()));
}

// Names and contents; the shell comes first (web/build.mjs).
const std::string& shell_text() {
  static const std::string text =
      with(embedded::app().front().second, "{icon}", asset_path("pages/mark.svg"));
  return text;
}

std::map<std::string, net::HttpResponse, std::less<>> served_files() {
  std::map<std::string, net::HttpResponse, std::less<>> served;
  for (const auto& [name, content] : embedded::app().subspan(1)) {
    const bool is_short = name.ends_with(short_form);
    const std::string_view plain = name.substr(0, name.size() - (is_short ? short_form.size() : 0));
    net::HttpResponse response = lasting_file(plain, content);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (is_short) response.headers.emplace_back("Content-Encoding", "br");
    served.emplace(std::string(folder).append(name), std::move(response));
  }
  return served;
}

// "gzip, deflate, br;q=0.9": named, and not with a weight of nothing.
bool reads_brotli(std::string_view accepted) {
  while (!accepted.empty()) {
    const std::size_t end = std::min(accepted.find(','), accepted.size());
    std::string_view coding = accepted.substr(0, end);
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
    while (coding.starts_with(' ')) coding.remove_prefix(1);
    if (coding == "br") return true;
    if (coding.starts_with("br;")) return coding.find_first_of("123456789") != coding.npos;
  }
  return false;
}

}  // namespace

bool is_app_page(std::string_view path) {
  return path == "/sign-in" || path == "/desk" || path == "/my" || path.starts_with("/desk/") ||
         path.starts_with("/my/") || path.starts_with("/e/");
}

net::HttpResponse app_shell() {
  const std::string nonce = to_base64url(ByteView(random_array<nonce_size>()));
  net::HttpResponse response;
  response.content_type = "text/html; charset=utf-8";
  response.body = with(shell_text(), "{nonce}", nonce);
  response.content_security_policy.append(policy_before_nonce).append(nonce).append("'");
  return response;
}

const net::HttpResponse* find_app_file(const net::HttpRequest& request) {
  static const auto files = served_files();
  if (!request.path.starts_with(folder) || request.path.ends_with(short_form)) return nullptr;
  if (reads_brotli(request.header("Accept-Encoding").value_or(""))) {
    const auto found = files.find(std::string(request.path).append(short_form));
    if (found != files.end()) return &found->second;
  }
  const auto found = files.find(request.path);
  return found == files.end() ? nullptr : &found->second;
}

}  // namespace sealbook::ui
