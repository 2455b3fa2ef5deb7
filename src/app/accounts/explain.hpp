// Why an account may do something, or not: each rule that decides, in order, with its outcome.
//
// The rules themselves are security/authz and the reach of a grant; nothing is decided here anew.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct ExplainAccess {
  AccountId account;
  Permission permission = Permission::appointment_view;
  std::optional<AppointmentId> appointment;  // a visit that it would be done to
};
struct AccessRule {
  std::string rule;  // "account.active", "role.table", "object.tenant", "object.reach"
  bool holds = false;
  std::string why;
};
struct AccessExplained {
  bool allowed = false;
  Role role = Role::patient;
  Grant grant = Grant::no;
  std::vector<AccessRule> rules;  // up to the first that does not hold
};
// Fails with not_found for an account that is not the tenant's. Another tenant's visit is no error:
// the path says that there is none.
Result<AccessExplained> explain_access(CallContext& ctx, const ExplainAccess& question);

}  // namespace sealbook::app
