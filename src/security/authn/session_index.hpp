// SessionIndex finds a cookie's session in memory, and keeps when each was last seen.
//
// The store is the truth: the index is filled at start, changed after commits, and brought up to
// what other nodes did by put(). Threads: any.
#pragma once

#include <atomic>
#include <memory>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "security/authn/session.hpp"

namespace sealbook::authn {

class SessionIndex {
 public:
  // Adds a session, or replaces it under a new cookie; one that ended is dropped, and stays so. What
  // was read before a change counts no more after it; a time of being seen never goes back.
  void put(const Session& session);
  // The session as it stands now, or nothing. Counts as being seen.
  std::shared_ptr<const Session> find(const Hash256& hash, Instant now);
  // An account's that stand, the newest first.
  std::vector<Session> of_account(const AccountId& account, Instant now) const;
  // Those that were seen at least `step` later than what was last taken here.
  std::vector<std::pair<Hash256, Instant>> take_seen(Micros step);
  // Drops what no longer stands.
  void prune(Instant now);

 private:
  struct Entry {
    explicit Entry(const Session& s) : session(s), seen(s.seen.micros()), saved(s.seen.micros()) {}
    Session session;
    std::atomic<std::int64_t> seen, saved;  // micros
  };
  struct FirstBytes {
    std::size_t operator()(const Hash256& hash) const;
  };
  static Session as_seen(const Entry& entry);

  mutable std::shared_mutex mutex_;
  std::unordered_map<Hash256, std::shared_ptr<Entry>, FirstBytes> by_hash_;
  std::unordered_map<SessionId, Hash256> hash_of_;
  std::unordered_map<SessionId, Instant> ended_;  // until nobody can still be reading them as alive
};

}  // namespace sealbook::authn
