#include "api/v1/invitations.hpp"

#include "api/v1/answering.hpp"
#include "app/events/invitations.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

InvitationIdResponse queued(const storage::InvitationRow& row) { return {row.id, row.total}; }

Result<Work<InvitationIdResponse>> invite(CallContext& ctx, const CreateInvitationRequest& r) {
  return answering(app::events::invite(ctx, {r.event_id, r.to.people}), queued);
}

Result<Work<InvitationIdResponse>> remind(CallContext& ctx, const InvitationIdRequest& r) {
  return answering(app::events::remind(ctx, r.id), queued);
}

Result<InvitationView> get(CallContext& ctx, const InvitationIdRequest& r) {
  TRY(seen, app::events::read_invitation(ctx, r.id));
  const auto& c = seen.counts;
  return InvitationView{seen.row.id, seen.row.event, seen.row.again, seen.row.created, seen.row.total, seen.queued,
                        seen.sent, c.opened, c.booked, c.declined, seen.bounced, c.silent};
}

RevokeLinksResponse counted(const app::events::RevokedLinks& revoked) { return {revoked.links}; }

Result<Work<RevokeLinksResponse>> revoke(CallContext& ctx, const RevokeLinksRequest& r) {
  return answering(app::events::revoke_links(ctx, {r.patient_id, r.event_id, r.issued_before}), counted);
}

constexpr Endpoint rows[] = {bind_write<CreateInvitation, invite>(), bind_read<GetInvitation, get>(),
                             bind_write<RemindInvitation, remind>(), bind_write<RevokeLinks, revoke>()};

}  // namespace

std::span<const Endpoint> invitation_endpoints() { return rows; }

}  // namespace sealbook::api
