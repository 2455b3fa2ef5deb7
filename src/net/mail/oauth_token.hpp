// OAuthTokenSource fetches the access token that XOAUTH2 wants, from a token endpoint over HTTPS:
// by refresh token (RFC 6749 section 6) or client credentials (4.4). Kept until a minute before it
// expires.
//
// Threads: any; one fetch at a time, the others wait for it. Time is the clock's.
#pragma once

#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "net/https_client.hpp"

namespace sealbook::net::mail {

struct OAuthSettings {
  std::string token_url;  // https
  std::string client_id;
  Secret client_secret;  // empty: a public client
  Secret refresh_token;  // empty: client credentials
  std::string scope;     // empty: none is asked for
};

class OAuthTokenSource {
 public:
  OAuthTokenSource(OAuthSettings settings, HttpsClient client, const Clock& clock)
      : settings_(std::move(settings)), client_(std::move(client)), clock_(clock) {}

  // A token that is good for a minute at least. Fails with `unavailable` when the endpoint cannot
  // be reached or refuses; the cause holds its RFC 6749 error word, never more of its answer.
  Result<Secret> token(const EgressPermit& permit);
  // The server refused the token: the next call fetches another.
  void forget();

 private:
  Result<void> fetch(const EgressPermit& permit);  // under the mutex

  OAuthSettings settings_;
  HttpsClient client_;
  const Clock& clock_;  // outlives this
  std::mutex mutex_;
  Secret token_;
  Instant good_until_;
};

}  // namespace sealbook::net::mail
