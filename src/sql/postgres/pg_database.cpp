#include "sql/postgres/pg_database.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace sealbook::sql {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr microseconds first_wait{500}, longest_wait{50'000};                    // after a conflict
constexpr microseconds first_reconnect_wait{50'000}, longest_reconnect_wait{5'000'000};
constexpr int most_reconnected_runs = 3;

// A random part of what doubles with each attempt, so that those who collided do not meet again.
microseconds random_wait(microseconds first, microseconds longest, std::size_t attempt) {
  const auto ceiling = std::min(longest, first * (std::int64_t{1} << std::min<std::size_t>(attempt, 16)));
  const auto dice = load_u32(random_array<4>().data());
  return microseconds(ceiling.count() / 2 + static_cast<std::int64_t>(dice) % (ceiling.count() / 2 + 1));
}

}  // namespace

// One thread's connection.
class PgDatabase::Lane {
 public:
  Lane(const PostgresConfig& config, std::atomic<std::int64_t>& reconnects)
      : config_(config), reconnects_(reconnects) {}

  // A live connection; connects when there is none. While the server stays away only one attempt per
  // waiting time is made and everybody else fails at once. Throws EngineError.
  PgConnection& get() {
    if (connection_ && connection_->alive()) return *connection_;
    drop();
    if (Steady::now() < not_before_) throw EngineError(EngineError::Kind::lost, "postgres: no connection to the server");
    try {
      connection_ = std::make_unique<PgConnection>(config_);
    } catch (const EngineError&) {
      not_before_ = Steady::now() + random_wait(first_reconnect_wait, longest_reconnect_wait, failures_++);
      throw;
    }
    failures_ = 0;
    if (was_connected_) reconnects_.fetch_add(1, std::memory_order_relaxed);
    was_connected_ = true;
    return *connection_;
  }
  PgConnection* current() { return connection_.get(); }
  void drop() { connection_.reset(); }

 private:
  const PostgresConfig& config_;
  std::atomic<std::int64_t>& reconnects_;
  std::unique_ptr<PgConnection> connection_;
  Steady::time_point not_before_{};
  std::size_t failures_ = 0;
  bool was_connected_ = false;
};

PgDatabase::PgDatabase(PostgresConfig config) : config_(std::move(config)) {
  give_reader(take_reader());  // throws when the server cannot be reached
  for (std::size_t i = 0; i < config_.writers; ++i) threads_.emplace_back([this] { run_lane(); });
}

PgDatabase::~PgDatabase() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_signal_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void PgDatabase::submit(Unit unit) {
  bool refused = false;
  {
    const std::lock_guard lock(mutex_);
    refused = stopping_ || queue_.size() >= config_.queue_limit;
    if (!refused) {
      const TenantId lane = unit.queue;
      queue_.push(lane, std::move(unit));
    }
  }
  if (!refused) return queued_signal_.notify_one();
  unit.done(Outcome::rollback, std::make_exception_ptr(EngineError(EngineError::Kind::busy,
                                                                   "postgres: too many units are waiting")));
}

void PgDatabase::run_lane() {
  Lane lane(config_, reconnects_);
  std::unique_lock lock(mutex_);
  while (true) {
    queued_signal_.wait(lock, [&] { return !queue_.empty() || stopping_; });
    if (queue_.empty()) return;
    Unit unit = queue_.pop();
    lock.unlock();
    run_unit(lane, std::move(unit));
    lock.lock();
  }
}

void PgDatabase::run_unit(Lane& lane, Unit unit) {
  Outcome outcome = Outcome::rollback;
  std::exception_ptr error;
  std::size_t conflicts = 0;
  int reconnected = 0;
  while (true) {
    error = nullptr;
    const Attempt attempt = try_unit(lane, unit, outcome, error);
    if (attempt == Attempt::ended) break;
    if (attempt == Attempt::again_connected && ++reconnected > most_reconnected_runs) break;
    if (attempt == Attempt::again_after_conflict) {
      if (++conflicts >= config_.attempts) {
        error = std::make_exception_ptr(
            EngineError(EngineError::Kind::busy, "postgres: a unit kept meeting conflicts with others"));
        break;
      }
      std::this_thread::sleep_for(random_wait(first_wait, longest_wait, conflicts));
    }
    retries_.fetch_add(1, std::memory_order_relaxed);
  }
  units_.fetch_add(1, std::memory_order_relaxed);
  if (error) outcome = Outcome::rollback;
  (outcome == Outcome::commit ? commits_ : rollbacks_).fetch_add(1, std::memory_order_relaxed);
  unit.work = nullptr;
  unit.done(outcome, std::move(error));
}

PgDatabase::Attempt PgDatabase::try_unit(Lane& lane, Unit& unit, Outcome& outcome, std::exception_ptr& error) {
  outcome = Outcome::rollback;
  try {
    PgConnection& connection = lane.get();
    const std::int64_t before = connection.round_trips();
    connection.begin_write();
    outcome = unit.work(connection);
    if (outcome == Outcome::commit) connection.commit();
    else connection.rollback();
    round_trips_.fetch_add(connection.round_trips() - before, std::memory_order_relaxed);
    return connection.conflict_seen() ? Attempt::again_after_conflict : Attempt::ended;
  } catch (...) {  // whatever it was, it belongs to the one who submitted the unit
    error = std::current_exception();
  }
  PgConnection* connection = lane.current();
  if (connection == nullptr) return Attempt::ended;  // could not connect
  const bool conflict = connection->conflict_seen(), commit_sent = connection->commit_sent();
  connection->rollback();
  if (!connection->alive()) {
    lane.drop();
    return commit_sent ? Attempt::ended : Attempt::again_connected;
  }
  return conflict ? Attempt::again_after_conflict : Attempt::ended;
}

std::unique_ptr<PgConnection> PgDatabase::take_reader() {
  std::unique_ptr<PgConnection> connection;
  {
    std::unique_lock lock(readers_mutex_);
    reader_signal_.wait(lock, [&] { return readers_out_ < config_.readers; });
    ++readers_out_;
    if (!idle_readers_.empty()) {
      connection = std::move(idle_readers_.back());
      idle_readers_.pop_back();
    }
  }
  if (connection && connection->alive()) return connection;
  if (connection) reconnects_.fetch_add(1, std::memory_order_relaxed);
  try {
    return std::make_unique<PgConnection>(config_);
  } catch (const EngineError&) {
    give_reader(nullptr);
    throw;
  }
}

void PgDatabase::give_reader(std::unique_ptr<PgConnection> connection) {
  {
    const std::lock_guard lock(readers_mutex_);
    --readers_out_;
    if (connection) idle_readers_.push_back(std::move(connection));
  }
  reader_signal_.notify_one();
}

void PgDatabase::read(std::move_only_function<void(Connection&)> work) {
  // Gives the connection back however the work ends; a broken one is replaced when next taken.
  struct Lease {
    PgDatabase& owner;
    std::unique_ptr<PgConnection> connection;
    ~Lease() {
      connection->rollback();
      owner.give_reader(std::move(connection));
    }
  } lease{*this, take_reader()};
  lease.connection->begin_read();
  work(*lease.connection);
}

Counters PgDatabase::counters() const {
  Counters counters;
  counters.units = units_.load();
  counters.commits = commits_.load();
  counters.rollbacks = rollbacks_.load();
  counters.retries = retries_.load();
  counters.reconnects = reconnects_.load();
  counters.round_trips = round_trips_.load();
  const std::lock_guard lock(mutex_);
  counters.waiting = static_cast<std::int64_t>(queue_.size());
  return counters;
}

std::unique_ptr<Database> open_postgres(PostgresConfig config) {
  return std::make_unique<PgDatabase>(std::move(config));
}

}  // namespace sealbook::sql
