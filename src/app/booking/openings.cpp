#include "app/booking/openings.hpp"

#include <algorithm>
#include <bit>

#include "app/booking/placement.hpp"
#include "app/booking/visit.hpp"

namespace sealbook::app {
namespace {

using scheduling::Audience;
using scheduling::CompiledService;
using scheduling::Flag;
using scheduling::Flags;

Offer offer_of(const scheduling::Service& service, const scheduling::Opening& opening, Audience audience, Instant now) {
  Offer offer;
  offer.service = service.id;
  offer.service_version = service.version;
  offer.location = opening.location;
  offer.starts = opening.interval().starts;
  offer.duration_minutes = static_cast<std::int32_t>(service.duration.count());
  offer.expires = Instant::from_seconds((now + offer_life).seconds());
  offer.audience = audience;
  offer.flags = opening.flags;
  if (!opening.practitioner.is_nil()) offer.named.push_back(opening.practitioner);
  return offer;
}

FoundOpening found(const keys::TenantKeys& keys, const CompiledService& service, const scheduling::Opening& opening,
                   Audience audience, Instant now, bool with_offer = true) {
  FoundOpening out;
  if (with_offer) out.offer = seal_offer(keys, offer_of(service.service(), opening, audience, now));
  out.when = opening.interval();
  out.location = opening.location;
  out.zone = service.find(opening.location)->zone.id();
  if (!opening.practitioner.is_nil()) out.practitioner = opening.practitioner;
  out.flags = opening.flags;
  return out;
}

// What is taken, but for the claims of one visit.
class BusyWithout final : public scheduling::BusyView {
 public:
  BusyWithout(const scheduling::BusyView& all, ByteView claims) : all_(all) {
    for (const auto& ref : storage::decode_claim_refs(claims))
      own_.push_back(scheduling::busy_entry({ref.claim, ref.resource, ref.lane, {}, std::nullopt}).key);
  }
  scheduling::ResourceBusy of(const ResourceId& resource) const override {
    const auto busy = all_.of(resource);
    auto lists = std::make_shared<scheduling::BusyLists>();
    for (const auto& entry : busy.firm)
      if (std::ranges::find(own_, entry.key) == own_.end()) lists->firm.push_back(entry);
    lists->holds.assign(busy.holds.begin(), busy.holds.end());
    lists->derive();
    return lists->view(lists);
  }

 private:
  const scheduling::BusyView& all_;
  std::vector<std::uint64_t> own_;
};

// A service within the caller's reach: patients see those that are open to them.
Result<std::shared_ptr<const CompiledService>> service_for(const CallContext& ctx, const Organisation& organisation,
                                                           const ServiceId& id) {
  const ServiceEntry* entry = organisation.find_service(id);
  const bool invited = std::ranges::find(ctx.invited_to, id) != ctx.invited_to.end();
  if (entry == nullptr || (audience_of(ctx.principal) == Audience::patient && !entry->for_patients && !invited))
    return no_such("/service_id", "service");
  auto compiled = organisation.compiled(id, ctx.now);
  if (!compiled) return fail(invalid_field("/service_id", "active", "That service is not offered any more."));
  return compiled;
}

// The verdict at one place. Who is free is chosen first; where nobody is, whoever breaks least, so
// that the flags say what stands in the way.
Result<scheduling::Verdict> judge_at(const CallContext& ctx, const CompiledService& service, const LocationId& place,
                                     const CheckTime& check, const scheduling::BusyView& busy,
                                     scheduling::Chosen& chosen) {
  const auto choose = [&](scheduling::Override override_) {
    return scheduling::choose_resources(service, place, check.resources, check.starts, busy, ctx.now, override_);
  };
  auto members = choose(scheduling::Override::none);
  if (!members && members.error().code == ErrorCode::slot_taken) members = choose(scheduling::Override::permitted);
  if (!members) return fail(std::move(members).error());
  chosen = std::move(*members);
  return scheduling::judge(service, place, chosen, check.starts, busy, ctx.now);
}

// Where these resources can give the service at that time: the place with the fewest flags.
Result<scheduling::Verdict> judge_anywhere(const CallContext& ctx, const CompiledService& service,
                                           const CheckTime& check, const scheduling::BusyView& busy,
                                           scheduling::Chosen& chosen) {
  std::optional<scheduling::Verdict> best;
  Error why = invalid_field("/resources", "place", "No place gives that service with these resources.");
  for (const auto& at : service.locations()) {
    scheduling::Chosen members;
    auto verdict = judge_at(ctx, service, at.location, check, busy, members);
    if (!verdict) {
      const Error& error = verdict.error();
      const bool about_time = !error.fields.empty() && error.fields.front().pointer == "/starts_at";
      if (about_time || (error.code == ErrorCode::invalid && service.locations().size() == 1)) why = error;
      continue;
    }
    if (best && std::popcount(best->flags.bits()) <= std::popcount(verdict->flags.bits())) continue;
    best = std::move(*verdict);
    chosen = std::move(members);
  }
  if (best) return std::move(*best);
  return fail(std::move(why));
}

}  // namespace

Audience audience_of(const Principal& principal) {
  return principal.role == Role::patient ? Audience::patient : Audience::staff;
}

Result<FoundOpenings> search_openings(CallContext& ctx, const SearchOpenings& search) {
  if (search.to <= search.from)
    return fail(invalid_field("/to", "range", "The window has to end after it starts."));
  const auto organisation = ctx.tenant->organisation();
  TRY(service, service_for(ctx, *organisation, search.service));
  scheduling::SearchWindow window;
  window.from = search.from;
  window.to = search.to;
  window.now = ctx.now;
  window.location = search.location;
  window.practitioners = search.practitioners;
  window.limit = search.limit;
  window.after = search.after;
  // Notice and horizon bind patients and only warn staff, but what is *offered* to staff keeps to
  // them too: a time of their own choosing goes through check_time.
  const auto result = scheduling::find_openings(*service, window, ctx.app.busy, Audience::patient);
  const auto keys = ctx.tenant->keys();
  FoundOpenings out;
  out.openings.reserve(result.openings.size());
  for (const auto& opening : result.openings)
    out.openings.push_back(
        found(*keys, *service, opening, audience_of(ctx.principal), ctx.now, search.with_offers));
  out.next = result.next;
  out.as_of = ctx.now;
  return out;
}

Result<FoundOpening> check_time(CallContext& ctx, const CheckTime& check) {
  const auto organisation = ctx.tenant->organisation();
  TRY(service, service_for(ctx, *organisation, check.service));
  if (ctx.principal.role == Role::provider) {
    const auto own = ctx.principal.practitioner;
    if (!own || std::ranges::find(check.resources, *own) == check.resources.end())
      return fail(ErrorCode::forbidden, "A provider checks times of their own calendar.");
  }
  const bool overriding = check.override_reason.has_value();
  if (overriding) ENSURE(decide(ctx.principal, Permission::appointment_override));
  std::optional<BusyWithout> without;
  if (check.moving) {
    TRY(visit, load_visit(ctx, *check.moving));
    without.emplace(ctx.app.busy, visit.row.claims);
  }
  const scheduling::BusyView& busy = without ? static_cast<const scheduling::BusyView&>(*without) : ctx.app.busy;
  scheduling::Chosen chosen;
  TRY(verdict, judge_anywhere(ctx, *service, check, busy, chosen));
  const bool patient = audience_of(ctx.principal) == Audience::patient;
  const Flags blocking = patient ? verdict.flags : verdict.flags.needing_override();
  if (!blocking.none() && (patient || !overriding)) return refuse_time(blocking, "/starts_at");

  Offer offer = offer_of(service->service(), {}, audience_of(ctx.principal), ctx.now);
  offer.location = verdict.location;
  offer.starts = verdict.visit.starts;
  offer.flags = verdict.flags;
  offer.named = check.resources;
  if (!verdict.flags.needing_override().none()) {
    offer.override_reason = static_cast<std::uint8_t>(static_cast<int>(*check.override_reason) + 1);
    offer.account = ctx.principal.account;
    // Everybody who takes part is bound: an overbooking is a decision about these resources.
    offer.named = chosen;
  }
  FoundOpening out;
  out.offer = seal_offer(*ctx.tenant->keys(), offer);
  out.when = verdict.visit;
  out.location = verdict.location;
  out.zone = service->find(verdict.location)->zone.id();
  out.practitioner = practitioner_of(*organisation, chosen);
  out.flags = verdict.flags;
  return out;
}

std::vector<FoundOpening> alternatives_to(const CallContext& ctx, const Offer& offer, std::size_t count) {
  std::vector<FoundOpening> out;
  const auto organisation = ctx.tenant->organisation();
  const auto service = organisation->compiled(offer.service, ctx.now);
  if (!service) return out;
  scheduling::SearchWindow window;
  window.now = ctx.now;
  window.from = ctx.now;
  window.to = ctx.now + std::chrono::days(400);
  window.limit = count;
  if (ctx.principal.role == Role::provider && ctx.principal.practitioner)
    window.practitioners = std::span(&*ctx.principal.practitioner, 1);
  const auto openings = scheduling::alternatives(*service, window, offer.starts, ctx.app.busy, Audience::patient, count);
  for (const auto& opening : openings)
    out.push_back(found(*ctx.tenant->keys(), *service, opening, audience_of(ctx.principal), ctx.now));
  return out;
}

}  // namespace sealbook::app
