#include "storage/tables/sign_in_codes.hpp"

#include <algorithm>

#include "security/authz/permissions.hpp"

namespace sealbook::storage::sign_in_codes {
namespace {

using sql::Statement;

constexpr Statement insert_code{"sign_in_codes.insert",
    "INSERT INTO sign_in_codes (tenant, id, patient, contact, created, expires, tries, used) "
    "VALUES ($1, $2, $3, $4, $5, $6, 0, 0)"};
constexpr Statement newest_code{"sign_in_codes.newest",
    "SELECT id, created, expires, tries, used FROM sign_in_codes WHERE tenant = $1 AND contact = $2 AND patient = $3 "
    "ORDER BY created DESC, id LIMIT 1"};
constexpr Statement try_code{"sign_in_codes.try",
    "UPDATE sign_in_codes SET tries = tries + 1 WHERE tenant = $1 AND id = $2"};
constexpr Statement use_code{"sign_in_codes.use",
    "UPDATE sign_in_codes SET used = 1 WHERE tenant = $1 AND id = $2 AND used = 0 AND expires > $3 AND tries < $4 "
    "RETURNING used"};

constexpr Statement account_of_patient{"accounts.find_of_patient",
    "SELECT id FROM accounts WHERE tenant = $1 AND patient = $2 AND role = $3 AND active = 1 ORDER BY created, id LIMIT 1"};

}  // namespace

void insert(Transaction& tx, const SignInCodeRow& c) {
  tx.enqueue(insert_code, ByteView(c.id), c.patient, ByteView(c.contact), c.created, c.expires);
}

std::optional<SignInCodeRow> newest(Snapshot& snapshot, const PatientId& patient,
                                    const std::array<std::uint8_t, 16>& contact) {
  const sql::Rows rows = snapshot.query(newest_code, ByteView(contact), patient);
  if (rows.empty()) return std::nullopt;
  SignInCodeRow row{{}, patient, contact, rows.instant(0, 1), rows.instant(0, 2), rows.integer(0, 3), rows.integer(0, 4) != 0};
  ASSERT(rows.blob(0, 0).size() == row.id.size());
  std::ranges::copy(rows.blob(0, 0), row.id.begin());
  return row;
}

void count_try(Transaction& tx, const RawId& id) { tx.enqueue(try_code, ByteView(id)); }

bool use(Transaction& tx, const RawId& id, Instant now, std::int64_t most_tries) {
  return !tx.change(use_code, ByteView(id), now, most_tries).empty();
}

std::optional<AccountId> find_account(Snapshot& snapshot, const PatientId& patient) {
  const sql::Rows rows = snapshot.query(account_of_patient, patient, static_cast<int>(Role::patient));
  return rows.empty() ? std::nullopt : std::optional(rows.id<AccountId>(0, 0));
}

}  // namespace sealbook::storage::sign_in_codes
