#include "app/sign_in/codes.hpp"

#include <algorithm>
#include <thread>

#include "app/links/codes.hpp"
#include "app/links/person.hpp"
#include "app/messages/blocks.hpp"
#include "app/messages/gate.hpp"
#include "app/messages/outbox.hpp"
#include "app/perform.hpp"
#include "base/random.hpp"
#include "storage/tables/accounts.hpp"
#include "storage/tables/sign_in_codes.hpp"

namespace sealbook::app::sign_in {
namespace {

using links::Counted;
using storage::SignInCodeRow;

constexpr std::int64_t most_tries = links::code_tries;

// Holds every answer back until the same moment after the start.
class EvenAnswer {
 public:
  ~EvenAnswer() { std::this_thread::sleep_until(until_); }

 private:
  std::chrono::steady_clock::time_point until_ = std::chrono::steady_clock::now() + links::refusal_floor;
};

std::unexpected<Error> not_signed_in() {
  return fail(ErrorCode::unauthenticated, "This code is not good, or not any more. Ask for a new one.");
}

Contact email_of(const SensitiveText& text) {
  Contact contact;
  contact.value = text;
  return contact;
}

// The one person whose verified, safe address this is; nobody when there are several.
struct Found {
  PatientId patient;
  std::array<std::uint8_t, 16> contact{};
};
std::optional<Found> find_person(App& app, const Tenant& tenant, const SensitiveText& address) {
  Found found;
  found.contact = links::index_of_contact(*tenant.keys(), email_of(address));
  std::vector<PatientId> people;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    people = storage::patients::find_by_index(s, {storage::PatientIndexKind::email, found.contact, 1});
  });
  if (people.size() != 1) return std::nullopt;
  const auto person = links::load_person(app, tenant, people.front());
  if (!person) return std::nullopt;
  const bool reached = std::ranges::any_of(person->record.contacts, [&](const Contact& c) {
    return c.kind == ContactKind::email && c.safe && c.verified &&
           links::index_of_contact(*tenant.keys(), c) == found.contact &&
           blocked_by(person->blocks, indexes_of(*tenant.keys(), c), messages::Purpose::code) ==
               messages::Refusal::none;
  });
  if (!reached) return std::nullopt;
  found.patient = person->row.id;
  return found;
}

SensitiveText text_of(const keys::TenantKeys& keys, const PatientId& patient, const RawId& code) {
  constexpr std::uint64_t codes = 100'000'000;
  const Hash256 mac = keys.link_mac().mac({as_bytes("sealbook sign-in code 1"), patient.bytes(), code});
  std::string digits = std::to_string(load_u64(mac.data()) % codes);
  digits.insert(0, 8 - digits.size(), '0');
  return SensitiveText(std::move(digits));
}

// An entry in the log of the organisation that was named, by nobody who is known.
audit::AuditEntry& note_stranger(CallContext& ctx, AuditAction action, audit::AuditOutcome outcome) {
  ctx.actor = audit::ActorKind::anonymous;
  auto& entry = ctx.note(action, audit::ResourceKind::none, {});
  entry.outcome = outcome;
  return entry;
}

// Journals and counts a failed try, without waiting for it.
void count_failure(CallContext& ctx, const std::optional<SignInCodeRow>& code) {
  auto& entry = note_stranger(ctx, AuditAction::session_refused, audit::AuditOutcome::refused);
  entry.error = ErrorCode::unauthenticated;
  if (code) entry.subjects = {code->patient};
  ctx.app.store.submit(
      ctx.store_ref(),
      [sealed = seal_entries(ctx), code](storage::Transaction& tx) -> Result<void> {
        if (code) storage::sign_in_codes::count_try(tx, code->id);
        for (const auto& each : sealed) tx.audit(each);
        return {};
      },
      [](const Result<void>&) {});
  ctx.entries.clear();
}

// The patient's account, or a new one for it.
Principal account_of(CallContext& ctx, const PatientId& patient, std::optional<storage::AccountRow>& made) {
  const auto known = ctx.read([&](storage::Snapshot& s) { return storage::sign_in_codes::find_account(s, patient); });
  if (known) return {*known, ctx.tenant->id(), Role::patient, std::nullopt, patient};
  made = storage::AccountRow{new_id<AccountId>(), Role::patient, std::nullopt, patient, true, ctx.now};
  return {made->id, ctx.tenant->id(), Role::patient, std::nullopt, patient};
}

}  // namespace

Result<Work<int>> request_code(CallContext& ctx, std::string_view tenant_slug, const SensitiveText& contact) {
  const EvenAnswer even;
  App& app = ctx.app;
  if (!app.link_guard.allow(Counted::public_starts, ctx.network, ctx.now))
    return fail(ErrorCode::rate_limited, "Too many codes were asked for from this network; try again in some minutes.");
  ctx.tenant = app.tenants.find_by_slug(tenant_slug);
  std::optional<Found> found;
  if (ctx.tenant) found = find_person(app, *ctx.tenant, contact);
  if (found && !app.link_guard.allow(Counted::public_mails, found->contact, ctx.now)) found.reset();
  auto& entry = note_stranger(ctx, AuditAction::sign_in_code_sent,
                              found ? audit::AuditOutcome::allowed : audit::AuditOutcome::refused);
  if (found) entry.subjects = {found->patient};
  return Work<int>([found](storage::Transaction& tx) -> Result<int> {
    if (!found) return 0;
    const Instant now = tx.now();
    storage::sign_in_codes::insert(tx, {random_array<16>(), found->patient, found->contact, now, now + links::code_life, 0, false});
    outbox::queue(tx, {.purpose = messages::Purpose::code, .patient = found->patient, .appointment = {},
                       .version = now.micros(), .link = {}, .event = {}, .invitation = {}, .due = now});
    return 1;
  });
}

Result<Work<int>> sign_in_by_code(CallContext& ctx, std::string_view tenant_slug, const TypedCode& typed) {
  const EvenAnswer even;
  App& app = ctx.app;
  if (!app.link_guard.allow(Counted::failed_proofs, ctx.network, ctx.now))
    return fail(ErrorCode::rate_limited, "Too many codes were tried from this network; try again in some minutes.");
  ctx.tenant = app.tenants.find_by_slug(tenant_slug);
  std::optional<Found> found;
  std::optional<SignInCodeRow> code;
  if (ctx.tenant) found = find_person(app, *ctx.tenant, typed.contact);
  if (found)
    code = ctx.read([&](storage::Snapshot& s) { return storage::sign_in_codes::newest(s, found->patient, found->contact); });
  // Counted before anything is compared, so that tries at once do not overtake the store.
  const bool may_try = code && app.link_guard.allow(Counted::code_tries, code->id, ctx.now) && !code->used &&
                       ctx.now < code->expires && code->tries < most_tries;
  if (!may_try || !links::same_code(typed.code, text_of(*ctx.tenant->keys(), found->patient, code->id))) {
    count_failure(ctx, may_try ? code : std::nullopt);
    return not_signed_in();
  }
  std::optional<storage::AccountRow> made;
  const Principal who = account_of(ctx, found->patient, made);
  const Begun begun = begin(ctx, who, ctx.tenant->ref().no, SessionMethod::code);
  if (made) ctx.note(AuditAction::account_created, audit::ResourceKind::account, made->id.raw()).subjects = {found->patient};
  return Work<int>([&app, begun, made, id = code->id](storage::Transaction& tx) -> Result<int> {
    if (!storage::sign_in_codes::use(tx, id, tx.now(), most_tries)) return not_signed_in();
    if (made) storage::accounts::insert(tx, *made);
    record(app, tx, begun);
    return 1;
  });
}

Result<SensitiveText> code_to_send(App& app, const Tenant& tenant, const PatientId& patient) {
  std::optional<SignInCodeRow> code;
  TRY(person, links::load_person(app, tenant, patient));
  for (const Contact& contact : person.record.contacts) {
    if (contact.kind != ContactKind::email || !contact.safe || !contact.verified) continue;
    const auto index = links::index_of_contact(*tenant.keys(), contact);
    app.store.read(tenant.ref(), [&](storage::Snapshot& s) { code = storage::sign_in_codes::newest(s, patient, index); });
    if (code) break;
  }
  if (!code || code->used || code->expires <= app.store.now()) return fail(ErrorCode::not_found, "There is no code to send.");
  return text_of(*tenant.keys(), patient, code->id);
}

}  // namespace sealbook::app::sign_in
