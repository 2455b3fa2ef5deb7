// Why an account may do something, or not.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/directory_enums.hpp"

namespace sealbook {

// The closed list of permissions is one table already; this is a view of it.
inline constexpr auto permission_words = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array{api::EnumName(permission_rows[I].id, permission_rows[I].permission)...};
}(std::make_index_sequence<permission_rows.size()>{});
constexpr std::span<const api::EnumName> enum_names(Permission) { return permission_words; }

inline constexpr auto grant_words = std::to_array<api::EnumName>({
    {"no", Grant::no}, {"yes", Grant::yes}, {"own", Grant::own}, {"no_notes", Grant::no_notes}, {"with_case", Grant::with_case}});
constexpr std::span<const api::EnumName> enum_names(Grant) { return grant_words; }

}  // namespace sealbook

namespace sealbook::api {

struct ExplainAccessRequest {
  AccountId account_id;
  Permission permission = Permission::appointment_view;
  std::optional<AppointmentId> appointment_id;
  static constexpr Field fields[] = {
      field<&ExplainAccessRequest::account_id>("account_id", DataClass::operational, "Whose access."),
      field<&ExplainAccessRequest::permission>("permission", DataClass::operational, "What they would do."),
      field<&ExplainAccessRequest::appointment_id>("appointment_id", DataClass::operational, "A visit that they would do it to."),
  };
};
struct AccessRuleView {
  std::string rule;
  bool holds = false;
  std::string why;
  static constexpr Field fields[] = {
      field<&AccessRuleView::rule>("rule", DataClass::operational, "account.active, role.table, object.tenant or object.reach."),
      field<&AccessRuleView::holds>("holds", DataClass::operational, "Whether it lets the request through."),
      field<&AccessRuleView::why>("why", DataClass::operational, "In a sentence."),
  };
};
struct ExplainAccessResponse {
  bool allowed = false;
  Role role = Role::patient;
  Grant grant = Grant::no;
  std::vector<AccessRuleView> rules;
  static constexpr Field fields[] = {
      field<&ExplainAccessResponse::allowed>("allowed", DataClass::operational, "What the server would decide."),
      field<&ExplainAccessResponse::role>("role", DataClass::operational, "The account's role."),
      field<&ExplainAccessResponse::grant>("grant", DataClass::operational, "How far the role's permission reaches."),
      field<&ExplainAccessResponse::rules>("rules", DataClass::operational, "In the order in which they are judged, up to the first that does not hold."),
  };
};
struct ExplainAccess {
  using Request = ExplainAccessRequest;
  using Response = ExplainAccessResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "explainAccess", .method = Method::post, .path = "/v1/authz/explain", .summary = "Tells rule by rule why an account may do something, or not.",
      .access = needs(Permission::audit_read), .audit = AuditAction::access_explained, .rate = RateClass::audit,
      .errors = {ErrorCode::not_found}, .effect = Effect::reads});
};

std::span<const Endpoint> authz_endpoints();

}  // namespace sealbook::api
