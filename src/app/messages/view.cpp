#include "app/messages/view.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/patients/patients.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app {

Result<std::vector<storage::MessageRow>> list_messages(CallContext& ctx, const MessagesWanted& wanted) {
  if (wanted.patient.has_value() == wanted.appointment.has_value())
    return fail(invalid_field("/patient_id", "one_of", "Name a patient or an appointment, and not both."));
  struct Found {
    bool within_reach = false;
    std::vector<storage::MessageRow> rows;
  };
  auto found = ctx.read([&](storage::Snapshot& s) {
    Found out;
    std::optional<PatientId> patient = wanted.patient;
    if (wanted.appointment) {
      const auto visit = storage::appointments::find(s, *wanted.appointment);
      if (visit) patient = visit->patient;
    }
    if (!patient || !storage::patients::find(s, *patient)) return out;
    out.within_reach = ctx.principal.role != Role::patient || ctx.principal.patient == patient;
    if (out.within_reach) out.rows = storage::ledger::list(s, {wanted.patient, wanted.appointment, wanted.limit});
    return out;
  });
  if (!found.within_reach) return unknown_row(wanted.patient ? "patient" : "appointment");
  auto& entry = ctx.note(AuditAction::message_viewed, audit::ResourceKind::none, {});
  for (const auto& row : found.rows)
    if (std::ranges::find(entry.subjects, row.patient) == entry.subjects.end()) entry.subjects.push_back(row.patient);
  entry.rows = static_cast<std::uint32_t>(found.rows.size());
  return std::move(found.rows);
}

}  // namespace sealbook::app
