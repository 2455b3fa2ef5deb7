#include "net/mail/oauth_token.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace sealbook::net::mail {
namespace {

constexpr std::chrono::seconds margin{60};
constexpr std::int64_t usual_seconds = 300;  // when the endpoint does not say (RFC 6749 5.1)
constexpr std::int64_t most_seconds = 86'400;
constexpr std::size_t most_token_bytes = 16 * 1024;

std::unexpected<Error> refused(std::string cause) {
  Error error =
      make_error(ErrorCode::unavailable, "The mail service's token endpoint gave no token.");
  error.cause = std::move(cause);
  return fail(std::move(error));
}

// The error words of RFC 6749 5.2; anything else is not repeated.
std::string error_word(const JsonValue& answer) {
  const JsonValue* error = answer.find("error");
  const std::string* word = error == nullptr ? nullptr : error->as_string();
  for (const std::string_view known :
       {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
        "unsupported_grant_type", "invalid_scope"})
    if (word != nullptr && *word == known) return std::string(known);
  return "no error word";
}

// vschar of RFC 6749 A.12, without what would end the line of a SASL message.
bool is_token(std::string_view token) {
  return !token.empty() && token.size() <= most_token_bytes &&
         std::ranges::all_of(token, [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace

Result<Secret> OAuthTokenSource::token(const EgressPermit& permit) {
  const std::lock_guard lock(mutex_);
  if (token_.empty() || clock_.now() >= good_until_) ENSURE(fetch(permit));
  return token_.clone();
}

void OAuthTokenSource::forget() {
  const std::lock_guard lock(mutex_);
  token_ = Secret();
}

Result<void> OAuthTokenSource::fetch(const EgressPermit& permit) {
  const bool refreshes = !settings_.refresh_token.empty();
  std::vector<std::pair<std::string_view, ByteView>> fields{
      {"grant_type", as_bytes(refreshes ? "refresh_token" : "client_credentials")},
      {"client_id", as_bytes(settings_.client_id)}};
  if (!settings_.client_secret.empty())
    fields.emplace_back("client_secret", settings_.client_secret.expose());
  if (refreshes) fields.emplace_back("refresh_token", settings_.refresh_token.expose());
  if (!settings_.scope.empty()) fields.emplace_back("scope", as_bytes(settings_.scope));
  TRY(answer, client_.post_form(permit, settings_.token_url, form_body(fields)));
  const auto json = parse_json(as_text(answer.body.expose()));
  if (!json) return refused("status " + std::to_string(answer.status) + ", not JSON");
  if (answer.status != 200)
    return refused("status " + std::to_string(answer.status) + ", " + error_word(*json));
  const JsonValue* token = json->find("access_token");
  const JsonValue* type = json->find("token_type");
  const JsonValue* expires = json->find("expires_in");
  if (token == nullptr || token->as_string() == nullptr || !is_token(*token->as_string()))
    return refused("an answer without a usable access_token");
  if (type != nullptr && type->as_string() != nullptr &&
      !std::ranges::equal(*type->as_string(), std::string_view("bearer"), {},
                          [](char c) { return static_cast<char>(c | 32); }))
    return refused("a token that is no bearer token");
  const std::int64_t said =
      expires != nullptr && expires->as_int() != nullptr ? *expires->as_int() : usual_seconds;
  const std::int64_t seconds = std::clamp<std::int64_t>(said, 0, most_seconds);
  token_ = Secret(as_bytes(*token->as_string()));
  good_until_ = clock_.now() + std::chrono::seconds(seconds) - margin;
  // A provider that rotates refresh tokens (RFC 6749 6) gives the next one here.
  if (const JsonValue* next = json->find("refresh_token");
      refreshes && next != nullptr && next->as_string() != nullptr)
    settings_.refresh_token = Secret(as_bytes(*next->as_string()));
  return {};
}

}  // namespace sealbook::net::mail
