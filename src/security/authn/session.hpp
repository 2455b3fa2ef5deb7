// Session is what a browser's cookie stands for: who signed in, how, when, and until when.
//
// The cookie `__Host-sid` holds 256 random bits; only SHA-256 of its text is kept (SES-02). It ends
// after a time without requests, after a whole time (SES-01), or when somebody ends it. Each proof of
// identity gets a new cookie, so that one planted beforehand is worth nothing. Threads: plain data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"
#include "security/authz/decide.hpp"

namespace sealbook::authn {

inline constexpr std::string_view session_cookie_name = "__Host-sid";
inline constexpr std::string_view csrf_header_name = "X-CSRF-Token";
// How long a proof of identity is fresh for what asks for one (AUTH-06).
inline constexpr Micros factor_life = std::chrono::minutes(5);

// How somebody proved who they are. Stored by number.
enum class SessionMethod : std::uint8_t { passkey = 1, code, enrolment, recovery, shift_pass, demo };

struct Session {
  SessionId id;
  Hash256 hash{};  // of the cookie
  std::int64_t tenant_no = 0;
  Principal principal;
  SessionMethod method = SessionMethod::passkey;
  std::string device;  // "Firefox on Linux", see device_label()
  Instant created;
  Instant factor;  // the last proof of identity
  Instant seen;    // the last request
  Instant expires;
  std::optional<Instant> ended;
};

struct SessionLimits {
  std::optional<Micros> idle;
  Micros whole{};
};
SessionLimits limits_of(Role role, SessionMethod method);

// Whether it still stands. Pure.
bool stands(const Session& session, Instant now);

struct SessionToken {
  std::string text;  // for the cookie
  Hash256 hash{};
};
SessionToken make_session_token();
// The hash of a cookie's text; nothing when it cannot be one of ours.
std::optional<Hash256> session_hash(std::string_view text);

// Values of Set-Cookie: __Host-, Secure, HttpOnly, SameSite=Lax, without a life of its own.
std::string session_cookie(std::string_view text);
std::string no_session_cookie();

// The synchroniser token of a session's pages (WEB-01): a MAC of the session under a key of the
// server, so that it changes with the cookie. `root`: the instance's page key.
std::string csrf_token(const Secret& root, const Session& session);
bool is_csrf_token(const Secret& root, const Session& session, std::string_view token);

// A browser and a system out of a closed list, so that nothing of the header itself is kept.
std::string device_label(std::string_view user_agent);

}  // namespace sealbook::authn
