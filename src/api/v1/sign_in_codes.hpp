// One-time codes by mail, for patients.
#pragma once

#include "api/v1/passkeys.hpp"

namespace sealbook::api {

struct CodeRequest {
  std::string tenant;
  SensitiveText contact;
  static constexpr Field fields[] = {
      field<&CodeRequest::tenant>("tenant", DataClass::public_, "The organisation's slug.", {.max = 40, .text = TextRule::slug}),
      field<&CodeRequest::contact>("contact", DataClass::pii, "An e-mail address that the organisation has verified.", {.text = TextRule::email}),
  };
};
// {}: the same for every address.
struct CodeAsked {
  static constexpr std::array<Field, 0> fields{};
};
struct RequestCode {
  using Request = CodeRequest;
  using Response = CodeAsked;
  static constexpr EndpointSpec spec = checked({
      .id = "requestCode", .method = Method::post, .path = "/v1/session/code", .summary = "Has a one-time code sent to a patient; tells nobody whether it was.",
      .access = open_to_public(before_an_account), .audit = AuditAction::sign_in_code_sent, .rate = RateClass::sign_in,
      .success = 202, .errors = {ErrorCode::cross_site}, .slow = true});
};
struct VerifyCodeRequest {
  std::string tenant;
  SensitiveText contact;
  SensitiveText code;
  static constexpr Field fields[] = {
      field<&VerifyCodeRequest::tenant>("tenant", DataClass::public_, "The organisation's slug.", {.max = 40, .text = TextRule::slug}),
      field<&VerifyCodeRequest::contact>("contact", DataClass::pii, "Where the code went.", {.text = TextRule::email}),
      field<&VerifyCodeRequest::code>("code", DataClass::secret, "Its digits; spaces and hyphens are let pass.", {.max = 20}),
  };
};
struct VerifyCode {
  using Request = VerifyCodeRequest;
  using Response = SessionResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "verifyCode", .method = Method::post, .path = "/v1/session/code/verify", .summary = "Signs a patient in with the code that was mailed.",
      .access = open_to_public(before_an_account), .audit = AuditAction::session_started, .rate = RateClass::sign_in,
      .errors = {ErrorCode::unauthenticated, ErrorCode::cross_site}, .slow = true});
};

std::span<const Endpoint> sign_in_code_endpoints();

}  // namespace sealbook::api
