#include "security/audit/sequencer.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "base/log.hpp"
#include "security/audit/proofs.hpp"
#include "security/audit/publisher.hpp"

namespace sealbook::audit {
namespace {

constexpr Micros longest_flush = std::chrono::seconds(2);
constexpr std::size_t page = 4'096;  // rows read back from the store at once
using SteadyClock = std::chrono::steady_clock;

}  // namespace

class Sequencer::Worker {
 public:
  Worker(TileStore& tiles, JournalStore& journal, const CheckpointSigner& signer, const Clock& clock,
         SequencerOptions options)
      : tiles_(tiles), journal_(journal), publisher_(tiles, signer, clock), options_(options) {}

  Result<void> start();
  void stop();
  void committed(const TenantId& log, std::span<const CommittedEntry> entries);
  Result<void> flush();
  Result<void> flush_once();
  bool healthy() const { return healthy_.load(std::memory_order_acquire); }
  std::uint64_t published() const { return published_.load(std::memory_order_relaxed); }

 private:
  using Queue = std::unordered_map<TenantId, std::vector<CommittedEntry>>;
  // What the thread knows of one log beyond its tail.
  struct Place {
    std::int64_t last_row = 0;               // appended; lower rows are done (queue)
    std::unordered_set<EntryId> published;   // rows of these may still wait to be removed
  };

  void run();
  Result<void> reopen();
  Result<void> cycle(Queue queue, std::set<TenantId> behind);
  Result<void> take(const TenantId& log, std::span<const CommittedEntry> entries);
  Result<void> catch_up(const TenantId& log);
  Result<void> poll();
  Result<void> publish_and_tell();
  Result<Place*> place_of(const TenantId& log);
  void fail_with(const Error& error);

  TileStore& tiles_;
  JournalStore& journal_;
  Publisher publisher_;
  const SequencerOptions options_;

  // The thread's own.
  std::map<TenantId, Place> places_;
  std::map<TenantId, std::vector<std::int64_t>> rows_;  // appended, not yet published
  std::size_t unpublished_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::condition_variable done_;
  Queue queue_;
  std::set<TenantId> behind_;  // logs whose rows have to be read back from the store
  std::size_t queued_ = 0;
  SteadyClock::time_point publish_at_{};
  std::uint64_t flush_wanted_ = 0;
  std::uint64_t flush_done_ = 0;
  bool stopping_ = false;
  bool running_ = false;
  std::thread thread_;

  std::atomic<bool> healthy_{true};
  std::atomic<std::uint64_t> published_{0};
};

Result<void> Sequencer::Worker::start() {
  ENSURE(reopen());
  ENSURE(cycle({}, std::exchange(behind_, {})));
  running_ = true;
  thread_ = std::thread([this] { run(); });
  return {};
}

void Sequencer::Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Sequencer::Worker::committed(const TenantId& log, std::span<const CommittedEntry> entries) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (queued_ == 0) {
      publish_at_ = SteadyClock::now() + options_.publish_every;
      wake = true;
    }
    const std::size_t before = queued_;
    queued_ += entries.size();
    if (options_.source == SequencerOptions::Source::queue) {
      if (queued_ > options_.queue_limit) behind_.insert(log);
      if (!behind_.contains(log)) {
        auto& waiting = queue_[log];
        waiting.insert(waiting.end(), entries.begin(), entries.end());
      }
    }
    wake |= before < options_.publish_entries && queued_ >= options_.publish_entries;
  }
  if (wake) wake_.notify_one();
}

Result<void> Sequencer::Worker::flush() {
  ENSURE(flush_once());
  if (options_.source == SequencerOptions::Source::queue) return {};
  // A committed row shows only when no older transaction of the server is open: wait for it, but not
  // for what others keep adding.
  const auto until = SteadyClock::now() + longest_flush;
  for (;;) {
    TRY(waiting, journal_.logs_with_pending());
    if (waiting.empty() || SteadyClock::now() >= until) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ENSURE(flush_once());
  }
}

Result<void> Sequencer::Worker::flush_once() {
  std::unique_lock lock(mutex_);
  if (!running_ || stopping_) return fail(ErrorCode::unavailable, "The journal is not running.");
  const std::uint64_t mine = ++flush_wanted_;
  wake_.notify_one();
  done_.wait(lock, [&] { return flush_done_ >= mine || !running_ || !healthy(); });
  if (flush_done_ >= mine) return {};
  return fail(ErrorCode::unavailable, "The journal cannot be written just now.");
}

void Sequencer::Worker::run() {
  std::unique_lock lock(mutex_);
  const bool polls = options_.source == SequencerOptions::Source::poll;
  for (;;) {
    const auto due = [&] {
      if (stopping_ || flush_wanted_ > flush_done_ || queued_ >= options_.publish_entries) return true;
      return queued_ > 0 && SteadyClock::now() >= publish_at_;
    };
    if (!healthy()) {
      if (!stopping_) wake_.wait_for(lock, options_.retry_every, [&] { return stopping_; });
    } else if (polls) {
      wake_.wait_for(lock, options_.publish_every, due);
    } else {
      while (!due()) {
        if (queued_ == 0) wake_.wait(lock);
        else wake_.wait_until(lock, publish_at_);
      }
    }
    Queue queue = std::exchange(queue_, {});
    std::set<TenantId> behind = std::exchange(behind_, {});
    queued_ = 0;
    const std::uint64_t flushing = flush_wanted_;
    const bool last = stopping_;
    lock.unlock();

    Result<void> result;
    if (!healthy()) {
      // The files say what was published and the store has the rows of the rest.
      result = reopen();
      queue.clear();
      lock.lock();
      behind = std::exchange(behind_, {});
      lock.unlock();
    }
    if (result) result = cycle(std::move(queue), std::move(behind));
    if (!result) fail_with(result.error());
    else healthy_.store(true, std::memory_order_release);

    lock.lock();
    if (result) flush_done_ = flushing;
    if (last) running_ = false;
    done_.notify_all();
    if (last) return;
  }
}

void Sequencer::Worker::fail_with(const Error& error) {
  if (healthy()) log::error("journal.stopped", {{"code", error.code}, {"detail", log::LogText(error.detail)},
                                                {"cause", log::LogText(error.cause)}});
  healthy_.store(false, std::memory_order_release);
}

// Reads the logs from the store of tiles and finds out which logs have rows waiting.
Result<void> Sequencer::Worker::reopen() {
  places_.clear();
  rows_.clear();
  unpublished_ = 0;
  TRY(remembered, journal_.last_checkpoint());
  ENSURE(publisher_.open(remembered));
  TRY(waiting, journal_.logs_with_pending());
  const std::lock_guard lock(mutex_);
  behind_.insert(waiting.begin(), waiting.end());
  return {};
}

Result<void> Sequencer::Worker::cycle(Queue queue, std::set<TenantId> behind) {
  if (options_.source == SequencerOptions::Source::poll) {
    ENSURE(poll());
    return publish_and_tell();
  }
  for (const TenantId& log : behind) {
    queue.erase(log);  // its rows are among those that are read back
    ENSURE(catch_up(log));
  }
  for (const auto& [log, entries] : queue) ENSURE(take(log, entries));
  return publish_and_tell();
}

Result<void> Sequencer::Worker::poll() {
  TRY(waiting, journal_.logs_with_pending());
  for (const TenantId& log : waiting) {
    // Rows go when they are published, so the waiting ones are always the first ones.
    for (;;) {
      TRY(rows, journal_.pending(log, 0, page));
      if (rows.empty()) break;
      ENSURE(take(log, rows));
      ENSURE(publish_and_tell());
      if (rows.size() < page) break;
    }
  }
  return {};
}

Result<void> Sequencer::Worker::catch_up(const TenantId& log) {
  for (;;) {
    TRY(place, place_of(log));
    TRY(rows, journal_.pending(log, place->last_row, page));
    if (rows.empty()) return {};
    ENSURE(take(log, rows));
    ENSURE(publish_and_tell());
    if (rows.size() < page) return {};
  }
}

Result<Sequencer::Worker::Place*> Sequencer::Worker::place_of(const TenantId& log) {
  if (const auto found = places_.find(log); found != places_.end()) return &found->second;
  TRY(tail, publisher_.tail(log));
  // Rows that are published already are the last of the log: a crash came before their removal.
  TRY(waiting, journal_.pending_count(log));
  Place place;
  const std::uint64_t from = tail->size() - std::min<std::uint64_t>(tail->size(), waiting);
  for (std::uint64_t at = from; at < tail->size(); at += page) {
    TRY(records, read_records(tiles_, tail->log(), at, std::min(tail->size(), at + page)));
    for (const LogRecord& record : records) place.published.insert(record.id);
  }
  return &places_.emplace(log, std::move(place)).first->second;
}

Result<void> Sequencer::Worker::take(const TenantId& log, std::span<const CommittedEntry> entries) {
  TRY(place, place_of(log));
  TRY(tail, publisher_.tail(log));
  const bool ordered = options_.source == SequencerOptions::Source::queue;
  for (const CommittedEntry& committed : entries) {
    if (ordered && committed.row <= place->last_row) continue;  // came both ways
    if (ordered) place->last_row = committed.row;
    rows_[log].push_back(committed.row);
    if (place->published.erase(committed.entry->id) > 0) continue;
    publisher_.append(*tail, *committed.entry);
    ++unpublished_;
    if (unpublished_ >= 2 * options_.publish_entries) ENSURE(publish_and_tell());
  }
  return {};
}

Result<void> Sequencer::Worker::publish_and_tell() {
  if (rows_.empty()) return {};
  TRY(text, publisher_.publish());
  if (!text) {
    // All rows were published before a crash; only their removal is left.
    TRY(present, tiles_.checkpoint(logs_log));
    text = std::move(present);
  }
  std::vector<SequencedRows> done;
  for (auto& [log, rows] : rows_) done.push_back({log, std::move(rows)});
  rows_.clear();
  ENSURE(journal_.sequenced(done, text.value_or("")));
  published_.fetch_add(std::exchange(unpublished_, 0), std::memory_order_relaxed);
  return {};
}

Sequencer::Sequencer(TileStore& tiles, JournalStore& journal, const CheckpointSigner& signer,
                     const Clock& clock, SequencerOptions options)
    : worker_(std::make_unique<Worker>(tiles, journal, signer, clock, options)) {}
Sequencer::~Sequencer() { stop(); }
Result<void> Sequencer::start() { return worker_->start(); }
void Sequencer::stop() { worker_->stop(); }
void Sequencer::committed(const TenantId& log, std::span<const CommittedEntry> entries) {
  worker_->committed(log, entries);
}
Result<void> Sequencer::flush() { return worker_->flush(); }
bool Sequencer::healthy() const { return worker_->healthy(); }
std::uint64_t Sequencer::published_entries() const { return worker_->published(); }

}  // namespace sealbook::audit
