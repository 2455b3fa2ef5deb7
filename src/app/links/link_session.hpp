// What a browser brings to a personal link, and the session that it may have there.
#pragma once

#include <memory>
#include <string>

#include "app/app.hpp"
#include "base/result.hpp"
#include "security/authz/decide.hpp"
#include "storage/tables/links.hpp"

namespace sealbook::app::links {

using storage::LinkKind;

inline constexpr std::string_view session_cookie_name = "__Host-sb-session";
inline constexpr std::string_view device_cookie_name = "__Host-sb-device";
inline constexpr Micros session_life = std::chrono::minutes(30);
inline constexpr Micros device_life = std::chrono::days(90);
inline constexpr Micros code_life = std::chrono::minutes(10);
inline constexpr int code_tries = 5;
inline constexpr auto refusal_floor = std::chrono::milliseconds(25);

// Whom allowances are counted by: net::PeerAddress::prefix().bytes.
struct Client {
  RawId network{};
};

struct LinkRequest {
  std::string token;           // of the path; whatever was there
  std::string session_cookie;  // values of the two cookies; empty when absent
  std::string device_cookie;
  Client client;
};

// The one refusal: not_found with one text.
std::unexpected<Error> refused();

// A proven person at work. Good for the request that it was made for.
class LinkSession {
 public:
  const std::shared_ptr<Tenant>& tenant() const { return tenant_; }
  const storage::LinkRow& link() const { return link_; }
  const Principal& principal() const { return principal_; }
  // What a page's anti-forgery token may be bound to: it differs from session to session.
  const Hash256& id() const { return id_; }
  Instant expires() const { return expires_; }

 private:
  friend Result<LinkSession> session(App& app, const LinkRequest& request);
  LinkSession() = default;
  std::shared_ptr<Tenant> tenant_;
  storage::LinkRow link_;
  Principal principal_;
  Hash256 id_{};
  Instant expires_;
};

}  // namespace sealbook::app::links
