#include "storage/tables/inspect.hpp"

#include <array>

#include "security/crypto/sbe1.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

struct SealedColumn {
  std::string_view name;
  Statement sample;
};

// Every column that the migrations call sealed.
constexpr std::array sealed_columns{
    SealedColumn{"tenants.sealed", {"inspect.tenants", "SELECT sealed FROM tenants LIMIT 64"}},
    SealedColumn{"locations.sealed", {"inspect.locations", "SELECT sealed FROM locations LIMIT 64"}},
    SealedColumn{"departments.sealed", {"inspect.departments", "SELECT sealed FROM departments LIMIT 64"}},
    SealedColumn{"resources.sealed", {"inspect.resources", "SELECT sealed FROM resources LIMIT 64"}},
    SealedColumn{"services.sealed", {"inspect.services", "SELECT sealed FROM services LIMIT 64"}},
    SealedColumn{"closures.sealed", {"inspect.closures", "SELECT sealed FROM closures LIMIT 64"}},
    SealedColumn{"feeds.sealed", {"inspect.feeds", "SELECT sealed FROM feeds LIMIT 64"}},
    SealedColumn{"patients.sealed_pii", {"inspect.pii", "SELECT sealed_pii FROM patients LIMIT 64"}},
    SealedColumn{"patients.sealed_phi",
                 {"inspect.phi", "SELECT sealed_phi FROM patients WHERE sealed_phi IS NOT NULL LIMIT 64"}},
    SealedColumn{"appointments.sealed",
                 {"inspect.notes", "SELECT sealed FROM appointments WHERE sealed IS NOT NULL ORDER BY seq DESC LIMIT 64"}},
    SealedColumn{"message_settings.sealed", {"inspect.senders", "SELECT sealed FROM message_settings LIMIT 64"}},
    SealedColumn{"tasks.sealed", {"inspect.tasks", "SELECT sealed FROM tasks WHERE sealed IS NOT NULL LIMIT 64"}},
    SealedColumn{"idempotency.sealed", {"inspect.answers", "SELECT sealed FROM idempotency ORDER BY seq DESC LIMIT 64"}},
    SealedColumn{"journal.sealed", {"inspect.journal", "SELECT sealed FROM journal ORDER BY seq DESC LIMIT 64"}},
};

constexpr Statement message_totals{"inspect.messages",
    "SELECT CAST(COALESCE(SUM(CASE WHEN state = 0 THEN 1 ELSE 0 END), 0) AS BIGINT), "
    "CAST(COALESCE(SUM(unsure), 0) AS BIGINT) FROM messages"};
constexpr Statement count_unwrapped{"inspect.unwrapped", "SELECT COUNT(*) FROM keyring_keys WHERE substr(wrapped, 1, 3) <> $1"};
constexpr std::array<std::uint8_t, 3> wrapped_key_start{0x57, 0x01, 0x01};  // docs/formats/keyring.md

constexpr Statement control_system{"inspect.system", "SELECT NULL",
                                   "SELECT system_identifier::text FROM pg_control_system()"};

}  // namespace

SealedColumns find_unsealed_columns(sql::Connection& connection) {
  SealedColumns found;
  for (const SealedColumn& column : sealed_columns) {
    const sql::Rows rows = connection.query(column.sample);
    found.looked_at += rows.size();
    bool all_sealed = true;
    for (std::size_t i = 0; i < rows.size(); ++i)
      all_sealed = all_sealed && !rows.is_null(i, 0) && crypto::parse_header(rows.blob(i, 0)).has_value();
    if (!all_sealed) found.not_sealed.emplace_back(column.name);
  }
  return found;
}

MessageTotals count_messages(sql::Connection& connection) {
  const sql::Rows rows = connection.query(message_totals);
  return {rows.integer(0, 0), rows.integer(0, 1)};
}

std::int64_t count_unwrapped_keys(sql::Connection& keyring) {
  return keyring.query(count_unwrapped, ByteView(wrapped_key_start)).integer(0, 0);
}

std::optional<std::string> system_identifier(sql::Database& database) try {
  if (database.engine() != sql::Engine::postgres) return std::nullopt;
  std::optional<std::string> identifier;
  database.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(control_system);
    if (!rows.empty() && !rows.is_null(0, 0)) identifier = std::string(rows.text(0, 0));
  });
  return identifier;
} catch (const sql::EngineError&) {
  return std::nullopt;  // not allowed to ask: not known
}

}  // namespace sealbook::storage
