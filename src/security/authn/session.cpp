#include "security/authn/session.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "security/crypto/hkdf.hpp"

namespace sealbook::authn {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t token_bytes = 32, token_text = 43;
constexpr std::string_view cookie_rules = "; Path=/; Secure; HttpOnly; SameSite=Lax";

struct Named {
  std::string_view mark, name;
};
// The first that fits counts: many browsers call themselves by the names of others as well.
constexpr Named browsers[] = {{"Edg/", "Edge"},       {"OPR/", "Opera"},      {"Firefox/", "Firefox"},
                              {"FxiOS/", "Firefox"},  {"CriOS/", "Chrome"},   {"Chrome/", "Chrome"},
                              {"Chromium/", "Chrome"}, {"Safari/", "Safari"}};
constexpr Named systems[] = {{"Android", "Android"}, {"iPhone", "iOS"},     {"iPad", "iOS"},
                             {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"},
                             {"Linux", "Linux"}};

std::string_view first_of(std::span<const Named> list, std::string_view text, std::string_view other) {
  const auto found = std::ranges::find_if(list, [&](const Named& n) { return text.contains(n.mark); });
  return found == list.end() ? other : found->name;
}

}  // namespace

SessionLimits limits_of(Role role, SessionMethod method) {
  SessionLimits limits{15min, 12h};
  if (role == Role::admin || role == Role::super_admin) limits = {10min, 8h};
  if (role == Role::patient) limits = {30min, 24h};
  if (method == SessionMethod::enrolment || method == SessionMethod::recovery) limits = {15min, 15min};
  if (method == SessionMethod::demo) limits.idle.reset();
  return limits;
}

bool stands(const Session& session, Instant now) {
  if (session.ended || session.expires <= now) return false;
  const auto idle = limits_of(session.principal.role, session.method).idle;
  return !idle || now < session.seen + *idle;
}

SessionToken make_session_token() {
  SessionToken token;
  token.text = to_base64url(random_array<token_bytes>());
  token.hash = crypto::sha256(as_bytes(token.text));
  return token;
}

std::optional<Hash256> session_hash(std::string_view text) {
  if (text.size() != token_text || !from_base64url(text)) return std::nullopt;
  return crypto::sha256(as_bytes(text));
}

std::string session_cookie(std::string_view text) {
  return std::string(session_cookie_name) + "=" + std::string(text) + std::string(cookie_rules);
}

std::string no_session_cookie() {
  return std::string(session_cookie_name) + "=" + std::string(cookie_rules) + "; Max-Age=0";
}

std::string csrf_token(const Secret& root, const Session& session) {
  const Secret key = crypto::hkdf_expand_sha512(crypto::HmacSha512Key(root), as_bytes("sealbook csrf 1"), 32);
  return to_base64url(crypto::HmacSha256Key(key).mac({session.id.bytes(), session.hash}));
}

bool is_csrf_token(const Secret& root, const Session& session, std::string_view token) {
  return constant_time_equal(as_bytes(csrf_token(root, session)), as_bytes(token));
}

std::string device_label(std::string_view user_agent) {
  return std::string(first_of(browsers, user_agent, "A browser")) + " on " +
         std::string(first_of(systems, user_agent, "an unknown system"));
}

}  // namespace sealbook::authn
