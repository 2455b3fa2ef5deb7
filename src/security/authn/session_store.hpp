// SessionStore is what sessions need of a store beside the transaction that makes or ends one:
// reading what changed on other nodes, and noting who was seen. Neither is a decision, so it goes
// past the journal. `storage` implements it. Threads: any.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "security/authn/session.hpp"

namespace sealbook::authn {

class SessionStore {
 public:
  virtual ~SessionStore() = default;
  // All rows that changed since then, those that ended included.
  virtual std::vector<Session> changed_since(Instant since) = 0;
  virtual std::optional<Session> find(const Hash256& hash) = 0;
  virtual void note_seen(std::span<const std::pair<Hash256, Instant>> seen) = 0;
  // Forgets sessions that ended or ran out before then, and other things of signing in that did.
  virtual void forget_before(Instant before) = 0;
};

}  // namespace sealbook::authn
