// IdempotencyIndex knows which creating requests are on their way or were answered within a day, so
// that the same key never does its work twice (DECISIONS 19).
//
// begin() makes the caller the one who does the work, or hands it the place of the stored answer,
// or keeps its waiter until the work that is under way ends. Threads: any.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/instant.hpp"

namespace sealbook::app {

class IdempotencyIndex {
 public:
  enum class State : std::uint8_t {
    started,    // the caller does the work and calls finish() or abandon()
    answered,   // the answer is stored at `seq`
    other_body, // the key was used for another request
    waiting,    // the waiter is called when the work that is under way ends
  };
  struct Begun {
    State state;
    std::int64_t seq = 0;
  };
  // Called once: with the row of the stored answer, or nothing when the work failed (try again).
  using Waiter = std::move_only_function<void(std::optional<std::int64_t> seq)>;

  Begun begin(const Hash256& key_hash, const Hash256& body_hash, Waiter waiter);
  void finish(const Hash256& key_hash, std::int64_t seq, Instant created);
  void abandon(const Hash256& key_hash);

  // At start: an answer that is stored already.
  void add(const Hash256& key_hash, const Hash256& body_hash, std::int64_t seq, Instant created);
  std::size_t drop_before(Instant before);

 private:
  struct Entry {
    Hash256 body_hash{};
    std::optional<std::int64_t> seq;  // none while under way
    Instant created;
    std::vector<Waiter> waiters;
  };
  std::mutex mutex_;
  std::map<Hash256, Entry> entries_;
};

}  // namespace sealbook::app
