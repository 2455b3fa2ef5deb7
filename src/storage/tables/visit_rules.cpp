#include "storage/tables/visit_rules.hpp"

namespace sealbook::storage::visit_rules {
namespace {

using sql::Statement;

constexpr Statement find_hours{"visit_rules.change_hours",
    "SELECT e.change_hours FROM events e JOIN event_visits v ON v.tenant = e.tenant AND v.event = e.id "
    "WHERE e.tenant = $1 AND v.patient = $2 AND v.appointment = $3 ORDER BY e.change_hours DESC"};

}  // namespace

std::optional<std::int64_t> change_hours(Snapshot& snapshot, const PatientId& patient,
                                         const AppointmentId& appointment) {
  const sql::Rows rows = snapshot.query(find_hours, patient, appointment);
  if (rows.empty()) return std::nullopt;
  return rows.integer(0, 0);
}

}  // namespace sealbook::storage::visit_rules
