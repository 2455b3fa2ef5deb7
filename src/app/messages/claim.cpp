#include "app/messages/claim.hpp"

#include <algorithm>

#include "app/links/link_token.hpp"
#include "app/perform.hpp"
#include "domain/scheduling/appointment.hpp"
#include "security/crypto/hash.hpp"
#include "storage/tables/outbox.hpp"

namespace sealbook::app {
namespace {

using messages::MessageState;
using messages::Purpose;
using messages::Refusal;

bool is_about_state(Purpose purpose) {
  return purpose == Purpose::confirmation || purpose == Purpose::change || purpose == Purpose::cancellation;
}
// What may wait for the end of quiet hours: nothing that a person is waiting for, or that is urgent.
bool keeps_quiet(Purpose purpose) { return purpose == Purpose::invitation || purpose == Purpose::invitation_again; }

void withdraw(MessageRow& row, Refusal reason) {
  row.state = MessageState::withdrawn;
  row.reason = reason;
}

Bytes number_bytes(std::int64_t value) {
  Bytes bytes;
  append_u64(bytes, static_cast<std::uint64_t>(value));
  return bytes;
}

// The zone whose clock says when it is quiet: the visit's, else that of the organisation's first place.
TimeZone quiet_zone(const Tenant& tenant) {
  const auto organisation = tenant.organisation();
  for (const auto& [id, location] : organisation->locations)
    if (location.state == ActiveState::active) return location.zone;
  return TimeZone::utc();
}

MessageRow row_of(const storage::OutboxRow& intent) {
  MessageRow row;
  row.purpose = intent.purpose;
  row.patient = intent.patient;
  row.appointment = intent.appointment;
  row.version = intent.version;
  row.link = intent.link;
  row.event = intent.event;
  row.invitation = intent.invitation;
  row.due = intent.due;
  return row;
}

MessageRow row_of(const DueReminder& reminder) {
  MessageRow row;
  row.purpose = Purpose::reminder;
  row.patient = reminder.visit.patient;
  row.appointment = reminder.visit.id;
  row.version = reminder.visit.announced;
  row.rule = reminder.rule;
  row.due = reminder.due;
  return row;
}

struct Batch {
  std::vector<Candidate> candidates;
  std::vector<AppointmentId> visits;               // of the candidates that have one, in order
  std::vector<std::optional<VisitState>> states;   // as judged
};

std::vector<AppointmentId> visits_of(const std::vector<Candidate>& candidates) {
  std::vector<AppointmentId> visits;
  for (const auto& c : candidates)
    if (c.row.appointment) visits.push_back(*c.row.appointment);
  return visits;
}

void drop_known(storage::Snapshot& snapshot, std::vector<Candidate>& candidates) {
  std::vector<MessageId> ids;
  for (const auto& c : candidates) ids.push_back(c.row.id);
  const auto known = storage::ledger::known(snapshot, ids);
  std::size_t i = 0;
  // A reminder that is in the ledger is done; an intent that is goes from the outbox all the same.
  std::erase_if(candidates, [&](const Candidate& c) { return known[i++] && !c.seq && !c.is_retry; });
}

Batch look(storage::Snapshot& snapshot, const Tenant& tenant, const MessageSettings& settings, const ClaimQuery& query) {
  const Instant now = snapshot.now();
  Batch batch;
  for (const auto& intent : storage::outbox::due(snapshot, now, query.limit))
    batch.candidates.push_back({row_of(intent), intent.seq, false, false});
  for (const DueReminder& reminder : query.reminders) batch.candidates.push_back({row_of(reminder), {}, false, false});
  for (auto& c : batch.candidates) c.row.id = message_id(tenant.id(), c.row);
  drop_known(snapshot, batch.candidates);
  for (auto& row : storage::ledger::to_try(snapshot, now, query.leases, query.limit))
    batch.candidates.push_back({row, {}, true, row.lease > Instant()});
  batch.visits = visits_of(batch.candidates);
  batch.states = storage::ledger::visit_states(snapshot, batch.visits);
  const TimeZone zone = quiet_zone(tenant);
  std::size_t visit = 0;
  for (auto& c : batch.candidates) {
    const auto& state = c.row.appointment ? batch.states[visit++] : std::nullopt;
    c.row.lease = now + message_lease;
    c.row.changed = now;
    if (c.is_retry) continue;  // judged where it is sent
    c.row.claimed = c.row.next_try = now;
    c.row.attempts = 1;
    if (c.row.appointment) judge(c.row, state, now);
    if (settings.silent_until && now < *settings.silent_until && c.row.purpose != Purpose::code)
      withdraw(c.row, Refusal::silent);
    if (c.row.state == MessageState::claimed && keeps_quiet(c.row.purpose)) {
      c.row.next_try = messages::after_quiet(now, settings.quiet, zone);
      if (c.row.next_try > now) c.row.attempts = 0, c.row.lease = Instant();
    }
  }
  return batch;
}

bool same(const std::vector<std::optional<VisitState>>& a, const std::vector<std::optional<VisitState>>& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
    if (!x || !y) return !x && !y;
    return x->announced == y->announced && x->status == y->status && x->told == y->told && x->starts == y->starts;
  });
}

void note_batch(CallContext& ctx, const Batch& batch) {
  std::vector<PatientId> claimed, withdrawn;
  for (const auto& c : batch.candidates)
    (c.row.state == MessageState::claimed ? claimed : withdrawn).push_back(c.row.patient);
  if (!claimed.empty()) note_system(ctx, AuditAction::message_claimed, audit::ResourceKind::none, {}, std::move(claimed));
  if (!withdrawn.empty())
    note_system(ctx, AuditAction::message_withdrawn, audit::ResourceKind::none, {}, std::move(withdrawn));
}

Result<std::vector<MessageRow>> record(storage::Transaction& tx, const Tenant& tenant, const Batch& batch) {
  if (!same(storage::ledger::visit_states(tx, batch.visits), batch.states)) return fail(ErrorCode::stale_version);
  std::vector<MessageRow> fresh, ready;
  for (const Candidate& c : batch.candidates) {
    if (c.seq) storage::outbox::remove(tx, *c.seq);
    MessageRow row = c.row;
    if (!c.is_retry) {
      if (row.state == MessageState::claimed && row.appointment && !row.link) {
        TRY(link, links::ensure_for_appointment(tx, tenant, row.patient, *row.appointment));
        row.link = link;
      }
      fresh.push_back(std::move(row));
      continue;
    }
    if (!storage::ledger::lease_again(tx, row, row.lease, c.is_unsure)) continue;
    ++row.attempts;
    ready.push_back(std::move(row));
  }
  const auto made = storage::ledger::insert(tx, fresh);
  for (std::size_t i = 0; i < fresh.size(); ++i)
    if (made[i] && fresh[i].state == MessageState::claimed && fresh[i].attempts > 0) ready.push_back(std::move(fresh[i]));
  return ready;
}

}  // namespace

MessageId message_id(const TenantId& tenant, const MessageRow& row) {
  const std::uint8_t kind[] = {static_cast<std::uint8_t>(row.channel),
                               static_cast<std::uint8_t>(is_about_state(row.purpose) ? Purpose::confirmation : row.purpose)};
  // A link may send many codes; each intent is one.
  const Bytes moment = number_bytes(row.purpose == Purpose::code ? row.due.micros() : 0);
  const Hash256 hash = crypto::sha256(
      {as_bytes("sealbook message 1"), tenant.bytes(), kind, row.patient.bytes(),
       row.appointment.value_or(AppointmentId()).bytes(), number_bytes(row.version), number_bytes(row.rule),
       row.appointment ? LinkId().bytes() : row.link.value_or(LinkId()).bytes(), row.event.value_or(EventId()).bytes(),
       row.invitation.value_or(InvitationId()).bytes(), moment});
  return MessageId::from_bytes(ByteView(hash).first(16));
}

std::int64_t fingerprint(const VisitState& visit) {
  const std::uint8_t stands = visit.status == static_cast<std::int64_t>(scheduling::Status::cancelled) ? 0 : 1;
  const Hash256 hash = crypto::sha256({as_bytes("sealbook told 1"), number_bytes(visit.starts.micros()),
                                       visit.location.bytes(), visit.practitioner.value_or(ResourceId()).bytes(),
                                       ByteView(&stands, 1)});
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = static_cast<std::int64_t>((static_cast<std::uint64_t>(value) << 8) | hash[i]);
  return value;
}

void judge(MessageRow& row, const std::optional<VisitState>& visit, Instant now) {
  if (!visit || visit->announced != row.version) return withdraw(row, Refusal::superseded);
  const bool cancelled = visit->status == static_cast<std::int64_t>(scheduling::Status::cancelled);
  row.told = fingerprint(*visit);
  if (row.purpose == Purpose::reminder) {
    if (visit->status != static_cast<std::int64_t>(scheduling::Status::booked)) return withdraw(row, Refusal::superseded);
  } else if (is_about_state(row.purpose)) {
    if (visit->told == row.told) return withdraw(row, Refusal::nothing_new);
    const bool unheard = !visit->told && visit->announced_at < visit->created + undone_within;
    if (unheard && cancelled) return withdraw(row, Refusal::undone);
    if (unheard) row.purpose = Purpose::confirmation;
    else if (cancelled) row.purpose = Purpose::cancellation;
  }
  if (visit->starts <= now) withdraw(row, Refusal::too_late);
}

std::vector<DueReminder> reminders_between(const ReminderPlans& plans, const MessageSettings& settings,
                                           storage::Snapshot& snapshot, Instant from, Instant to) {
  constexpr Micros slack = std::chrono::hours(26);  // quiet hours and a change of clocks
  std::int64_t longest = 0;
  for (const auto& rule : messages::default_rules()) longest = std::max(longest, number_of(rule));
  for (const auto& [service, plan] : plans.rows)
    for (const auto& rule : plan.rules) longest = std::max(longest, number_of(rule));
  std::vector<DueReminder> out;
  for (auto& visit : storage::ledger::reminded_visits(snapshot, from, to + std::chrono::minutes(longest) + slack)) {
    const auto zone = TimeZone::named(visit.zone);
    if (!zone) continue;
    const auto& plan = plans.of(visit.service);
    for (const auto& rule : plan.rules) {
      const auto time = messages::reminder_time(visit.starts, *zone, rule, settings.quiet);
      if (time.due <= from || time.due > to || time.until <= snapshot.now()) continue;
      // Booked, moved or planned later than that moment: the message of that change says it.
      if (time.moment <= visit.announced_at || time.moment <= plan.changed) continue;
      if (settings.silent_until && time.moment <= *settings.silent_until) continue;
      out.push_back({time.due, time.until, visit, number_of(rule)});
    }
  }
  std::ranges::sort(out, {}, &DueReminder::due);
  return out;
}

Result<Claimed> claim_due(App& app, const std::shared_ptr<Tenant>& tenant, const MessageSettings& settings,
                          const ClaimQuery& query) {
  for (int tries = 0; tries < 5; ++tries) {
    auto ctx = system_context(app, tenant);
    auto batch = std::make_shared<Batch>(
        ctx.read([&](storage::Snapshot& s) { return look(s, *tenant, settings, query); }));
    if (batch->candidates.empty()) return Claimed{};
    note_batch(ctx, *batch);
    auto rows = perform(ctx, Result<Work<std::vector<MessageRow>>>(
                                 [batch, tenant](storage::Transaction& tx) { return record(tx, *tenant, *batch); }));
    if (rows) return Claimed{std::move(*rows), batch->candidates.size()};
    if (rows.error().code != ErrorCode::stale_version) return fail(std::move(rows).error());
  }
  return fail(ErrorCode::unavailable, "What is due keeps changing; it is looked at again shortly.");
}

}  // namespace sealbook::app
