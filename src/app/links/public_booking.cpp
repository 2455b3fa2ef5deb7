#include "app/links/public_booking.hpp"

#include <algorithm>

#include "app/links/challenge.hpp"
#include "app/links/codes.hpp"
#include "app/links/link_token.hpp"
#include "app/links/person.hpp"
#include "app/links/reach.hpp"
#include "app/messages/outbox.hpp"
#include "app/messages/system_context.hpp"
#include "app/patients/patients.hpp"
#include "app/sealing.hpp"
#include "base/random.hpp"

namespace sealbook::app::links {
namespace {

constexpr Micros unproven_life = std::chrono::hours(1);
constexpr Micros visitor_link_life = std::chrono::days(180);
constexpr std::int64_t forgotten_at_once = 20, forgotten_together = 200;

std::vector<ServiceId> open_services(const Tenant& tenant) {
  std::vector<std::pair<std::int64_t, ServiceId>> found;
  for (const auto& [id, entry] : tenant.organisation()->services)
    if (entry.active && entry.for_everyone) found.emplace_back(entry.position, id);
  std::ranges::sort(found);
  std::vector<ServiceId> out;
  for (const auto& [position, id] : found) out.push_back(id);
  return out;
}

Principal nobody(const Tenant& tenant) {
  return {AccountId(), tenant.id(), Role::patient, std::nullopt, std::nullopt};
}

// What the transaction writes, made beforehand.
struct Registered {
  storage::PatientRow patient;
  storage::LinkRow link;
  storage::CodeRow code;
  Solved solved;
  bool mailed = true;
};

std::unexpected<Error> spent() {
  return fail(invalid_field("/solution", "spent",
                            "This proof of work was handed in before; load the page again."));
}

Result<Instant> record(App& app, storage::Transaction& tx, const Registered& made) {
  const Instant now = tx.now();
  if (!storage::public_visitors::spend(tx, made.solved.nonce, made.solved.expires)) return spent();
  for (const PatientId& gone :
       storage::public_visitors::forget_before(tx, now - unproven_life, forgotten_at_once))
    tx.after_commit([&app, gone] { app.patient_keys.forget(gone); });
  // No blind index and no place in the directory yet: whoever has not proven the address is found
  // by nobody.
  storage::patients::insert(tx, made.patient, {});
  storage::links::insert(tx, made.link);
  storage::public_visitors::insert(tx, made.link.id, made.patient.id, now);
  storage::link_codes::insert(tx, made.code);
  if (made.mailed)
    outbox::queue(tx, {.purpose = messages::Purpose::code,
                       .patient = made.patient.id,
                       .appointment = {},
                       .version = made.code.created.micros(),
                       .link = made.link.id,
                       .event = {},
                       .invitation = {},
                       .due = now});
  return made.code.expires;
}

PatientRecord record_of(const PublicVisitor& visitor) {
  PatientRecord record;
  record.name = visitor.name;
  record.birth_date = visitor.birth_date;
  record.language = visitor.language;
  Contact contact;
  contact.kind = ContactKind::email;
  contact.value = visitor.email;
  record.contacts = {contact};
  return record;
}

// The picked opening, when it is of a service that is open to everyone.
Result<Offer> public_offer(const CallContext& ctx, const std::string& text) {
  TRY(offer, open_offer(*ctx.tenant->keys(), text, ctx.now));
  const ServiceEntry* service = ctx.tenant->organisation()->find_service(offer.service);
  if (service == nullptr || !service->active || !service->for_everyone ||
      offer.audience != scheduling::Audience::patient)
    return fail(invalid_field("/offer", "audience", "That opening is not offered on this page."));
  return offer;
}

Error renamed(Error error) {
  for (FieldError& field : error.fields)
    if (field.pointer.starts_with("/contacts/")) field.pointer = "/email";
  return error;
}

Registered registered(CallContext& ctx, const PublicVisitor& visitor, const PatientRecord& record,
                      const Offer& offer, const crypto::DataKey& key, const Solved& solved,
                      const Client& client) {
  const auto keys = ctx.tenant->keys();
  Registered made;
  made.solved = solved;
  made.patient.id = new_id<PatientId>();
  made.patient.key = key.id();
  made.patient.created = ctx.now;
  seal_patient(ctx.app, ctx.tenant->id(), key, record, made.patient);
  made.link.id = new_id<LinkId>();
  made.link.hash = hash_of(link_token(*keys, made.link.id));
  made.link.kind = LinkKind::visitor;
  made.link.patient = made.patient.id;
  made.link.service = offer.service;
  made.link.issued = ctx.now;
  made.link.expires = std::max(ctx.now + visitor_link_life, offer.starts + std::chrono::days(1));
  made.link.offer = visitor.offer;
  const auto address = index_of_contact(*keys, record.contacts.front());
  made.code = {random_array<16>(), made.link.id, made.patient.id, address, ctx.now,
               ctx.now + code_life};
  made.mailed = may_mail_visitor(ctx.app, client, address, ctx.now);
  return made;
}

}  // namespace

std::vector<ServiceOnPage> public_services(App&, const Tenant& tenant) {
  return services_of(*tenant.organisation(), open_services(tenant));
}

std::vector<PlaceOnPage> public_places(App& app, const Tenant& tenant, const ServiceId& service) {
  const auto open = open_services(tenant);
  if (std::ranges::find(open, service) == open.end()) return {};
  return places_of(*tenant.organisation(), {service}, {}, app.store.now());
}

Result<FoundOpenings> public_openings(App& app, const std::shared_ptr<Tenant>& tenant,
                                      const WantedOpenings& wanted) {
  Reach reach;
  reach.services = open_services(*tenant);
  const Instant now = app.store.now();
  reach.dates = {now, now + std::chrono::days(400)};
  if (wanted.service && std::ranges::find(reach.services, *wanted.service) == reach.services.end())
    return fail(ErrorCode::not_found, "There is no such service.");
  CallContext ctx = call_of(app, tenant, nobody(*tenant), Permission::openings_search,
                            audit::ActorKind::anonymous);
  return find_within(ctx, reach, wanted);
}

namespace {

// Each doubling of what comes in beyond thirty in ten minutes costs everybody one bit more.
int bits_now(App& app, const Tenant& tenant, Instant now) {
  const auto starts = app.link_guard.count(Counted::public_tenant, tenant.id().raw(), now);
  int bits = least_bits;
  for (std::int64_t calm = 30; starts > calm && bits < most_bits; calm *= 2) ++bits;
  return bits;
}

// The work is judged by what is asked for now, so that challenges hoarded while it is calm are
// worth little later. One bit less is let pass: the price may rise while an honest person fills in
// the form.
Result<Solved> judge_work(CallContext& ctx, const PublicVisitor& visitor, const Client& client) {
  if (!ctx.app.link_guard.allow(Counted::link_calls, client.network, ctx.now))
    return fail(ErrorCode::rate_limited, "Too many requests from this network; try again later.");
  const auto solved =
      check_solution(ctx.tenant->keys()->link_mac(), visitor.challenge, visitor.solution, ctx.now);
  if (!solved ||
      work_of(visitor.challenge, visitor.solution) < bits_now(ctx.app, *ctx.tenant, ctx.now) - 1)
    return fail(invalid_field("/solution", "work",
                              "The proof of work is missing or too old; load the page again."));
  const bool again = ctx.read(
      [&](storage::Snapshot& s) { return storage::public_visitors::is_spent(s, solved->nonce); });
  if (again) return spent();
  if (ctx.app.link_guard.exhausted(Counted::public_starts, client.network, ctx.now) ||
      ctx.app.link_guard.exhausted(Counted::public_tenant, ctx.tenant->id().raw(), ctx.now))
    return fail(
        ErrorCode::rate_limited,
        "Too many bookings were begun; try again in ten minutes, or call the organisation.");
  return *solved;
}

}  // namespace

Challenge make_challenge(App& app, const Tenant& tenant) {
  const Instant now = app.store.now();
  const int bits = bits_now(app, tenant, now);
  return {seal_challenge(tenant.keys()->link_mac(), bits, now + challenge_life, random_array<16>()), bits};
}

Result<StartedBooking> start_booking(App& app, const std::shared_ptr<Tenant>& tenant,
                                     const PublicVisitor& visitor, const Client& client) {
  CallContext ctx = call_of(app, tenant, nobody(*tenant), Permission::openings_search,
                            audit::ActorKind::anonymous);
  TRY(solved, judge_work(ctx, visitor, client));
  TRY(offer, public_offer(ctx, visitor.offer));
  const PatientRecord record = record_of(visitor);
  if (auto checked = ensure_registrable(*tenant->keys(), record, ctx.now); !checked)
    return fail(renamed(std::move(checked).error()));
  TRY(key, app.keyring.take_person_key(tenant->id()));
  Registered made = registered(ctx, visitor, record, offer, *key, solved, client);
  const LinkId link = made.link.id;
  auto& person =
      ctx.note(AuditAction::patient_created, audit::ResourceKind::patient, made.patient.id.raw());
  person.subjects = {made.patient.id};
  person.version_after = 1;
  for (const auto action : {AuditAction::link_created, AuditAction::code_sent}) {
    auto& entry = ctx.note(action, audit::ResourceKind::link, link.raw());
    entry.subjects = {made.patient.id};
  }
  auto expires =
      perform<Instant>(ctx, Work<Instant>([&app, made = std::move(made)](storage::Transaction& tx) {
                         return links::record(app, tx, made);
                       }));
  if (!expires) return fail(std::move(expires).error());
  // Counted is what was begun: a proof of work that was handed in before costs nobody anything.
  app.link_guard.allow(Counted::public_starts, client.network, ctx.now);
  app.link_guard.allow(Counted::public_tenant, tenant->id().raw(), ctx.now);
  return StartedBooking{link_token(*tenant->keys(), link), *expires};
}

Result<std::size_t> forget_unproven(App& app, const std::shared_ptr<Tenant>& tenant) {
  std::size_t forgotten = 0;
  while (true) {
    CallContext ctx = system_context(app, tenant);
    const Instant before = ctx.now - unproven_life;
    auto people = ctx.read(
        [&](storage::Snapshot& s) { return storage::public_visitors::unproven(s, before, forgotten_together); });
    if (people.empty()) return forgotten;
    const std::size_t count = people.size();
    note_system(ctx, AuditAction::patient_forgotten, audit::ResourceKind::none, {}, people).rows =
        static_cast<std::uint32_t>(count);
    auto gone = perform(ctx, Result<Work<std::size_t>>([&](storage::Transaction& tx) -> Result<std::size_t> {
      const auto ids = storage::public_visitors::forget_before(tx, before, forgotten_together);
      // The journal names exactly those who are forgotten: somebody proved their address meanwhile.
      if (ids != people) return fail(ErrorCode::stale_version);
      tx.after_commit([&app, ids] {
        for (const PatientId& id : ids) app.patient_keys.forget(id);
      });
      return ids.size();
    }));
    if (!gone && gone.error().code == ErrorCode::stale_version) continue;
    if (!gone) return fail(std::move(gone).error());
    forgotten += *gone;
    if (std::cmp_less(count, forgotten_together) || *gone == 0) return forgotten;
  }
}

}  // namespace sealbook::app::links
