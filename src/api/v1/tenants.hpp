// Tenants: made and listed by the instance's administrators; each sees its own profile.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/directory_enums.hpp"

namespace sealbook::api {

struct TenantResponse {
  TenantId id;
  std::int64_t version = 1;
  std::string slug, name, message_name;
  std::optional<std::string> phone;
  std::vector<app::Regime> regime;
  static constexpr Field fields[] = {
      field<&TenantResponse::id>("id", DataClass::operational, "Its public name."),
      field<&TenantResponse::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&TenantResponse::slug>("slug", DataClass::public_, "Its name in addresses of pages."),
      field<&TenantResponse::name>("name", DataClass::operational, "What the organisation is called."),
      field<&TenantResponse::message_name>("message_name", DataClass::public_, "The neutral name that messages use."),
      field<&TenantResponse::phone>("phone", DataClass::public_, "Where people can call back."),
      field<&TenantResponse::regime>("regime", DataClass::operational, "Regime profiles; the strictest wins."),
  };
};

struct FirstAdmin {
  AccountId account_id;
  std::string token;
  std::string enrol_url;
  static constexpr Field fields[] = {
      field<&FirstAdmin::account_id>("account_id", DataClass::operational, "The tenant's first administrator."),
      field<&FirstAdmin::token>("token", DataClass::secret, "Its bearer token; shown this once."),
      field<&FirstAdmin::enrol_url>("enrol_url", DataClass::secret, "The link with which that person gets a passkey: good once, for 24 hours."),
  };
};
struct CreateTenantResponse {
  TenantId id;
  std::int64_t version = 1;
  std::string slug, name, message_name;
  std::optional<std::string> phone;
  std::vector<app::Regime> regime;
  FirstAdmin admin;
  static constexpr Field fields[] = {
      field<&CreateTenantResponse::id>("id", DataClass::operational, "Its public name."),
      field<&CreateTenantResponse::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&CreateTenantResponse::slug>("slug", DataClass::public_, "Its name in addresses of pages."),
      field<&CreateTenantResponse::name>("name", DataClass::operational, "What the organisation is called."),
      field<&CreateTenantResponse::message_name>("message_name", DataClass::public_, "The neutral name that messages use."),
      field<&CreateTenantResponse::phone>("phone", DataClass::public_, "Where people can call back."),
      field<&CreateTenantResponse::regime>("regime", DataClass::operational, "Regime profiles; the strictest wins."),
      field<&CreateTenantResponse::admin>("admin", DataClass::secret, "The first account, which makes all others."),
  };
};

struct CreateTenantRequest {
  std::string slug, name, message_name;
  std::optional<std::string> phone;
  std::vector<app::Regime> regime;
  static constexpr Field fields[] = {
      field<&CreateTenantRequest::slug>("slug", DataClass::public_, "Its name in addresses of pages.", {.min = 3, .max = 40, .text = TextRule::slug}),
      field<&CreateTenantRequest::name>("name", DataClass::operational, "What the organisation is called.", {.max = 120}),
      field<&CreateTenantRequest::message_name>("message_name", DataClass::public_, "The neutral name that messages use.", {.max = 60}),
      field<&CreateTenantRequest::phone>("phone", DataClass::public_, "Where people can call back.", {.max = 30, .text = TextRule::phone}),
      field<&CreateTenantRequest::regime>("regime", DataClass::operational, "Regime profiles; the strictest wins.", {.min = 1, .max = 5}),
  };
};
struct CreateTenant {
  using Request = CreateTenantRequest;
  using Response = CreateTenantResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "createTenant", .method = Method::post, .path = "/v1/tenants", .summary = "Creates a tenant with its keys and its first administrator.",
      .access = needs(Permission::tenant_manage), .audit = AuditAction::tenant_created, .rate = RateClass::admin,
      .step_up = StepUp::phishing_resistant, .success = 201, .errors = {ErrorCode::state_conflict}, .idempotency = Idempotency::optional, .slow = true});
};

struct ListTenantsResponse {
  std::vector<TenantResponse> tenants;
  static constexpr Field fields[] = {
      field<&ListTenantsResponse::tenants>("tenants", DataClass::operational, "In the order in which they were created."),
  };
};
struct ListTenants {
  using Request = NoRequest;
  using Response = ListTenantsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listTenants", .method = Method::get, .path = "/v1/tenants", .summary = "Lists the tenants of this instance.",
      .access = needs(Permission::tenant_manage), .rate = RateClass::admin});
};
struct GetTenant {
  using Request = NoRequest;
  using Response = TenantResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "getTenant", .method = Method::get, .path = "/v1/tenant", .summary = "Shows the caller's own tenant.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};

std::span<const Endpoint> tenant_endpoints();

}  // namespace sealbook::api
