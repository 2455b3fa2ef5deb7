#include "security/authz/decide.hpp"

namespace sealbook {

Result<Decision> decide(const Principal& principal, Permission permission) {
  const PermissionRow& row = row_of(permission);
  const Grant grant = row.grants[static_cast<std::size_t>(principal.role)];
  if (grant == Grant::no)
    return fail(ErrorCode::forbidden,
                "The role " + std::string(to_text(principal.role)) + " lacks the permission " + std::string(row.id) + ".");
  return Decision(permission, principal.role, grant);
}

bool reaches_appointment(const Decision& decision, const Principal& principal,
                         std::optional<ResourceId> practitioner, std::optional<PatientId> patient) {
  if (!decision.only_own()) return true;
  if (principal.role == Role::patient) return principal.patient && patient == principal.patient;
  return principal.practitioner && practitioner == principal.practitioner;
}

bool reaches_calendar(const Decision& decision, const Principal& principal, std::optional<ResourceId> practitioner) {
  if (!decision.only_own() || principal.role == Role::patient) return true;
  return principal.practitioner && practitioner == principal.practitioner;
}

}  // namespace sealbook
