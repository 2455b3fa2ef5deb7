// Services: what can be booked, how long it takes and what it needs.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct AddService {
  scheduling::Service rules;  // with its name; id and version are given here
  std::string description;
  bool for_patients = true;
  bool for_everyone = false;  // on the public page as well
};
// Fails with `invalid` for broken rules, with not_found for members of a pool or places that are
// not the tenant's.
Result<Work<ServiceEntry>> add_service(CallContext& ctx, const AddService& command);

struct ChangeService {
  ServiceId id;
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<Minutes> duration, buffer_before, buffer_after, min_notice, grid;
  std::optional<std::int32_t> horizon_days;
  std::optional<bool> for_patients, for_everyone, active;
  std::optional<std::vector<scheduling::Requirement>> needs;
  std::optional<std::vector<LocationId>> locations;
};
// Fails as add_service does, and with precondition_failed. Offers of the version before go stale.
Result<Work<ServiceEntry>> change_service(CallContext& ctx, const ChangeService& command);

// Patients are shown what they may book.
Result<ServiceEntry> read_service(const CallContext& ctx, const ServiceId& id);
std::vector<ServiceEntry> list_services(const CallContext& ctx);  // in the order in which they were added

}  // namespace sealbook::app
