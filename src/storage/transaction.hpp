// Transaction is the only way to write, Snapshot the only way to read (HOUSE 6.1).
//
// Both are born with a tenant: its internal number is bound as $1 of every statement, so a table
// function cannot forget it. A Transaction that changed something commits only when it carries at
// least one journal entry; the entries are written in the same transaction.
//
// Threads: belongs to the engine thread that runs the work. Lifetime: one call of the work.
#pragma once

#include <functional>
#include <vector>

#include "base/assert.hpp"
#include "security/audit/entry.hpp"
#include "sql/sql.hpp"

namespace sealbook::storage {

// A tenant as the store knows it. Number 0 with a nil id is the instance itself.
struct TenantRef {
  TenantId id;
  std::int64_t no = 0;
};

class Snapshot {
 public:
  Snapshot(sql::Connection& connection, TenantRef tenant, Instant now)
      : connection_(connection), tenant_(tenant), now_(now) {}

  const TenantRef& tenant() const { return tenant_; }
  Instant now() const { return now_; }  // the database's clock, once per transaction
  sql::Engine engine() const { return connection_.engine(); }

  // The statement's $1 is the tenant's number; `parameters` are $2, $3, …
  template <class... P>
  sql::Rows query(const sql::Statement& statement, const P&... parameters) {
    const sql::Value values[] = {sql::Value(tenant_.no), sql::Value(parameters)...};
    return connection_.query(statement, std::span<const sql::Value>(values));
  }
  // Several independent queries, one round trip; each call's $1 is added here.
  std::vector<sql::Rows> batch(std::vector<sql::Connection::Call> calls);

 protected:
  sql::Connection& connection_;
  TenantRef tenant_;
  Instant now_;
};

class Transaction : public Snapshot {
 public:
  using Snapshot::Snapshot;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Runs a statement that changes rows and answers with its RETURNING rows.
  template <class... P>
  sql::Rows change(const sql::Statement& statement, const P&... parameters) {
    changed_ = true;
    return query(statement, parameters...);
  }
  // Queues a statement that changes rows and whose answer nobody needs.
  template <class... P>
  void enqueue(const sql::Statement& statement, const P&... parameters) {
    changed_ = true;
    const sql::Value values[] = {sql::Value(tenant_.no), sql::Value(parameters)...};
    connection_.enqueue(statement, std::span<const sql::Value>(values));
  }
  std::vector<sql::Rows> change_batch(std::vector<sql::Connection::Call> calls) {
    changed_ = true;
    return batch(std::move(calls));
  }

  // Adds a sealed journal entry (prepared before the transaction started).
  void audit(std::shared_ptr<const audit::PreparedEntry> entry) { entries_.push_back(std::move(entry)); }
  // Runs after the durable commit, in commit order, on the engine's thread: in-memory state only.
  void after_commit(std::move_only_function<void()> hook) { hooks_.push_back(std::move(hook)); }

 private:
  friend class Store;
  bool changed_ = false;
  std::vector<std::shared_ptr<const audit::PreparedEntry>> entries_;
  std::vector<std::move_only_function<void()>> hooks_;
};

}  // namespace sealbook::storage
