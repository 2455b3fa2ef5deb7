#include "api/v1/participants.hpp"

#include "api/endpoint/cursor.hpp"
#include "api/v1/answering.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

AddParticipantsResponse counted(const app::events::AddedParticipants& a) { return {a.added, a.known}; }

Result<Work<AddParticipantsResponse>> add(CallContext& ctx, const AddParticipantsRequest& r) {
  return answering(app::events::add_people(ctx, {r.id, r.patient_ids, r.service_ids}), counted);
}

ParticipantView view(const app::events::SeenParticipant& seen) {
  const auto state = seen.row.state();
  return {seen.row.patient, state, seen.row.silent(), seen.initials, seen.name, seen.row.services, seen.row.visits,
          seen.row.invited, seen.row.opened, seen.row.declined};
}

Result<ListParticipantsResponse> list(CallContext& ctx, const ListParticipantsRequest& r) {
  Bytes filters(r.id.bytes().begin(), r.id.bytes().end());
  filters.push_back(r.state ? static_cast<std::uint8_t>(1 + static_cast<int>(*r.state)) : 0);
  const CursorScope scope{ctx.endpoint_id, ctx.tenant->id(), filters};
  const auto keys = ctx.tenant->keys();
  app::events::ListParticipants wanted;
  wanted.event = r.id;
  wanted.state = r.state;
  wanted.limit = r.limit;
  wanted.masking = r.names ? app::events::Masking::named : app::events::Masking::masked;
  if (r.cursor) {
    TRY(at, open_cursor(keys->cursor_mac(), scope, *r.cursor));
    wanted.after = PatientId::from_raw(at.id);
  }
  TRY(found, app::events::list_participants(ctx, wanted));
  ListParticipantsResponse response;
  for (const auto& person : found.people) response.participants.push_back(view(person));
  if (found.next) response.next = seal_cursor(keys->cursor_mac(), scope, {0, found.next->raw()});
  return response;
}

constexpr Endpoint rows[] = {bind_write<AddParticipants, add>(), bind_read<ListParticipants, list>()};

}  // namespace

std::span<const Endpoint> participant_endpoints() { return rows; }

}  // namespace sealbook::api
