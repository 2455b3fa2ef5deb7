#include "net/cookies.hpp"

#include <algorithm>

namespace sealbook::net {

std::optional<std::string> find_cookie(std::string_view header, std::string_view name) {
  std::optional<std::string> found;
  while (!header.empty()) {
    const std::size_t end = header.find(';');
    std::string_view pair = header.substr(0, end);
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    while (!pair.empty() && pair.back() == ' ') pair.remove_suffix(1);
    const std::size_t sign = pair.find('=');
    if (sign == std::string_view::npos || pair.substr(0, sign) != name) continue;
    if (found) return std::nullopt;
    found = std::string(pair.substr(sign + 1));
  }
  if (!found || found->empty() || found->size() > 1024) return std::nullopt;
  const bool plain = std::ranges::all_of(*found, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  return plain ? found : std::nullopt;
}

bool is_from_this_origin(const HttpRequest& request) {
  if (const auto site = request.header("Sec-Fetch-Site")) return *site == "same-origin";
  const auto origin = request.header("Origin");
  const auto host = request.header("Host");
  return origin && host && *origin == "https://" + std::string(*host);
}

}  // namespace sealbook::net
