#include "app/booking/openings.hpp"

#include <algorithm>
#include <bit>

#include "app/booking/placement.hpp"

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

// A service within the caller's reach: patients see those that are open to them.
Result<std::shared_ptr<const CompiledService>> service_for(const CallContext& ctx, const Organisation& organisation,
                                                           const ServiceId& id) {
  const ServiceEntry* entry = organisation.find_service(id);
  const bool invited = std::ranges::find(ctx.invited_to, id) != ctx.invited_to.end();
  if (entry == nullptr || (audience_of(ctx.principal) == Audience::patient && !entry->for_patients && !invited))
    return fail(ErrorCode::not_found, "There is no such service.");
  auto compiled = organisation.compiled(id, ctx.now);
  if (!compiled) return fail(invalid_field("/service_id", "active", "That service is not offered any more."));
  return compiled;
}

// Where these resources can give the service at that time: the place with the fewest flags.
Result<scheduling::Verdict> judge_anywhere(const CallContext& ctx, const CompiledService& service,
                                           const CheckTime& check, scheduling::Override override_,
                                           scheduling::Chosen& chosen) {
  std::optional<scheduling::Verdict> best;
  Result<scheduling::Verdict> last = fail(invalid_field("/resources", "place", "No place gives that service with these resources."));
  for (const auto& at : service.locations()) {
    auto members = scheduling::choose_resources(service, at.location, check.resources, check.starts, ctx.app.busy,
                                                ctx.now, override_);
    if (!members) {
      if (members.error().code == ErrorCode::slot_taken) last = fail(members.error());
      continue;
    }
    auto verdict = scheduling::judge(service, at.location, *members, check.starts, ctx.app.busy, ctx.now);
    if (!verdict) {
      last = std::move(verdict);
      continue;
    }
    if (best && std::popcount(best->flags.bits()) <= std::popcount(verdict->flags.bits())) continue;
    best = std::move(*verdict);
    chosen = std::move(*members);
  }
  if (best) return std::move(*best);
  return last;
}

std::unexpected<Error> refuse(Flags flags) {
  const bool hours = flags.has(Flag::outside_hours) || flags.has(Flag::closure);
  Error error = make_error(hours ? ErrorCode::outside_hours : ErrorCode::invalid,
                           hours ? "That time is outside the bookable hours." : "That time may not be booked.");
  for (const Flag flag : scheduling::all_flags)
    if (flags.has(flag))
      error.fields.push_back({"/starts_at", std::string(to_text(flag)), "This time breaks the rule " +
                                                                            std::string(to_text(flag)) + "."});
  return fail(std::move(error));
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
  const auto override_ = overriding ? scheduling::Override::permitted : scheduling::Override::none;
  scheduling::Chosen chosen;
  auto verdict = judge_anywhere(ctx, *service, check, override_, chosen);
  if (!verdict) {
    Error error = std::move(verdict).error();
    if (error.code != ErrorCode::slot_taken) return fail(std::move(error));
    Flags taken;
    taken.set(Flag::overlap);
    return refuse(taken);
  }
  const bool patient = audience_of(ctx.principal) == Audience::patient;
  const Flags blocking = patient ? verdict->flags : verdict->flags.needing_override();
  if (!blocking.none() && (patient || !overriding)) return refuse(blocking);

  Offer offer = offer_of(service->service(), {}, audience_of(ctx.principal), ctx.now);
  offer.location = verdict->location;
  offer.starts = verdict->visit.starts;
  offer.flags = verdict->flags;
  offer.named = check.resources;
  if (!verdict->flags.needing_override().none()) {
    offer.override_reason = static_cast<std::uint8_t>(static_cast<int>(*check.override_reason) + 1);
    offer.account = ctx.principal.account;
    // Everybody who takes part is bound: an overbooking is a decision about these resources.
    offer.named = chosen;
  }
  FoundOpening out;
  out.offer = seal_offer(*ctx.tenant->keys(), offer);
  out.when = verdict->visit;
  out.location = verdict->location;
  out.zone = service->find(verdict->location)->zone.id();
  out.practitioner = practitioner_of(*organisation, chosen);
  out.flags = verdict->flags;
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
