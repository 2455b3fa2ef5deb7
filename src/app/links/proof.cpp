#include <future>

#include "app/accounts/tokens.hpp"
#include "app/links/codes.hpp"
#include "app/links/link_token.hpp"
#include "app/links/person.hpp"
#include "app/links/visit_pages.hpp"
#include "app/messages/outbox.hpp"
#include "base/random.hpp"

namespace sealbook::app::links {
namespace {

using audit::ActorKind;
using audit::ResourceKind;

constexpr Micros between_codes = std::chrono::minutes(1);
constexpr std::size_t codes_an_hour = 5, codes_a_day = 10;

audit::AuditEntry& note_link(CallContext& ctx, AuditAction action, const Passed& passed) {
  auto& entry = ctx.note(action, ResourceKind::link, passed.link.id.raw());
  entry.subjects = {passed.link.patient};
  return entry;
}

void open_once(storage::Transaction& tx, const storage::LinkRow& link) {
  if (!storage::links::mark_opened(tx, link.id, tx.now())) return;
  if (link.event) storage::event_people::mark_opened(tx, *link.event, link.patient, tx.now());
}

std::unexpected<Error> too_often(const char* sentence) {
  return fail(ErrorCode::rate_limited, sentence);
}

storage::LinkSessionRow new_session(const Passed& passed, const Hash256& hash, Instant now) {
  return {hash, passed.link.id, passed.link.patient, now, now + session_life};
}

Result<StartedProof> enter_remembered(App& app, const Passed& passed) {
  CallContext ctx =
      call_of(app, passed.tenant, person_of(passed), Permission::appointment_view, ActorKind::link);
  note_link(ctx, AuditAction::link_opened, passed);
  NewToken token = make_token("s");
  const auto row = new_session(passed, token.hash, ctx.now);
  ENSURE(perform<bool>(
      ctx, Work<bool>([row, link = passed.link](storage::Transaction& tx) -> Result<bool> {
        open_once(tx, link);
        storage::link_sessions::remove_before(tx, tx.now());
        storage::link_sessions::insert(tx, row);
        return true;
      })));
  StartedProof started;
  started.next = StartedProof::Next::in_session;
  started.session_cookie = std::move(token.text);
  return started;
}

Result<StartedProof> without_address(App& app, const Passed& passed) {
  CallContext ctx = call_of(app, passed.tenant, person_of(passed), Permission::appointment_view,
                            ActorKind::anonymous);
  note_link(ctx, AuditAction::link_opened, passed);
  ENSURE(
      perform<bool>(ctx, Work<bool>([link = passed.link](storage::Transaction& tx) -> Result<bool> {
                      open_once(tx, link);
                      return true;
                    })));
  StartedProof started;
  started.next = StartedProof::Next::no_address;
  return started;
}

// A second press of the button is no second mail.
bool is_fresh(const std::optional<storage::CodeRow>& code, const storage::CodeRow& wanted,
              Instant now) {
  return code && !code->used && code->created + between_codes > now &&
         code->contact == wanted.contact;
}

void queue_code(storage::Transaction& tx, const storage::LinkRow& link) {
  outbox::queue(tx, {.purpose = messages::Purpose::code,
                     .patient = link.patient,
                     .appointment = {},
                     .version = tx.now().micros(),
                     .link = link.id,
                     .event = {},
                     .invitation = {},
                     .due = tx.now()});
}

// Sends a code, unless the last one is a moment old. A visitor's address is one that anybody can
// have typed.
Result<StartedProof> send_code(App& app, const Passed& passed, const Contact& contact,
                               const Client& client) {
  CallContext ctx = call_of(app, passed.tenant, person_of(passed), Permission::appointment_view,
                            ActorKind::anonymous);
  note_link(ctx, AuditAction::link_opened, passed);
  storage::CodeRow code{random_array<16>(),
                        passed.link.id,
                        passed.link.patient,
                        index_of_contact(*passed.tenant->keys(), contact),
                        {},
                        {}};
  const auto last = ctx.read([&](storage::Snapshot& s) {
    return storage::link_codes::newest(s, code.patient, code.link);
  });
  const bool fresh = is_fresh(last, code, ctx.now);
  if (!fresh) note_link(ctx, AuditAction::code_sent, passed);
  const bool mailed = fresh || passed.link.kind != LinkKind::visitor ||
                      may_mail_visitor(app, client, code.contact, ctx.now);
  auto expires = perform<Instant>(
      ctx, Work<Instant>([link = passed.link, code,
                          mailed](storage::Transaction& tx) mutable -> Result<Instant> {
        const Instant now = tx.now();
        const auto newest = storage::link_codes::newest(tx, link.patient, link.id);
        if (is_fresh(newest, code, now)) {
          open_once(tx, link);
          return newest->expires;
        }
        const auto day =
            storage::link_codes::sent_since(tx, link.patient, now - std::chrono::hours(24));
        const bool hour_is_full =
            day.size() >= codes_an_hour && day[codes_an_hour - 1] > now - std::chrono::hours(1);
        if (hour_is_full || day.size() >= codes_a_day)
          return too_often(
              "Enough codes have been sent for now; try again later, or call the organisation.");
        code.created = now;
        code.expires = now + code_life;
        open_once(tx, link);
        storage::link_codes::remove_of_patient(tx, link.patient, now - std::chrono::days(2));
        storage::link_codes::insert(tx, code);
        if (mailed) queue_code(tx, link);
        return code.expires;
      }));
  if (!expires) return fail(std::move(expires).error());
  StartedProof started;
  started.needs_birth_date = !contact.verified;
  started.code_expires = *expires;
  return started;
}

Result<StartedProof> start_now(App& app, const LinkRequest& request) {
  const Instant now = app.store.now();
  if (!app.link_guard.allow(Counted::link_calls, request.client.network, now))
    return too_often("Too many requests from this network; try again in a minute.");
  const auto passed = pass(app, request.token);
  if (!passed) return refused();
  if (find_session(app, *passed, request.session_cookie)) {
    StartedProof started;
    started.next = StartedProof::Next::in_session;
    started.session_cookie = request.session_cookie;
    return started;
  }
  if (knows_device(app, *passed, request.device_cookie)) return enter_remembered(app, *passed);
  if (!app.link_guard.allow(Counted::code_requests, passed->link.patient.raw(), now))
    return too_often(
        "Enough codes have been asked for; try again later, or call the organisation.");
  TRY(person, load_person(app, *passed->tenant, passed->link.patient));
  const Contact* contact = code_contact(person, *passed->tenant->keys());
  if (contact == nullptr) return without_address(app, *passed);
  return send_code(app, *passed, *contact, request.client);
}

// What was typed, judged. `code` is empty when there is none that could be right.
struct Judged {
  std::optional<storage::CodeRow> code;
  std::optional<Person> person;
  bool right = false;
};

// The same steps whatever the token is worth: an unknown one is judged against keys and rows that
// are nobody's. The try is counted before anything is compared.
Judged judge(App& app, const std::optional<Passed>& passed, const ProofAnswer& answer) {
  Judged judged;
  const auto tenant = passed ? passed->tenant : nullptr;
  const LinkId link = passed ? passed->link.id : LinkId();
  const PatientId patient = passed ? passed->link.patient : PatientId();
  app.store.read(tenant ? tenant->ref() : storage::TenantRef{}, [&](storage::Snapshot& s) {
    judged.code = storage::link_codes::newest(s, patient, link);
  });
  const Instant now = app.store.now();
  const RawId id = judged.code ? judged.code->id : RawId{};
  const bool counts = judged.code && !judged.code->used && now < judged.code->expires &&
                      judged.code->tries < code_tries;
  const bool may_try = app.link_guard.allow(Counted::code_tries, id, now) && counts;
  if (!may_try) judged.code.reset();
  if (passed)
    if (auto person = load_person(app, *tenant, patient)) judged.person = std::move(*person);
  if (!tenant) return judged;
  bool right = same_code(answer.code, code_text(*tenant->keys(), link, id));
  const Contact* contact = judged.person ? code_contact(*judged.person, *tenant->keys()) : nullptr;
  // A code that went to an address which is the person's no more is worth nothing.
  right = right && contact != nullptr && judged.code &&
          judged.code->contact == index_of_contact(*tenant->keys(), *contact);
  if (contact != nullptr && !contact->verified)
    right = right && answer.birth_date && *answer.birth_date == judged.person->record.birth_date;
  judged.right = right && may_try && judged.person;
  return judged;
}

// Journals and counts the failed try. Waits for it no longer than the refusal waits in any case, so
// that its time tells nothing.
void count_failure(App& app, const Passed& passed, const std::optional<storage::CodeRow>& code,
                   const Floor& floor) {
  CallContext ctx = call_of(app, passed.tenant, person_of(passed), Permission::appointment_view,
                            ActorKind::anonymous);
  auto& entry = note_link(ctx, AuditAction::link_refused, passed);
  entry.outcome = audit::AuditOutcome::refused;
  entry.error = ErrorCode::not_found;
  auto done = std::make_shared<std::promise<void>>();
  auto counted = done->get_future();
  app.store.submit(
      passed.tenant->ref(),
      [code, sealed = seal_entries(ctx)](storage::Transaction& tx) -> Result<void> {
        if (code) storage::link_codes::count_try(tx, code->id);
        for (const auto& prepared : sealed) tx.audit(prepared);
        return {};
      },
      [done](const Result<void>&) { done->set_value(); });
  counted.wait_until(floor.until());
}

struct PreparedProof {
  storage::LinkRow link;
  storage::CodeRow code;
  storage::LinkSessionRow session;
  std::optional<storage::DeviceRow> device;
  std::optional<VerifiedPerson> verified;
  bool visitor = false;
};

Result<bool> record_proof(App& app, const std::shared_ptr<Tenant>& tenant, storage::Transaction& tx,
                          const PreparedProof& proof) {
  if (!storage::link_codes::use(tx, proof.code.id, tx.now(), code_tries)) return refused();
  if (proof.verified && !write_verified(app, tenant, tx, *proof.verified))
    return fail(ErrorCode::stale_version);
  if (proof.visitor) storage::public_visitors::mark_proven(tx, proof.link.patient);
  open_once(tx, proof.link);
  storage::link_sessions::remove_before(tx, tx.now());
  storage::link_sessions::insert(tx, proof.session);
  if (proof.device) storage::link_devices::insert(tx, *proof.device);
  return true;
}

Result<Proven> accept(App& app, const Passed& passed, const Judged& judged, Remember remember) {
  CallContext ctx =
      call_of(app, passed.tenant, person_of(passed), Permission::appointment_view, ActorKind::link);
  note_link(ctx, AuditAction::link_proven, passed);
  NewToken token = make_token("s"), device = make_token("d");
  PreparedProof proof{passed.link,  *judged.code, new_session(passed, token.hash, ctx.now),
                      std::nullopt, std::nullopt, passed.link.kind == LinkKind::visitor};
  Proven proven{std::move(token.text), std::nullopt};
  if (remember == Remember::this_device) {
    proof.device =
        storage::DeviceRow{device.hash, passed.link.patient, ctx.now, ctx.now + device_life};
    proven.device_cookie = std::move(device.text);
    note_link(ctx, AuditAction::device_remembered, passed);
  }
  proof.verified = verified(app, *passed.tenant, *judged.person, judged.code->contact);
  if (proof.verified) {
    auto& entry =
        ctx.note(AuditAction::contact_verified, ResourceKind::patient, passed.link.patient.raw());
    entry.subjects = {passed.link.patient};
    entry.version_before = static_cast<std::uint64_t>(judged.person->row.version);
    entry.version_after = static_cast<std::uint64_t>(proof.verified->row.version);
  }
  ENSURE(perform<bool>(ctx, Work<bool>([&app, tenant = passed.tenant,
                                        proof = std::move(proof)](storage::Transaction& tx) {
                         return record_proof(app, tenant, tx, proof);
                       })));
  return proven;
}

Result<Proven> prove_now(App& app, const LinkRequest& request, const ProofAnswer& answer,
                         const Floor& floor) {
  const Instant now = app.store.now();
  if (app.link_guard.exhausted(Counted::failed_proofs, request.client.network, now))
    return too_often(
        "Too many codes were wrong; try again in ten minutes, or call the organisation.");
  for (int attempt = 1;; ++attempt) {
    const auto passed = pass(app, request.token);
    const Judged judged = judge(app, passed, answer);
    if (!judged.right) {
      app.link_guard.allow(Counted::failed_proofs, request.client.network, now);
      if (passed) count_failure(app, *passed, judged.code, floor);
      return refused();
    }
    auto proven = accept(app, *passed, judged, answer.remember);
    // The record was changed by somebody else in between: once more, with the new one.
    if (!proven && proven.error().code == ErrorCode::stale_version && attempt < 3) continue;
    return proven;
  }
}

}  // namespace

Result<StartedProof> start_proof(App& app, const LinkRequest& request) {
  const Floor floor;
  return floor.keep(start_now(app, request));
}

Result<Proven> prove(App& app, const LinkRequest& request, const ProofAnswer& answer) {
  const Floor floor;
  return floor.keep(prove_now(app, request, answer, floor));
}

Result<bool> forget(App& app, const LinkRequest& request) {
  if (!app.link_guard.allow(Counted::link_calls, request.client.network, app.store.now()))
    return too_often("Too many requests from this network; try again in a minute.");
  const auto passed = pass(app, request.token);
  if (!passed) return refused();
  // Without anything to end there is nothing to write down.
  const bool in_session = find_session(app, *passed, request.session_cookie).has_value();
  const bool known = knows_device(app, *passed, request.device_cookie);
  if (!in_session && !known) return false;
  CallContext ctx = call_of(app, passed->tenant, person_of(*passed), Permission::appointment_view,
                            ActorKind::anonymous);
  note_link(ctx, AuditAction::device_forgotten, *passed);
  return perform<bool>(ctx, Work<bool>([session = hash_of(request.session_cookie),
                                        device = hash_of(request.device_cookie)](
                                           storage::Transaction& tx) -> Result<bool> {
                         storage::link_sessions::remove(tx, session);
                         storage::link_devices::remove(tx, device);
                         return true;
                       }));
}

}  // namespace sealbook::app::links
