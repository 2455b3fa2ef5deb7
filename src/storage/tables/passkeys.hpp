// Passkeys of accounts, the links with which the first one is enrolled, and challenges that were
// answered. A passkey is found by the SHA-256 of its credential id before there is a tenant, an
// enrolment by that of its link.
#pragma once

#include <optional>
#include <vector>

#include "security/authz/decide.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct PasskeyRow {
  std::int64_t tenant_no = 0;
  PasskeyId id;
  AccountId account;
  Bytes credential;
  Bytes public_key;  // COSE_Key
  std::array<std::uint8_t, 16> aaguid{};
  std::int64_t counter = 0;
  bool backup_eligible = false, backed_up = false;
  bool blocked = false;  // its counter went back: it may have been copied
  Instant created;
  std::optional<Instant> used;
  Bytes sealed;  // its name
};

struct EnrolmentRow {
  std::int64_t tenant_no = 0;
  Hash256 hash{};
  Principal who;
  Instant created, expires;
  std::optional<Instant> used;
};

namespace passkeys {
// False when that credential is registered already, whoever has it.
bool insert(Transaction& tx, const PasskeyRow& row);
std::optional<PasskeyRow> find(Snapshot& snapshot, const PasskeyId& id);
// Across tenants: the snapshot is the instance's. With whose it is.
struct Owned {
  PasskeyRow row;
  Principal who;
};
std::optional<Owned> find_by_credential(Snapshot& instance, ByteView credential);
std::vector<PasskeyRow> of_account(Snapshot& snapshot, const AccountId& account);
std::int64_t count(Snapshot& snapshot, const AccountId& account);
// Notes a use; false when the counter, or whether it is blocked, moved on meanwhile.
bool use(Transaction& tx, const PasskeyRow& row, std::int64_t counter, bool backed_up, Instant at);
void block(Transaction& tx, const PasskeyId& id);
// Removes one of several; false when it is the account's last, or gone.
bool remove(Transaction& tx, const AccountId& account, const PasskeyId& id);
}  // namespace passkeys

namespace enrolments {
void insert(Transaction& tx, const Hash256& hash, const AccountId& account, Instant created, Instant expires);
// Into a tenant that the same transaction has just made.
void insert_into(Transaction& tx, std::int64_t tenant_no, const Hash256& hash, const AccountId& account,
                 Instant created, Instant expires);
// Across tenants: the snapshot is the instance's.
std::optional<EnrolmentRow> find_by_hash(Snapshot& instance, const Hash256& hash);
// Links of the account that nobody has opened; the newest one counts.
void remove_unused(Transaction& tx, const AccountId& account);
// Once: false when it was used or has run out.
bool use(Transaction& tx, const Hash256& hash, Instant now);
}  // namespace enrolments

// False when this challenge was answered before.
namespace spent_challenges {
bool insert(Transaction& tx, ByteView nonce, Instant expires);
}  // namespace spent_challenges

}  // namespace sealbook::storage
