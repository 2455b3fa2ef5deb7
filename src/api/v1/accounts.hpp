// Accounts of a tenant, and what a caller is told about itself.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/directory_enums.hpp"

namespace sealbook::api {

struct CreateAccountRequest {
  Role role = Role::front_desk;
  std::optional<ResourceId> practitioner_id;
  std::optional<PatientId> patient_id;
  std::optional<Instant> expires_at;
  static constexpr Field fields[] = {
      field<&CreateAccountRequest::role>("role", DataClass::operational, "What the account may do."),
      field<&CreateAccountRequest::practitioner_id>("practitioner_id", DataClass::operational, "A provider's own calendar."),
      field<&CreateAccountRequest::patient_id>("patient_id", DataClass::pii, "A patient's own record."),
      field<&CreateAccountRequest::expires_at>("expires_at", DataClass::operational, "When the token ends; absent: it does not."),
  };
};
struct CreateAccountResponse {
  AccountId id;
  Role role = Role::front_desk;
  std::string token;
  static constexpr Field fields[] = {
      field<&CreateAccountResponse::id>("id", DataClass::operational, "Its public name."),
      field<&CreateAccountResponse::role>("role", DataClass::operational, "What the account may do."),
      field<&CreateAccountResponse::token>("token", DataClass::secret, "Its bearer token; shown this once."),
  };
};
struct CreateAccount {
  using Request = CreateAccountRequest;
  using Response = CreateAccountResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "createAccount", .method = Method::post, .path = "/v1/accounts", .summary = "Creates an account with a role and a token.",
      .access = needs(Permission::role_grant), .audit = AuditAction::account_created, .rate = RateClass::admin,
      .step_up = StepUp::phishing_resistant, .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional});
};

struct AccountView {
  AccountId id;
  Role role = Role::front_desk;
  std::optional<ResourceId> practitioner_id;
  bool active = true;
  Instant created_at;
  static constexpr Field fields[] = {
      field<&AccountView::id>("id", DataClass::operational, "Its public name."),
      field<&AccountView::role>("role", DataClass::operational, "What the account may do."),
      field<&AccountView::practitioner_id>("practitioner_id", DataClass::operational, "A provider's own calendar."),
      field<&AccountView::active>("active", DataClass::operational, "False: its tokens are refused."),
      field<&AccountView::created_at>("created_at", DataClass::operational, "When it was created."),
  };
};
struct ListAccountsResponse {
  std::vector<AccountView> accounts;
  static constexpr Field fields[] = {
      field<&ListAccountsResponse::accounts>("accounts", DataClass::operational, "In order of creation."),
  };
};
struct ListAccounts {
  using Request = NoRequest;
  using Response = ListAccountsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listAccounts", .method = Method::get, .path = "/v1/accounts", .summary = "Lists the tenant's accounts.",
      .access = needs(Permission::role_grant), .rate = RateClass::admin});
};

struct MeResponse {
  AccountId account_id;
  Role role = Role::patient;
  std::optional<TenantId> tenant_id;
  std::optional<ResourceId> practitioner_id;
  std::optional<PatientId> patient_id;
  Instant now;
  std::vector<std::string> permissions;
  static constexpr Field fields[] = {
      field<&MeResponse::account_id>("account_id", DataClass::operational, "Who is calling."),
      field<&MeResponse::role>("role", DataClass::operational, "What the account may do, in a word."),
      field<&MeResponse::tenant_id>("tenant_id", DataClass::operational, "Whose account it is; absent: the instance's."),
      field<&MeResponse::practitioner_id>("practitioner_id", DataClass::operational, "A provider's own calendar."),
      field<&MeResponse::patient_id>("patient_id", DataClass::pii, "A patient's own record."),
      field<&MeResponse::now>("now", DataClass::operational, "The server's clock."),
      field<&MeResponse::permissions>("permissions", DataClass::operational, "What the account may do, each by its id."),
  };
};
struct GetMe {
  using Request = NoRequest;
  using Response = MeResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "getMe", .method = Method::get, .path = "/v1/me", .summary = "Tells who is calling, and what that account may do.",
      .access = authenticated()});
};

std::span<const Endpoint> account_endpoints();

}  // namespace sealbook::api
