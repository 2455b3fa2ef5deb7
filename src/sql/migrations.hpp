// Migrations bring a store to the shape that this program knows: forward only, in order, each in a
// transaction of its own, under a lock, remembered by name and SHA-256 in schema_migrations.
//
// Files are migrations/NNNN_name.sql; NNNN_name.postgres.sql or NNNN_name.sqlite.sql replaces it on
// that engine. A folder below (migrations/keyring/) is a set of its own, for another store.
// Scripts hold no BEGIN or COMMIT. Threads: any; several processes may migrate one store at once.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sql/database.hpp"

namespace sealbook::sql {

struct Migration {
  std::string name;         // "0001_init"
  std::string_view script;  // borrowed
};

struct MigrationProgress {
  std::size_t done;   // including this one
  std::size_t total;  // that this program knows
  std::string_view name;
};

struct SchemaState {
  std::vector<std::string> applied;
  std::vector<std::string> pending;
};

// The embedded set for an engine, in order. `set` "" is migrations/*.sql, "keyring" is
// migrations/keyring/*.sql.
std::vector<Migration> embedded_migrations(Engine engine, std::string_view set = {});

// Tables whose migration does not say, in a comment before them, which class of record they hold.
std::uint32_t tables_without_class(Engine engine);

// What is applied and what is not. Fails with ErrorCode::unavailable when the store was made by a
// newer program ("older binary"), or a migration that was applied differs from the one known here.
Result<SchemaState> schema_state(Database& database, std::span<const Migration> known);

// Applies what is pending; returns how many were applied. Fails as schema_state does.
Result<std::size_t> migrate(Database& database, std::span<const Migration> known,
                            std::function<void(const MigrationProgress&)> progress = {});

}  // namespace sealbook::sql
