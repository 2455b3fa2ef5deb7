#include <algorithm>

#include "app/links/person.hpp"
#include "app/links/reach.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app::links {
namespace {

constexpr std::size_t most_sent = 6;
constexpr int most_rounds = 20;  // of a search whose results lie at other places

Passed passed_of(const LinkSession& session) {
  return {session.tenant(), session.link(), Instant()};
}

VisitOnPage on_page(const Organisation& organisation, const Reach& reach,
                    const storage::AppointmentRow& row, Instant now) {
  VisitOnPage visit;
  visit.id = row.id;
  visit.version = row.version;
  visit.status = row.status;
  visit.answer = row.patient_status;
  visit.when = row.when;
  visit.zone = row.zone;
  visit.service = row.service;
  visit.location = row.location;
  if (const auto* service = organisation.find_service(row.service))
    visit.service_name = service->rules.name;
  if (const auto* place = organisation.find_location(row.location))
    visit.location_name = place->name;
  if (row.practitioner)
    if (const auto* who = organisation.find_resource(*row.practitioner))
      visit.practitioner_name = who->name;
  visit.may_change = may_change(reach, row, now);
  visit.change_until = sealbook::events::change_until(row.when.starts, reach.change_hours);
  return visit;
}

// What the organisation has written to the person, as its ledger knows.
std::vector<SentOnPage> sent_to(const std::vector<storage::MessageRow>& rows) {
  std::vector<SentOnPage> out;
  for (const auto& row : rows)
    if (row.state == messages::MessageState::handed_over &&
        row.purpose != messages::Purpose::code && out.size() < most_sent)
      out.push_back({row.purpose, row.changed});
  return out;
}

const SensitiveText& call_name(const PatientRecord& record) {
  if (record.name.preferred) return *record.name.preferred;
  return record.name.given.empty() ? record.name.family : record.name.given.front();
}

}  // namespace

std::vector<PlaceOnPage> places_of(const Organisation& organisation,
                                   const std::vector<ServiceId>& services,
                                   const std::vector<LocationId>& locations, Instant now) {
  std::vector<std::shared_ptr<const scheduling::CompiledService>> given;
  for (const ServiceId& id : services)
    if (auto service = organisation.compiled(id, now)) given.push_back(std::move(service));
  std::vector<PlaceOnPage> out;
  for (const auto& [id, location] : organisation.locations) {
    if (location.state != ActiveState::active) continue;
    if (!locations.empty() && std::ranges::find(locations, id) == locations.end()) continue;
    PlaceOnPage place{id, location.name, std::string(location.zone.id()), {}};
    for (const auto& service : given)
      // Where nobody has hours, there is nothing to choose.
      if (const auto* at = service->find(id); at != nullptr && !at->lead_open.empty())
        place.services.push_back(service->service().id);
    if (!place.services.empty()) out.push_back(std::move(place));
  }
  std::ranges::sort(out, {}, &PlaceOnPage::name);
  return out;
}

std::vector<ServiceOnPage> services_of(const Organisation& organisation,
                                       const std::vector<ServiceId>& services) {
  std::vector<ServiceOnPage> out;
  for (const ServiceId& id : services) {
    const ServiceEntry* entry = organisation.find_service(id);
    if (entry == nullptr || !entry->active) continue;
    out.push_back({id, entry->rules.name, entry->description,
                   static_cast<std::int32_t>(entry->rules.duration.count())});
  }
  return out;
}

Result<OpenedLink> open(App& app, const LinkRequest& request) {
  const auto passed = pass(app, request.token);
  if (!passed) return refused();
  TRY(reach, reach_of(app, *passed));
  OpenedLink opened;
  opened.tenant = passed->tenant;
  opened.kind = passed->link.kind;
  opened.in_session = find_session(app, *passed, request.session_cookie).has_value();
  opened.device_known = knows_device(app, *passed, request.device_cookie);
  opened.may_answer = !reach.visits.empty() || passed->link.kind == LinkKind::event;
  return opened;
}

Result<LinkSession> session(App& app, const LinkRequest& request) {
  const auto passed = pass(app, request.token);
  const auto row = passed ? find_session(app, *passed, request.session_cookie) : std::nullopt;
  if (!row) return refused();
  LinkSession session;
  session.tenant_ = passed->tenant;
  session.link_ = passed->link;
  session.principal_ = person_of(*passed);
  session.id_ = row->hash;
  session.expires_ = row->expires;
  return session;
}

Result<PersonPage> person_page(App& app, const LinkSession& session) {
  const Passed passed = passed_of(session);
  TRY(reach, reach_of(app, passed));
  TRY(person, load_person(app, *passed.tenant, passed.link.patient));
  const auto organisation = passed.tenant->organisation();
  const Instant now = app.store.now();
  PersonPage page;
  if (reach.event) page.event_name = reach.event->name;
  page.given_name = call_name(person.record);
  for (const auto& row : reach.visits)
    page.visits.push_back(on_page(*organisation, reach, row, now));
  page.services = services_of(*organisation, reach.services);
  page.places = places_of(*organisation, reach.services, reach.locations, now);
  page.visits_left = std::max(0, reach.visits_per_person - reach.taken);
  page.first_day = reach.dates.starts;
  page.last_day = reach.dates.ends;
  page.declined = reach.declined;
  if (!passed.link.offer.empty()) page.chosen_offer = passed.link.offer;

  CallContext ctx = call_of(app, passed.tenant, session.principal(), Permission::appointment_view,
                            audit::ActorKind::link);
  auto& entry =
      ctx.note(AuditAction::appointment_listed, audit::ResourceKind::link, passed.link.id.raw());
  entry.subjects = {passed.link.patient};
  entry.rows = static_cast<std::uint32_t>(page.visits.size());
  const auto written = ctx.read([&](storage::Snapshot& s) {
    return storage::ledger::list(s, {passed.link.patient, std::nullopt, 50});
  });
  page.sent = sent_to(written);
  auto& read =
      ctx.note(AuditAction::message_viewed, audit::ResourceKind::link, passed.link.id.raw());
  read.subjects = {passed.link.patient};
  read.rows = static_cast<std::uint32_t>(page.sent.size());
  ENSURE(
      perform<bool>(ctx, Work<bool>([](storage::Transaction&) -> Result<bool> { return true; })));
  return page;
}

Result<std::optional<messages::Locale>> language_of(App& app, const LinkSession& session) {
  TRY(person, load_person(app, *session.tenant(), session.link().patient));
  return person.record.language ? messages::locale_for(person.record.language->reveal())
                                : std::nullopt;
}

Result<FoundOpenings> find_within(CallContext& ctx, const Reach& reach,
                                  const WantedOpenings& wanted) {
  SearchOpenings search;
  if (wanted.service) search.service = *wanted.service;
  else if (reach.services.size() == 1) search.service = reach.services.front();
  else
    return fail(invalid_field("/service_id", "required", "Say which of the services it is about."));
  if (std::ranges::find(reach.services, search.service) == reach.services.end())
    return fail(invalid_field("/service_id", "unknown", "That service is not part of this."));
  search.from = std::max(wanted.from.value_or(reach.dates.starts), reach.dates.starts);
  search.to = std::min(wanted.to.value_or(reach.dates.ends), reach.dates.ends);
  if (search.to <= search.from) return FoundOpenings{{}, std::nullopt, ctx.now};
  search.location = wanted.location;
  if (!search.location && reach.locations.size() == 1) search.location = reach.locations.front();
  search.practitioners = wanted.practitioners;
  search.limit = wanted.limit;
  search.after = wanted.after;
  search.with_offers = wanted.with_offers;
  ctx.invited_to = reach.services;
  FoundOpenings out;
  for (int round = 0; round < most_rounds; ++round) {
    TRY(found, search_openings(ctx, search));
    for (auto& opening : found.openings)
      if (allows(reach, search.service, opening.location, opening.when.starts))
        out.openings.push_back(std::move(opening));
    out.next = found.next;
    out.as_of = found.as_of;
    if (!found.next || out.openings.size() >= wanted.limit / 2) break;
    search.after = found.next;
    search.limit = std::max<std::size_t>(wanted.limit - out.openings.size(), 1);
  }
  return out;
}

Result<FoundOpenings> openings(App& app, const LinkSession& session, const WantedOpenings& wanted) {
  const Passed passed = passed_of(session);
  TRY(reach, reach_of(app, passed));
  CallContext ctx = call_of(app, passed.tenant, session.principal(), Permission::openings_search,
                            audit::ActorKind::link);
  return find_within(ctx, reach, wanted);
}

}  // namespace sealbook::app::links
