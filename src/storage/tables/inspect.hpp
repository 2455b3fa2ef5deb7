// Questions about a store as a whole, for doctor and the probes of controls: read-only, bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sql/database.hpp"

namespace sealbook::storage {

// Columns that are to be sealed (SBE1) and hold a value that is not, in a sample of each.
struct SealedColumns {
  std::size_t looked_at = 0;            // values
  std::vector<std::string> not_sealed;  // "patients.sealed_pii"
};
SealedColumns find_unsealed_columns(sql::Connection& connection);

// How many messages wait for their next try, and how many may have been delivered twice because a
// process ended between handing one over and recording it (app/messages/deliver.hpp).
struct MessageTotals {
  std::int64_t waiting = 0, unsure = 0;
};
MessageTotals count_messages(sql::Connection& connection);

// Rows of the keyring that hold no wrapped key (SBW1).
std::int64_t count_unwrapped_keys(sql::Connection& keyring);

// What tells one PostgreSQL server from another. Nothing on the embedded engine, and where the
// account may not ask.
std::optional<std::string> system_identifier(sql::Database& database);

}  // namespace sealbook::storage
