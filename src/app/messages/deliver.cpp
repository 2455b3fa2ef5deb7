#include "app/messages/deliver.hpp"

#include <algorithm>

#include "app/messages/record.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

using messages::MessageState;
using messages::Refusal;

constexpr Micros facts_hold = std::chrono::milliseconds(500);  // read again before sending after that
constexpr std::size_t most_together = 16;
constexpr Micros oldest_reminder = std::chrono::hours(25);  // catch-up is at most a day

bool is_withdrawal(Refusal reason) {
  return reason == Refusal::superseded || reason == Refusal::undone || reason == Refusal::link_gone;
}

void put_off_or_fail(MessageRow& row, Refusal reason, Instant now) {
  const double jitter = static_cast<double>(random_array<1>()[0]) / 255.0;
  if (const auto next = next_try(row, now, jitter)) {
    row.next_try = *next;
    if (reason == Refusal::unsafe_carrier) row.reason = reason;  // somebody should look at it now
    return;
  }
  row.state = MessageState::failed;
  row.reason = reason;
}

void take_outcome(MessageRow& row, const MailOutcome& outcome, Instant now) {
  switch (outcome.verdict) {
    case MailVerdict::accepted: row.state = MessageState::handed_over; row.reason = Refusal::none; return;
    case MailVerdict::try_later: return put_off_or_fail(row, Refusal::too_late, now);
    case MailVerdict::unsafe: return put_off_or_fail(row, Refusal::unsafe_carrier, now);
    case MailVerdict::address_refused: row.state = MessageState::bounced; row.reason = Refusal::address_refused; return;
    case MailVerdict::refused: row.state = MessageState::failed; row.reason = Refusal::carrier_refused; return;
  }
}

// One message, on a thread of the pool. The row comes back with what came of it.
MessageRow send_one(App& app, const Tenant& tenant, const RoundFacts& facts, MessageRow row,
                    const KnownMessage& known) {
  auto prepared = prepare_mail(app, tenant, facts, row, known);
  const Instant now = app.store.now();
  row.changed = now;
  if (!prepared) {
    row.reason = prepared.error();
    row.state = is_withdrawal(row.reason) ? MessageState::withdrawn
                : row.reason == Refusal::too_late ? MessageState::failed : MessageState::refused;
    return row;
  }
  take_outcome(row, app.mailer->send(prepared->permit, prepared->mail), now);
  row.changed = app.store.now();
  return row;
}

// A few messages, one after the other on one thread, so that what the store knows of them is read once.
// `back` gets each as soon as it is done.
void send_some(App& app, const Tenant& tenant, const RoundFacts& facts, std::vector<MessageRow> rows,
               const std::function<void(MessageRow)>& back) {
  std::size_t done = 0;
  try {
    auto known = read_known(app, tenant, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      // A slow carrier: the visit may have moved and the person opted out meanwhile.
      if (known[i].now + facts_hold < app.store.now()) known[i] = read_known(app, tenant, {&rows[i], 1}).front();
      back(send_one(app, tenant, facts, rows[i], known[i]));
      ++done;
    }
  } catch (const std::exception&) {  // the engine is away: what was not sent is tried later
    log::warning("messages_not_read", {{"count", static_cast<std::int64_t>(rows.size() - done)}});
    for (; done < rows.size(); ++done) {
      rows[done].next_try = app.store.now() + message_lease;
      back(std::move(rows[done]));
    }
  }
}

}  // namespace

std::optional<Instant> next_try(const MessageRow& row, Instant now, double jitter) {
  using messages::Purpose;
  const auto doublings = std::min<std::int64_t>(row.attempts, 7);
  const Micros wait = std::min<Micros>(std::chrono::seconds(15) * (std::int64_t{1} << doublings), std::chrono::hours(1));
  const Instant next = now + wait + Micros(static_cast<std::int64_t>(static_cast<double>(wait.count()) * jitter / 4));
  const Micros life = row.purpose == Purpose::code ? Micros(std::chrono::minutes(10)) : Micros(std::chrono::hours(72));
  const messages::ReminderRule rule{0, static_cast<std::int32_t>(row.rule)};
  const Instant until = row.due + (row.purpose == Purpose::reminder ? messages::catch_up(rule) : life);
  return next < until ? std::optional(next) : std::nullopt;
}

// The rows under way and those that have come back, shared with the pool's threads.
struct Delivery::Round {
  std::mutex mutex;
  std::condition_variable some_done;
  std::vector<MessageRow> done;
};

Delivery::Delivery(App& app, DeliveryOptions options) : app_(app), options_(options), pool_(options.threads) {}
Delivery::~Delivery() = default;

DeliveryCounts Delivery::run(const std::function<bool()>& stop) {
  DeliveryCounts total;
  for (const auto& tenant : app_.tenants.all()) {
    if (stop()) break;
    const auto counts = run_tenant(tenant, stop);
    if (!counts) {
      log::warning("messages_not_taken_up", {{"tenant", tenant->id()}, {"code", counts.error().code}});
      continue;
    }
    total.handed_over += counts->handed_over;
    total.refused += counts->refused;
    total.withdrawn += counts->withdrawn;
    total.put_off += counts->put_off;
  }
  return total;
}

Result<void> Delivery::look_ahead(const Tenant& tenant, const MessageSettings& settings, Watch& watch) {
  const Instant now = app_.store.now();
  const bool is_first = watch.seen_until == Instant();
  const bool clock_went_back = watch.seen_until > now + options_.look_ahead;
  if (!is_first && !clock_went_back && now + options_.look_ahead / 2 < watch.seen_until) return {};
  // From the last look on, because of what was booked since; what the ledger has is left out there.
  Instant from = is_first || clock_went_back ? now - oldest_reminder : watch.seen_until - options_.look_ahead;
  if (!watch.ahead.empty()) from = std::min(from, watch.ahead.front().due - Micros(1));
  Result<void> looked;
  app_.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    const auto plans = load_plans(s);
    if (plans) watch.ahead = reminders_between(*plans, settings, s, from, now + options_.look_ahead);
    else looked = fail(plans.error());
  });
  if (looked) watch.seen_until = now + options_.look_ahead;
  return looked;
}

Result<DeliveryCounts> Delivery::run_tenant(const std::shared_ptr<Tenant>& tenant, const std::function<bool()>& stop) {
  Watch& watch = watches_[tenant->id()];
  DeliveryCounts counts;
  TRY(facts, load_round(app_, *tenant));
  ENSURE(look_ahead(*tenant, facts.settings, watch));
  while (!stop()) {
    const Instant now = app_.store.now();
    std::vector<DueReminder> due;
    while (due.size() < static_cast<std::size_t>(options_.batch) && due.size() < watch.ahead.size() &&
           watch.ahead[due.size()].due <= now)
      due.push_back(watch.ahead[due.size()]);
    // One process has the embedded store to itself: a lease that it finds at its start was a dead one's.
    const bool breaks = watch.leases_are_mine && app_.store.database().engine() == sql::Engine::sqlite;
    TRY(claimed, claim_due(app_, tenant, facts.settings,
                           {due, breaks ? storage::ledger::Leases::broken : storage::ledger::Leases::respected,
                            options_.batch}));
    watch.ahead.erase(watch.ahead.begin(), watch.ahead.begin() + static_cast<std::ptrdiff_t>(due.size()));
    if (claimed.looked_at < static_cast<std::size_t>(options_.batch)) watch.leases_are_mine = false;
    if (claimed.looked_at == 0) break;
    counts.withdrawn += claimed.looked_at - claimed.rows.size();
    TRY(sent, send_all(tenant, facts, std::move(claimed.rows)));
    counts.handed_over += sent.handed_over;
    counts.refused += sent.refused;
    counts.withdrawn += sent.withdrawn;
    counts.put_off += sent.put_off;
  }
  return counts;
}

Result<DeliveryCounts> Delivery::send_all(const std::shared_ptr<Tenant>& tenant, const RoundFacts& facts,
                                          std::vector<MessageRow> rows) {
  auto round = std::make_shared<Round>();
  const auto shared = std::make_shared<const RoundFacts>(facts);
  const std::size_t total = rows.size();
  std::size_t under_way = total;
  // A few messages go to as many threads as there are; of many, each thread takes some together.
  const std::size_t together = std::clamp<std::size_t>(total / options_.threads, 1, most_together);
  for (std::size_t from = 0; from < total; from += together) {
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(from);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(together, total - from));
    std::vector<MessageRow> some(std::make_move_iterator(first), std::make_move_iterator(last));
    pool_.run([this, round, shared, tenant, some = std::move(some)]() mutable {
      send_some(app_, *tenant, *shared, std::move(some), [&](MessageRow done) {
        const std::lock_guard lock(round->mutex);
        round->done.push_back(std::move(done));
        round->some_done.notify_one();
      });
    });
  }
  DeliveryCounts counts;
  Result<void> recorded;
  while (under_way > 0) {
    std::vector<MessageRow> batch;
    {
      std::unique_lock lock(round->mutex);
      round->some_done.wait_for(lock, record_every, [&] { return round->done.size() == under_way; });
      batch.swap(round->done);
    }
    if (batch.empty()) continue;
    under_way -= batch.size();
    for (const MessageRow& row : batch) {
      counts.handed_over += row.state == MessageState::handed_over ? 1 : 0;
      counts.put_off += row.state == MessageState::claimed ? 1 : 0;
      counts.withdrawn += row.state == MessageState::withdrawn ? 1 : 0;
    }
    if (auto written = record_outcomes(app_, tenant, batch); !written) recorded = std::move(written);
  }
  counts.refused = total - counts.handed_over - counts.put_off - counts.withdrawn;
  if (!recorded) return fail(std::move(recorded).error());
  return counts;
}

}  // namespace sealbook::app
