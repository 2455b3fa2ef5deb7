#include "storage/tables/passkeys.hpp"

#include <algorithm>

#include "security/crypto/hash.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

#define PASSKEY_COLUMNS                                                                             \
  "k.tenant, k.id, k.account, k.credential, k.public_key, k.aaguid, k.counter, k.flags, k.blocked, " \
  "k.created, k.used, k.sealed "
#define HOLDER_COLUMNS "t.id, a.role, a.practitioner, a.patient "

constexpr Statement insert_passkey{"passkeys.insert",
    "INSERT INTO passkeys (tenant, id, account, credential_hash, credential, public_key, aaguid, counter, flags, "
    "blocked, created, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11) "
    "ON CONFLICT DO NOTHING RETURNING counter"};
constexpr Statement find_passkey{"passkeys.find",
    "SELECT " PASSKEY_COLUMNS "FROM passkeys k WHERE k.tenant = $1 AND k.id = $2"};
// $1 is the instance's number, 0: a credential says itself whose it is.
constexpr Statement find_credential{"passkeys.find_by_credential",
    "SELECT " PASSKEY_COLUMNS ", " HOLDER_COLUMNS "FROM passkeys k "
    "JOIN accounts a ON a.tenant = k.tenant AND a.id = k.account AND a.active = 1 "
    "LEFT JOIN tenants t ON t.no = k.tenant WHERE k.credential_hash = $2 AND k.tenant >= $1"};
constexpr Statement of_account_passkeys{"passkeys.of_account",
    "SELECT " PASSKEY_COLUMNS "FROM passkeys k WHERE k.tenant = $1 AND k.account = $2 ORDER BY k.created, k.id"};
constexpr Statement count_passkeys{"passkeys.count",
    "SELECT count(*) FROM passkeys WHERE tenant = $1 AND account = $2"};
constexpr Statement use_passkey{"passkeys.use",
    "UPDATE passkeys SET counter = $4, flags = $5, used = $6 "
    "WHERE tenant = $1 AND id = $2 AND counter = $3 AND blocked = 0 RETURNING counter"};
constexpr Statement block_passkey{"passkeys.block", "UPDATE passkeys SET blocked = 1 WHERE tenant = $1 AND id = $2"};
constexpr Statement remove_passkey{"passkeys.remove",
    "DELETE FROM passkeys WHERE tenant = $1 AND account = $2 AND id = $3 AND EXISTS (SELECT 1 FROM passkeys o "
    "WHERE o.tenant = $1 AND o.account = $2 AND o.id <> $3 AND o.blocked = 0) RETURNING counter"};

constexpr Statement insert_enrolment{"enrolments.insert",
    "INSERT INTO enrolments (tenant, hash, account, created, expires) VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement insert_enrolment_into{"enrolments.insert_into",
    "INSERT INTO enrolments (tenant, hash, account, created, expires) VALUES ($1 + $6, $2, $3, $4, $5)"};
constexpr Statement find_enrolment{"enrolments.find_by_hash",
    "SELECT e.tenant, e.account, e.created, e.expires, e.used, " HOLDER_COLUMNS "FROM enrolments e "
    "JOIN accounts a ON a.tenant = e.tenant AND a.id = e.account AND a.active = 1 "
    "LEFT JOIN tenants t ON t.no = e.tenant WHERE e.hash = $2 AND e.tenant >= $1"};
constexpr Statement drop_unused{"enrolments.remove_unused",
    "DELETE FROM enrolments WHERE tenant = $1 AND account = $2 AND used IS NULL"};
constexpr Statement use_enrolment{"enrolments.use",
    "UPDATE enrolments SET used = $3 WHERE tenant = $1 AND hash = $2 AND used IS NULL AND expires > $3 RETURNING used"};

constexpr Statement spend_challenge{"spent_challenges.insert",
    "INSERT INTO spent_challenges (tenant, nonce, expires) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING "
    "RETURNING expires"};

constexpr std::int64_t may_be_backed_up = 1, is_backed_up = 2;

Bytes copied(ByteView view) { return {view.begin(), view.end()}; }

PasskeyRow read_passkey(const sql::Rows& rows, std::size_t i) {
  PasskeyRow k;
  k.tenant_no = rows.integer(i, 0);
  k.id = rows.id<PasskeyId>(i, 1);
  k.account = rows.id<AccountId>(i, 2);
  k.credential = copied(rows.blob(i, 3));
  k.public_key = copied(rows.blob(i, 4));
  ASSERT(rows.blob(i, 5).size() == k.aaguid.size());
  std::ranges::copy(rows.blob(i, 5), k.aaguid.begin());
  k.counter = rows.integer(i, 6);
  k.backup_eligible = (rows.integer(i, 7) & may_be_backed_up) != 0;
  k.backed_up = (rows.integer(i, 7) & is_backed_up) != 0;
  k.blocked = rows.integer(i, 8) != 0;
  k.created = rows.instant(i, 9);
  if (!rows.is_null(i, 10)) k.used = rows.instant(i, 10);
  k.sealed = copied(rows.blob(i, 11));
  return k;
}

std::int64_t flags_of(bool backup_eligible, bool backed_up) {
  return (backup_eligible ? may_be_backed_up : 0) | (backed_up ? is_backed_up : 0);
}

Principal read_holder(const sql::Rows& rows, std::size_t i, std::size_t column, const AccountId& account) {
  Principal who;
  who.account = account;
  if (!rows.is_null(i, column)) who.tenant = rows.id<TenantId>(i, column);
  who.role = static_cast<Role>(rows.integer(i, column + 1));
  who.practitioner = rows.maybe_id<ResourceId>(i, column + 2);
  who.patient = rows.maybe_id<PatientId>(i, column + 3);
  return who;
}

}  // namespace

namespace passkeys {

bool insert(Transaction& tx, const PasskeyRow& k) {
  return !tx.change(insert_passkey, k.id, k.account, ByteView(crypto::sha256(k.credential)), k.credential,
                    k.public_key, ByteView(k.aaguid), k.counter, flags_of(k.backup_eligible, k.backed_up), k.created,
                    k.sealed)
              .empty();
}

std::optional<PasskeyRow> find(Snapshot& snapshot, const PasskeyId& id) {
  const sql::Rows rows = snapshot.query(find_passkey, id);
  return rows.empty() ? std::nullopt : std::optional(read_passkey(rows, 0));
}

std::optional<Owned> find_by_credential(Snapshot& instance, ByteView credential) {
  const sql::Rows rows = instance.query(find_credential, ByteView(crypto::sha256(credential)));
  if (rows.empty()) return std::nullopt;
  Owned owned{read_passkey(rows, 0), {}};
  owned.who = read_holder(rows, 0, 12, owned.row.account);
  return owned;
}

std::vector<PasskeyRow> of_account(Snapshot& snapshot, const AccountId& account) {
  const sql::Rows rows = snapshot.query(of_account_passkeys, account);
  std::vector<PasskeyRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_passkey(rows, i));
  return out;
}

std::int64_t count(Snapshot& snapshot, const AccountId& account) {
  return snapshot.query(count_passkeys, account).integer(0, 0);
}

bool use(Transaction& tx, const PasskeyRow& row, std::int64_t counter, bool backed_up, Instant at) {
  return !tx.change(use_passkey, row.id, row.counter, counter, flags_of(row.backup_eligible, backed_up), at).empty();
}

void block(Transaction& tx, const PasskeyId& id) { tx.enqueue(block_passkey, id); }

bool remove(Transaction& tx, const AccountId& account, const PasskeyId& id) {
  return !tx.change(remove_passkey, account, id).empty();
}

}  // namespace passkeys

namespace enrolments {

void insert(Transaction& tx, const Hash256& hash, const AccountId& account, Instant created, Instant expires) {
  tx.enqueue(insert_enrolment, ByteView(hash), account, created, expires);
}

void insert_into(Transaction& tx, std::int64_t tenant_no, const Hash256& hash, const AccountId& account,
                 Instant created, Instant expires) {
  tx.enqueue(insert_enrolment_into, ByteView(hash), account, created, expires, tenant_no);
}

std::optional<EnrolmentRow> find_by_hash(Snapshot& instance, const Hash256& hash) {
  const sql::Rows rows = instance.query(find_enrolment, ByteView(hash));
  if (rows.empty()) return std::nullopt;
  EnrolmentRow row;
  row.tenant_no = rows.integer(0, 0);
  row.hash = hash;
  row.who = read_holder(rows, 0, 5, rows.id<AccountId>(0, 1));
  row.created = rows.instant(0, 2);
  row.expires = rows.instant(0, 3);
  if (!rows.is_null(0, 4)) row.used = rows.instant(0, 4);
  return row;
}

void remove_unused(Transaction& tx, const AccountId& account) { tx.enqueue(drop_unused, account); }

bool use(Transaction& tx, const Hash256& hash, Instant now) {
  return !tx.change(use_enrolment, ByteView(hash), now).empty();
}

}  // namespace enrolments

namespace spent_challenges {
bool insert(Transaction& tx, ByteView nonce, Instant expires) {
  return !tx.change(spend_challenge, nonce, expires).empty();
}
}  // namespace spent_challenges

}  // namespace sealbook::storage
