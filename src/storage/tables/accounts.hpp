// Tenants, accounts and bearer tokens. Tenants and tokens belong to the instance: they are found
// before there is a tenant, so their statements name it themselves.
#pragma once

#include <optional>
#include <vector>

#include "security/authz/decide.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct TenantRow {
  TenantRef ref;
  std::array<std::uint8_t, 32> slug_index{};  // keyed hash: slugs are sealed like all text
  std::int64_t regime = 0;                     // bit set of regime profiles
  std::int64_t version = 1;
  Instant created;
  Bytes sealed;
};

struct AccountRow {
  AccountId id;
  Role role = Role::patient;
  std::optional<ResourceId> practitioner;
  std::optional<PatientId> patient;
  bool active = true;
  Instant created;
};

struct TokenRow {
  Hash256 hash{};
  std::int64_t tenant_no = 0;
  AccountId account;
  Instant created;
  std::optional<Instant> expires;
};

namespace tenants {
// Answers the internal number; nothing when the slug or id is taken.
std::optional<std::int64_t> insert(Transaction& tx, const TenantRow& row);
std::vector<TenantRow> all(Snapshot& instance);
}  // namespace tenants

namespace accounts {
void insert(Transaction& tx, const AccountRow& row);
// Into a tenant that the same transaction has just made.
void insert_into(Transaction& tx, std::int64_t tenant_no, const AccountRow& row);
std::vector<AccountRow> all(Snapshot& snapshot);
}  // namespace accounts

namespace tokens {
void insert(Transaction& tx, const TokenRow& row);
std::vector<TokenRow> all(Snapshot& instance);
}  // namespace tokens

}  // namespace sealbook::storage
