#include "storage/tables/keyring.hpp"

#include "base/assert.hpp"

namespace sealbook::storage {
namespace {

using keys::KeyId;
using keys::KeyRecord;
using sql::Statement;

constexpr Statement load{"keyring.load", "SELECT environment, provider, created FROM keyring_instance WHERE id = 1"};
constexpr Statement create{"keyring.create",
    "INSERT INTO keyring_instance (id, environment, provider, created) VALUES (1, $1, $2, $3) "
    "ON CONFLICT DO NOTHING RETURNING 1"};
constexpr Statement insert_key{"keyring.insert",
    "INSERT INTO keyring_keys (tenant, id, purpose, generation, wrapped, created) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT DO NOTHING RETURNING 1"};
constexpr Statement find_key{"keyring.find",
    "SELECT id, purpose, generation, wrapped, created FROM keyring_keys WHERE tenant = $1 AND id = $2"};
constexpr Statement list_domain{"keyring.domain_keys",
    "SELECT id, purpose, generation, wrapped, created FROM keyring_keys WHERE tenant = $1 AND purpose <> 32"};
constexpr Statement list_persons{"keyring.person_keys",
    "SELECT id FROM keyring_keys WHERE tenant = $1 AND purpose = 32 AND created < $2 AND id > $3 ORDER BY id LIMIT $4"};
constexpr Statement remove_key{"keyring.remove",
    "DELETE FROM keyring_keys WHERE tenant = $1 AND id = $2 RETURNING 1"};

KeyRecord read_record(const TenantId& tenant, const sql::Rows& rows, std::size_t i) {
  KeyRecord record;
  record.tenant = tenant;
  record.id = KeyId::from_bytes(rows.blob(i, 0)).value_or(KeyId());
  record.purpose = static_cast<keys::KeyPurpose>(rows.integer(i, 1));
  record.generation = static_cast<std::uint32_t>(rows.integer(i, 2));
  record.wrapped.assign(rows.blob(i, 3).begin(), rows.blob(i, 3).end());
  record.created = rows.instant(i, 4);
  return record;
}

bool insert_all(sql::Connection& connection, std::span<const KeyRecord> keys) {
  for (const KeyRecord& k : keys)
    if (connection.query(insert_key, k.tenant, k.id.bytes(), static_cast<int>(k.purpose),
                         static_cast<std::int64_t>(k.generation), k.wrapped, k.created).empty())
      return false;
  return true;
}

}  // namespace

std::optional<keys::InstanceRecord> KeyringRows::load_instance() {
  std::optional<keys::InstanceRecord> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(load);
    if (!rows.empty())
      out = keys::InstanceRecord{std::string(rows.text(0, 0)), std::string(rows.text(0, 1)), rows.instant(0, 2)};
  });
  return out;
}

Result<void> KeyringRows::create_instance(const keys::InstanceRecord& instance, std::span<const KeyRecord> keys) {
  const auto outcome = database_.write(TenantId(), [&](sql::Connection& connection) {
    if (connection.query(create, instance.environment, instance.provider_id, instance.created).empty())
      return sql::Outcome::rollback;
    return insert_all(connection, keys) ? sql::Outcome::commit : sql::Outcome::rollback;
  });
  if (outcome == sql::Outcome::rollback) return fail(ErrorCode::state_conflict, "The keyring is initialised already.");
  return {};
}

Result<void> KeyringRows::insert(std::span<const KeyRecord> keys) {
  const auto outcome = database_.write(TenantId(), [&](sql::Connection& connection) {
    return insert_all(connection, keys) ? sql::Outcome::commit : sql::Outcome::rollback;
  });
  if (outcome == sql::Outcome::rollback) return fail(ErrorCode::state_conflict, "One of these keys exists already.");
  return {};
}

std::optional<KeyRecord> KeyringRows::find(TenantId tenant, KeyId id) {
  std::optional<KeyRecord> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(find_key, tenant, id.bytes());
    if (!rows.empty()) out = read_record(tenant, rows, 0);
  });
  return out;
}

std::vector<KeyRecord> KeyringRows::list_domain_keys(TenantId tenant) {
  std::vector<KeyRecord> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(list_domain, tenant);
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_record(tenant, rows, i));
  });
  return out;
}

std::vector<KeyId> KeyringRows::list_person_keys(TenantId tenant, Instant created_before, KeyId after,
                                                 std::size_t limit) {
  std::vector<KeyId> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(list_persons, tenant, created_before, after.bytes(),
                                            static_cast<std::int64_t>(limit));
    for (std::size_t i = 0; i < rows.size(); ++i)
      out.push_back(KeyId::from_bytes(rows.blob(i, 0)).value_or(KeyId()));
  });
  return out;
}

std::size_t KeyringRows::remove(TenantId tenant, std::span<const KeyId> ids) {
  std::size_t removed = 0;
  database_.write(TenantId(), [&](sql::Connection& connection) {
    removed = 0;
    for (const KeyId& id : ids) removed += connection.query(remove_key, tenant, id.bytes()).size();
    return sql::Outcome::commit;
  });
  return removed;
}

}  // namespace sealbook::storage
