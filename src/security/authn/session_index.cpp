#include "security/authn/session_index.hpp"

#include <algorithm>
#include <cstring>
#include <mutex>

namespace sealbook::authn {

std::size_t SessionIndex::FirstBytes::operator()(const Hash256& hash) const {
  std::size_t value;
  std::memcpy(&value, hash.data(), sizeof value);
  return value;
}

Session SessionIndex::as_seen(const Entry& entry) {
  Session session = entry.session;
  session.seen = Instant::from_micros(entry.seen.load(std::memory_order_relaxed));
  return session;
}

void SessionIndex::put(const Session& session) {
  const std::unique_lock lock(mutex_);
  if (ended_.contains(session.id)) return;
  auto entry = std::make_shared<Entry>(session);
  if (const auto known = hash_of_.find(session.id); known != hash_of_.end()) {
    const auto old = by_hash_.find(known->second);
    if (old != by_hash_.end()) {
      if (!session.ended && session.factor < old->second->session.factor) return;
      entry->seen = std::max(session.seen.micros(), old->second->seen.load());
      by_hash_.erase(old);
    }
    hash_of_.erase(known);
  }
  if (session.ended) {
    ended_.emplace(session.id, *session.ended);
    return;
  }
  hash_of_.emplace(session.id, session.hash);
  by_hash_.insert_or_assign(session.hash, std::move(entry));
}

std::shared_ptr<const Session> SessionIndex::find(const Hash256& hash, Instant now) {
  std::shared_ptr<Entry> entry;
  {
    const std::shared_lock lock(mutex_);
    const auto found = by_hash_.find(hash);
    if (found == by_hash_.end()) return nullptr;
    entry = found->second;
  }
  auto session = std::make_shared<Session>(as_seen(*entry));
  if (!stands(*session, now)) return nullptr;
  std::int64_t seen = entry->seen.load(std::memory_order_relaxed);
  while (seen < now.micros() && !entry->seen.compare_exchange_weak(seen, now.micros())) {}
  session->seen = now;
  return session;
}

std::vector<Session> SessionIndex::of_account(const AccountId& account, Instant now) const {
  std::vector<Session> out;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [hash, entry] : by_hash_)
      if (entry->session.principal.account == account) out.push_back(as_seen(*entry));
  }
  std::erase_if(out, [&](const Session& s) { return !stands(s, now); });
  std::ranges::sort(out, [](const Session& a, const Session& b) {
    return std::tie(b.created, b.id) < std::tie(a.created, a.id);
  });
  return out;
}

std::vector<std::pair<Hash256, Instant>> SessionIndex::take_seen(Micros step) {
  std::vector<std::pair<Hash256, Instant>> out;
  const std::shared_lock lock(mutex_);
  for (const auto& [hash, entry] : by_hash_) {
    const std::int64_t seen = entry->seen.load(std::memory_order_relaxed);
    if (seen - entry->saved.load(std::memory_order_relaxed) < step.count()) continue;
    entry->saved.store(seen, std::memory_order_relaxed);
    out.emplace_back(hash, Instant::from_micros(seen));
  }
  return out;
}

void SessionIndex::prune(Instant now) {
  const std::unique_lock lock(mutex_);
  std::erase_if(by_hash_, [&](const auto& entry) {
    if (stands(as_seen(*entry.second), now)) return false;
    hash_of_.erase(entry.second->session.id);
    return true;
  });
  std::erase_if(ended_, [&](const auto& entry) { return entry.second < now - std::chrono::hours(1); });
}

}  // namespace sealbook::authn
