// Sessions of browsers. Made, rotated and ended in a transaction with its journal entry; read and
// noted as seen past it (SessionStore). Like tokens they are found before there is a tenant, so the
// statements name the tenant themselves.
#pragma once

#include "security/authn/session_store.hpp"
#include "sql/database.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

namespace sessions {
void insert(Transaction& tx, const authn::Session& session);
// Gives it the new cookie and time of proof; false when it has ended meanwhile.
bool rotate(Transaction& tx, const authn::Session& session);
// False when it had ended already.
bool end(Transaction& tx, const authn::Session& session, Instant at);
}  // namespace sessions

class SessionRows final : public authn::SessionStore {
 public:
  explicit SessionRows(sql::Database& database) : database_(database) {}
  std::vector<authn::Session> changed_since(Instant since) override;
  std::optional<authn::Session> find(const Hash256& hash) override;
  void note_seen(std::span<const std::pair<Hash256, Instant>> seen) override;
  void forget_before(Instant before) override;

 private:
  sql::Database& database_;
};

}  // namespace sealbook::storage
