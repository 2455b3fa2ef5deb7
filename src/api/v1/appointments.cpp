#include "api/v1/appointments.hpp"

#include "api/endpoint/cursor.hpp"
#include "app/booking/corrections.hpp"

namespace sealbook::api {
namespace {

using app::AppointmentRow;
using app::CallContext;
using app::Work;
using scheduling::Status;

constexpr std::string_view patient_status_text[] = {"needs-action", "accepted", "declined", "tentative"};

AppointmentView view_of(const AppointmentRow& row) {
  AppointmentView v;
  v.id = row.id;
  v.status = row.status;
  v.version = row.version;
  v.starts_at = row.when.starts;
  v.ends_at = row.when.ends;
  v.time_zone = row.zone;
  v.service_id = row.service;
  v.location_id = row.location;
  v.practitioner_id = row.practitioner;
  for (const auto& ref : storage::decode_claim_refs(row.claims)) v.resource_ids.push_back(ref.resource);
  v.patient_id = row.patient;
  v.participant_status = patient_status_text[static_cast<std::size_t>(row.patient_status)];
  if (row.status == Status::cancelled && row.reason > 0) {
    v.cancel_reason = static_cast<scheduling::CancelReason>(row.reason - 1);
    v.cancelled_by = static_cast<scheduling::Initiator>(row.initiator);
  }
  const auto flags = scheduling::Flags::from_bits(static_cast<std::uint8_t>(row.flags));
  for (const scheduling::Flag flag : scheduling::all_flags)
    if (flags.has(flag)) v.flags.emplace_back(to_text(flag));
  v.created_at = row.created;
  return v;
}

// The answer of a verb, encoded from the row that it left.
Work<AppointmentView> viewed(Work<AppointmentRow> work) {
  return [work = std::move(work)](storage::Transaction& tx) mutable -> Result<AppointmentView> {
    TRY(row, work(tx));
    return view_of(row);
  };
}

Result<Work<AppointmentView>> book(CallContext& ctx, const BookAppointmentRequest& r) {
  TRY(work, app::book(ctx, {r.offer, r.patient_id, r.note, r.hold_id}));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> move(CallContext& ctx, const RescheduleRequest& r) {
  TRY(work, app::reschedule(ctx, r.id, r.offer));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> cancel(CallContext& ctx, const CancelRequest& r) {
  TRY(work, app::cancel(ctx, r.id, r.reason));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> confirm(CallContext& ctx, const AppointmentIdRequest& r) {
  TRY(work, app::confirm(ctx, r.id));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> check_in(CallContext& ctx, const AppointmentIdRequest& r) {
  TRY(work, app::check_in(ctx, r.id));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> no_show(CallContext& ctx, const AppointmentIdRequest& r) {
  TRY(work, app::no_show(ctx, r.id));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> reassign(CallContext& ctx, const ReassignRequest& r) {
  TRY(work, app::reassign(ctx, r.id, r.practitioner_id, r.reason, r.override_reason));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> reinstate(CallContext& ctx, const ReinstateRequest& r) {
  TRY(work, app::reinstate(ctx, r.id, r.reason, r.override_reason));
  return viewed(std::move(work));
}
Result<Work<AppointmentView>> amend(CallContext& ctx, const AmendAppointmentRequest& r) {
  app::AmendAppointment change{r.note, std::nullopt};
  if (r.duration_minutes) change.duration_minutes = static_cast<std::int32_t>(*r.duration_minutes);
  TRY(work, app::amend(ctx, r.id, change, r.override_reason));
  return viewed(std::move(work));
}

Result<AppointmentView> get(CallContext& ctx, const AppointmentIdRequest& r) {
  TRY(seen, app::view(ctx, r.id));
  AppointmentView v = view_of(seen.row);
  v.note = std::move(seen.note);
  return v;
}

// What has to stay the same from page to page.
Bytes filters_of(const ListAppointmentsRequest& r) {
  Bytes filters;
  append_u64(filters, static_cast<std::uint64_t>(r.from.micros()));
  append_u64(filters, static_cast<std::uint64_t>(r.to.micros()));
  if (r.practitioner_id) append(filters, r.practitioner_id->bytes());
  if (r.location_id) append(filters, r.location_id->bytes());
  return filters;
}

Result<ListAppointmentsResponse> list(CallContext& ctx, const ListAppointmentsRequest& r) {
  const Bytes filters = filters_of(r);
  const CursorScope scope{ctx.endpoint_id, ctx.tenant->id(), filters};
  const auto& key = ctx.tenant->keys()->cursor_mac();
  app::ListAppointments wanted{r.from, r.to, r.practitioner_id, r.location_id, std::nullopt, r.limit};
  if (r.cursor) {
    TRY(at, open_cursor(key, scope, *r.cursor));
    wanted.after.emplace(Instant::from_micros(at.order), AppointmentId::from_raw(at.id));
  }
  TRY(found, app::list(ctx, wanted));
  ListAppointmentsResponse response;
  for (const AppointmentRow& row : found) response.appointments.push_back(view_of(row));
  if (found.size() == static_cast<std::size_t>(r.limit))
    response.next = seal_cursor(key, scope, {found.back().when.starts.micros(), found.back().id.raw()});
  return response;
}

Result<RevisionView> revision(CallContext& ctx, const GetRevisionRequest& r) {
  TRY(now, app::revision(ctx, r.from, r.to));
  return RevisionView{std::move(now)};
}

constexpr Endpoint rows[] = {
    bind_write<BookAppointment, book>(),        bind_read<GetAppointment, get>(),
    bind_read<ListAppointments, list>(),        bind_write<AmendAppointment, amend>(),
    bind_write<RescheduleAppointment, move>(),  bind_write<CancelAppointment, cancel>(),
    bind_write<ConfirmAppointment, confirm>(),  bind_write<CheckInAppointment, check_in>(),
    bind_write<NoShowAppointment, no_show>(),   bind_write<ReassignAppointment, reassign>(),
    bind_write<ReinstateAppointment, reinstate>(), bind_read<GetAppointmentsRevision, revision>(),
};

}  // namespace

std::span<const Endpoint> appointment_endpoints() { return rows; }

}  // namespace sealbook::api
