// decide() is the only source of a Decision: who may do what, and by which row of the table.
//
// A Decision carries its evidence into the journal. Whether a thing is somebody's "own" is judged
// where the thing is loaded, with the helpers here; a use case cannot be reached without one.
#pragma once

#include <optional>

#include "base/id.hpp"
#include "base/result.hpp"
#include "security/authz/permissions.hpp"

namespace sealbook {

// Who is calling: the result of authentication, never of anything in a body.
struct Principal {
  AccountId account;
  TenantId tenant;                         // nil for super_admin, who belongs to none
  Role role = Role::patient;
  std::optional<ResourceId> practitioner;  // the calendar that is a provider's own
  std::optional<PatientId> patient;        // the record that is a patient's own
};

class Decision {
 public:
  Permission permission() const { return permission_; }
  Role role() const { return role_; }
  Grant grant() const { return grant_; }
  bool only_own() const { return grant_ == Grant::own; }
  bool may_see_notes() const { return grant_ == Grant::yes || grant_ == Grant::own; }

 private:
  friend Result<Decision> decide(const Principal& principal, Permission permission);
  Decision(Permission permission, Role role, Grant grant)
      : permission_(permission), role_(role), grant_(grant) {}
  Permission permission_;
  Role role_;
  Grant grant_;
};

// Fails with forbidden when the role has no such permission.
Result<Decision> decide(const Principal& principal, Permission permission);

// Whether a visit with these people is within reach of the decision's grant.
bool reaches_appointment(const Decision& decision, const Principal& principal,
                         std::optional<ResourceId> practitioner, std::optional<PatientId> patient);
bool reaches_calendar(const Decision& decision, const Principal& principal, std::optional<ResourceId> practitioner);

}  // namespace sealbook
