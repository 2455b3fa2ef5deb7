// What an event says about a visit that was booked through it.
#pragma once

#include <optional>

#include "storage/transaction.hpp"

namespace sealbook::storage::visit_rules {

// How many hours before its start the visit may be changed; nothing without an event.
std::optional<std::int64_t> change_hours(Snapshot& snapshot, const PatientId& patient, const AppointmentId& appointment);

}  // namespace sealbook::storage::visit_rules
