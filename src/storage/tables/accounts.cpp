#include "storage/tables/accounts.hpp"

#include <algorithm>

namespace sealbook::storage {
namespace {

using sql::Statement;

// $1 is the instance's number, 0, and stands in no column of a table of the instance.
constexpr Statement insert_tenant{"tenants.insert",
    "INSERT INTO tenants (id, slug_index, regime, version, created, sealed) "
    "SELECT $2, $3, $4, $5, $6, $7 WHERE $1 = 0 ON CONFLICT DO NOTHING RETURNING no",
    "INSERT INTO tenants (id, slug_index, regime, version, created, sealed) "
    "SELECT $2::bytea, $3::bytea, $4::bigint, $5::bigint, $6::bigint, $7::bytea WHERE $1::bigint = 0 "
    "ON CONFLICT DO NOTHING RETURNING no"};
constexpr Statement all_tenants{"tenants.all",
    "SELECT no, id, slug_index, regime, version, created, sealed FROM tenants WHERE no > $1 ORDER BY no"};
constexpr Statement insert_account{"accounts.insert",
    "INSERT INTO accounts (tenant, id, role, practitioner, patient, active, created) "
    "VALUES ($1, $2, $3, $4, $5, 1, $6)"};
constexpr Statement insert_account_into{"accounts.insert_into",
    "INSERT INTO accounts (tenant, id, role, practitioner, patient, active, created) "
    "VALUES ($1 + $7, $2, $3, $4, $5, 1, $6)"};
constexpr Statement all_accounts{"accounts.all",
    "SELECT id, role, practitioner, patient, active, created FROM accounts WHERE tenant = $1 ORDER BY id"};
constexpr Statement insert_token{"tokens.insert",
    "INSERT INTO tokens (hash, tenant, account, created, expires) VALUES ($2, $3, $4, $5, $6 + 0 * $1)",
    "INSERT INTO tokens (hash, tenant, account, created, expires) "
    "VALUES ($2, $3, $4, $5, $6::bigint + 0 * $1::bigint)"};
constexpr Statement all_tokens{"tokens.all",
    "SELECT hash, tenant, account, created, expires FROM tokens WHERE tenant >= $1"};

template <std::size_t N>
std::array<std::uint8_t, N> fixed(ByteView view) {
  std::array<std::uint8_t, N> out{};
  ASSERT(view.size() == N);
  std::ranges::copy(view, out.begin());
  return out;
}

}  // namespace

namespace tenants {

std::optional<std::int64_t> insert(Transaction& tx, const TenantRow& row) {
  const sql::Rows rows = tx.change(insert_tenant, row.ref.id, ByteView(row.slug_index), row.regime, row.version,
                                   row.created, row.sealed);
  return rows.empty() ? std::nullopt : std::optional(rows.integer(0, 0));
}

std::vector<TenantRow> all(Snapshot& instance) {
  std::vector<TenantRow> out;
  const sql::Rows rows = instance.query(all_tenants);
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({{rows.id<TenantId>(i, 1), rows.integer(i, 0)}, fixed<32>(rows.blob(i, 2)), rows.integer(i, 3),
                   rows.integer(i, 4), rows.instant(i, 5), Bytes(rows.blob(i, 6).begin(), rows.blob(i, 6).end())});
  return out;
}

}  // namespace tenants

namespace accounts {

void insert(Transaction& tx, const AccountRow& row) {
  tx.enqueue(insert_account, row.id, static_cast<int>(row.role), row.practitioner, row.patient, row.created);
}

void insert_into(Transaction& tx, std::int64_t tenant_no, const AccountRow& row) {
  tx.enqueue(insert_account_into, row.id, static_cast<int>(row.role), row.practitioner, row.patient, row.created,
             tenant_no);
}

std::vector<AccountRow> all(Snapshot& snapshot) {
  std::vector<AccountRow> out;
  const sql::Rows rows = snapshot.query(all_accounts);
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({rows.id<AccountId>(i, 0), static_cast<Role>(rows.integer(i, 1)), rows.maybe_id<ResourceId>(i, 2),
                   rows.maybe_id<PatientId>(i, 3), rows.integer(i, 4) != 0, rows.instant(i, 5)});
  return out;
}

}  // namespace accounts

namespace tokens {

void insert(Transaction& tx, const TokenRow& row) {
  tx.enqueue(insert_token, ByteView(row.hash), row.tenant_no, row.account, row.created, row.expires);
}

std::vector<TokenRow> all(Snapshot& instance) {
  std::vector<TokenRow> out;
  const sql::Rows rows = instance.query(all_tokens);
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({fixed<32>(rows.blob(i, 0)), rows.integer(i, 1), rows.id<AccountId>(i, 2), rows.instant(i, 3),
                   rows.is_null(i, 4) ? std::nullopt : std::optional(rows.instant(i, 4))});
  return out;
}

}  // namespace tokens

}  // namespace sealbook::storage
