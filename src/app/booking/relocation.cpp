#include "app/booking/relocation.hpp"

namespace sealbook::app {
namespace {

// A refusal about resources that the caller did not list names the member that chose them.
Error said_of(Error error, std::string_view member) {
  if (member.empty()) return error;
  for (FieldError& field : error.fields)
    if (field.pointer.starts_with("/resources")) field.pointer = member;
  return error;
}

struct Move {
  Relocation to;
  bool had_claims = false;
  Bytes old_claims;
  Micros wait{};
};

Result<AppointmentRow> carry_out(App& app, const Tenant& tenant, storage::Transaction& tx, const Move& move) {
  const auto organisation = tenant.organisation();
  std::vector<ClaimId> own;
  if (move.had_claims)
    for (const auto& ref : storage::decode_claim_refs(move.old_claims)) own.push_back(ref.claim);
  auto placement = place(app, tx, {*move.to.service, move.to.offer, std::move(own), move.to.member});
  if (!placement) return fail(said_of(std::move(placement).error(), move.to.member));
  if (move.had_claims) vacate(app, tx, move.old_claims);
  TRY(claims, occupy(app, tx, *placement, storage::ClaimKind::appointment, move.to.next.id.raw(), std::nullopt));
  AppointmentRow row = move.to.next;
  take_placement(row, *placement, claims, *organisation);
  if (move.to.telling == Telling::person_is_told) announce(tx, row, messages::Purpose::change, move.wait);
  ENSURE(write_version(tx, row));
  return row;
}

}  // namespace

Work<AppointmentRow> relocate(CallContext& ctx, const Visit& visit, Relocation relocation) {
  Move move{std::move(relocation), scheduling::occupies(visit.row.status), visit.row.claims,
            wait_before_telling(ctx)};
  return [&app = ctx.app, tenant = ctx.tenant, move = std::move(move)](storage::Transaction& tx) {
    return carry_out(app, *tenant, tx, move);
  };
}

Result<Offer> present_offer(const CallContext& ctx, const Visit& visit, std::vector<ResourceId> named,
                            std::optional<scheduling::OverrideReason> reason) {
  if (reason) ENSURE(decide(ctx.principal, Permission::appointment_override));
  Offer offer;
  offer.service = visit.row.service;
  offer.service_version = static_cast<std::uint32_t>(visit.row.service_version);
  offer.location = visit.row.location;
  offer.starts = visit.row.when.starts;
  offer.expires = ctx.now + offer_life;
  offer.audience = scheduling::Audience::staff;
  if (reason) {
    offer.flags = all_overridable;
    offer.override_reason = static_cast<std::uint8_t>(static_cast<int>(*reason) + 1);
  }
  offer.named = std::move(named);
  return offer;
}

std::vector<ResourceId> resources_of(const AppointmentRow& row) {
  std::vector<ResourceId> out;
  for (const auto& ref : storage::decode_claim_refs(row.claims)) out.push_back(ref.resource);
  return out;
}

Result<std::shared_ptr<const scheduling::CompiledService>> service_of(const CallContext& ctx, const ServiceId& id) {
  auto service = ctx.tenant->organisation()->compiled(id, ctx.now);
  if (!service) return fail(ErrorCode::state_conflict, "The service of this visit is not given any more.");
  return service;
}

}  // namespace sealbook::app
