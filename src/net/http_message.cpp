#include "net/http_message.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "base/assert.hpp"

namespace sealbook::net {
namespace {

constexpr std::array<std::uint8_t, 12> ipv4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool PeerAddress::is_ipv4() const {
  return std::equal(ipv4_prefix.begin(), ipv4_prefix.end(), bytes.begin());
}

bool PeerAddress::is_loopback() const {
  if (is_ipv4()) return bytes[12] == 127;
  return bytes[15] == 1 && std::all_of(bytes.begin(), bytes.end() - 1, [](auto b) { return b == 0; });
}

PeerAddress PeerAddress::prefix() const {
  PeerAddress masked{.bytes = bytes, .port = 0};
  if (!is_ipv4()) std::fill(masked.bytes.begin() + 8, masked.bytes.end(), std::uint8_t{0});
  return masked;
}

std::string PeerAddress::text() const {
  char text[INET6_ADDRSTRLEN] = {};
  const bool v4 = is_ipv4();
  const char* done =
      inet_ntop(v4 ? AF_INET : AF_INET6, bytes.data() + (v4 ? 12 : 0), text, sizeof text);
  ASSERT(done != nullptr);
  return done;
}

bool same_header_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
  for (const HeaderView& header : headers)
    if (same_header_name(header.name, name)) return header.value;
  return std::nullopt;
}

HttpRequest make_request(std::string_view method, std::string_view target,
                         std::span<const HeaderView> headers, std::string body) {
  std::size_t size = method.size() + target.size();
  for (const HeaderView& header : headers) size += header.name.size() + header.value.size();
  HttpRequest request;
  request.head = std::make_unique<char[]>(size);
  char* at = request.head.get();
  const auto keep = [&at](std::string_view text) {
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    const std::string_view kept(at, text.size());
    at += text.size();
    return kept;
  };
  request.method = keep(method);
  request.target = keep(target);
  request.path = request.target.substr(0, request.target.find('?'));
  if (request.path.size() < request.target.size())
    request.query = request.target.substr(request.path.size() + 1);
  for (const HeaderView& header : headers)
    request.headers.push_back({keep(header.name), keep(header.value)});
  request.body = std::move(body);
  request.request_id = "req_00000000000000000000000000";
  return request;
}

}  // namespace sealbook::net
