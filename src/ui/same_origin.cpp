#include "ui/same_origin.hpp"

#include "base/random.hpp"
#include "net/cookies.hpp"
#include "security/crypto/mac.hpp"

namespace sealbook::ui {
namespace {

constexpr std::string_view visitor_cookie = "__Host-visitor";
constexpr std::size_t secret_size = 32;

}  // namespace

Visitor Visitor::of(const net::HttpRequest& request) {
  Visitor visitor;
  const auto text = net::find_cookie(request.header("Cookie").value_or(""), visitor_cookie);
  const auto bytes = text ? from_base64url(*text) : std::nullopt;
  if (bytes && bytes->size() == secret_size) {
    visitor.secret_ = Secret(ByteView(*bytes));
  } else {
    visitor.secret_ = Secret(ByteView(random_array<secret_size>()));
    visitor.is_new_ = true;
  }
  return visitor;
}

std::string Visitor::set_cookie() const {
  return cookie(visitor_cookie, to_base64url(secret_.expose()), 0);
}

std::string Visitor::form_token(std::string_view path) const { return sealed("form", path); }

bool Visitor::fits(std::string_view path, std::string_view token) const {
  return !is_new_ && constant_time_equal(as_bytes(form_token(path)), as_bytes(token));
}

std::string Visitor::sealed(std::string_view purpose, std::string_view text) const {
  const crypto::HmacSha256Key key(secret_);
  const std::uint8_t gap[1] = {0};
  return to_base64url(key.mac({as_bytes("sealbook ui v1"), gap, as_bytes(session_), gap,
                               as_bytes(purpose), gap, as_bytes(text)}));
}

std::string cookie(std::string_view name, std::string_view value, std::int64_t life_s) {
  std::string text =
      std::string(name) + "=" + std::string(value) + "; Path=/; Secure; HttpOnly; SameSite=Lax";
  if (life_s > 0) text += "; Max-Age=" + std::to_string(life_s);
  if (life_s < 0) text += "; Max-Age=0";
  return text;
}

}  // namespace sealbook::ui
