// Whether a form was sent by a page of ours, and by the browser that got it (CONTROLS WEB-01).
//
// Two proofs are asked for: the browser's own word for where the request comes from (Fetch
// Metadata; the Origin header where there is none), and a token in the form that is a MAC under the
// secret of the visitor's cookie, so that a form of another session does not fit. Threads: any.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "net/cookies.hpp"

namespace sealbook::ui {

using net::is_from_this_origin;

// The visitor's secret: the text of the cookie that the page was given with.
class Visitor {
 public:
  // Takes the request's cookie, or draws a new one; `is_new` tells that it has to be set.
  static Visitor of(const net::HttpRequest& request);

  bool is_new() const { return is_new_; }
  // From now on tokens fit only together with that session's cookie.
  void bind(std::string_view session) { session_ = session; }
  // The Set-Cookie value: __Host-, Secure, HttpOnly, SameSite=Lax, for the browser's session.
  std::string set_cookie() const;
  // The token of the forms below that path.
  std::string form_token(std::string_view path) const;
  bool fits(std::string_view path, std::string_view token) const;
  // A MAC of a short text that a later page of the same visitor may believe.
  std::string sealed(std::string_view purpose, std::string_view text) const;

 private:
  Secret secret_;
  std::string session_;
  bool is_new_ = false;
};

// A cookie of this server with an opaque value. Life in seconds; 0: until the browser closes;
// negative: forget it now.
std::string cookie(std::string_view name, std::string_view value, std::int64_t life_s);

}  // namespace sealbook::ui
