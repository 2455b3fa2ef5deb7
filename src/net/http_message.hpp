// One HTTP request as the server hands it on, and the answer it takes back. Plain data: nothing of
// the network library shows here, so that another protocol can stand behind the same types.
//
// A request owns its bytes: every view in it points into `head`, and survives a move. Header names
// compare without case (RFC 9110 section 5.1). `target`, `path` and `query` are as they came, with
// percent encoding; the server has already refused what is not visible ASCII.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"

namespace sealbook::net {

// An IPv6 address; IPv4 stands in it as ::ffff:a.b.c.d.
struct PeerAddress {
  std::array<std::uint8_t, 16> bytes{};
  std::uint16_t port = 0;

  bool is_ipv4() const;
  bool is_loopback() const;  // 127.0.0.0/8 or ::1
  // The address with its low bits cleared: whole for IPv4, /64 for IPv6. What limits count by.
  PeerAddress prefix() const;
  std::string text() const;  // "192.0.2.1" or "2001:db8::1", without the port
  bool operator==(const PeerAddress&) const = default;
};

struct HeaderView {
  std::string_view name;
  std::string_view value;
};

struct HttpRequest {
  std::string_view method;  // "GET"; HEAD arrives as "HEAD", its answer's body is not sent
  std::string_view target;  // origin form: path and query
  std::string_view path;
  std::string_view query;  // after the first '?', without it
  std::vector<HeaderView> headers;
  std::string body;
  PeerAddress peer;
  std::string request_id;  // "req_…", made by the server; also in the answer's Request-Id
  Instant received;        // when its header was complete
  std::unique_ptr<char[]> head;

  // The first header of that name. The server lets Host, Content-Length, Content-Type,
  // Authorization, Idempotency-Key and If-Match stand at most once.
  std::optional<std::string_view> header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;  // empty when there is no body
  std::string body;
  std::vector<std::pair<std::string, std::string>>
      headers;                               // further ones: Location, ETag, Allow, …
  std::string content_security_policy = {};  // empty: the default, which allows nothing
  std::string cache_control = {};            // empty: no-store
  bool close = false;                        // end the connection after this answer
};

// A request made by hand, for tests of what stands behind the server.
HttpRequest make_request(std::string_view method, std::string_view target,
                         std::span<const HeaderView> headers = {}, std::string body = {});

// Compares header names: ASCII letters without case.
bool same_header_name(std::string_view a, std::string_view b);

}  // namespace sealbook::net
