#include "app/idempotency_index.hpp"

namespace sealbook::app {

IdempotencyIndex::Begun IdempotencyIndex::begin(const Hash256& key_hash, const Hash256& body_hash, Waiter waiter) {
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = entries_.try_emplace(key_hash);
  Entry& entry = at->second;
  if (is_new) {
    entry.body_hash = body_hash;
    return {State::started};
  }
  if (entry.body_hash != body_hash) return {State::other_body};
  if (entry.seq) return {State::answered, *entry.seq};
  entry.waiters.push_back(std::move(waiter));
  return {State::waiting};
}

void IdempotencyIndex::finish(const Hash256& key_hash, std::int64_t seq, Instant created) {
  std::vector<Waiter> waiters;
  {
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_[key_hash];
    entry.seq = seq;
    entry.created = created;
    waiters = std::move(entry.waiters);
    entry.waiters.clear();
  }
  for (Waiter& waiter : waiters) waiter(seq);
}

void IdempotencyIndex::abandon(const Hash256& key_hash) {
  std::vector<Waiter> waiters;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key_hash);
    if (found == entries_.end()) return;
    waiters = std::move(found->second.waiters);
    entries_.erase(found);
  }
  for (Waiter& waiter : waiters) waiter(std::nullopt);
}

void IdempotencyIndex::add(const Hash256& key_hash, const Hash256& body_hash, std::int64_t seq, Instant created) {
  const std::lock_guard lock(mutex_);
  entries_[key_hash] = {body_hash, seq, created, {}};
}

std::size_t IdempotencyIndex::drop_before(Instant before) {
  const std::lock_guard lock(mutex_);
  return std::erase_if(entries_, [before](const auto& item) { return item.second.seq && item.second.created < before; });
}

}  // namespace sealbook::app
