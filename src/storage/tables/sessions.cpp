#include "storage/tables/sessions.hpp"

#include <algorithm>

namespace sealbook::storage {
namespace {

using authn::Session;
using sql::Statement;

// `$1` is whose transaction it is; a browser's earlier session may be another tenant's.
constexpr Statement insert_session{"sessions.insert",
    "INSERT INTO sessions (tenant, id, hash, account, method, device, created, factor, seen, expires, changed) "
    "VALUES ($3 + 0 * $1, $2, $4, $5, $6, $7, $8, $9, $8, $10, $8)",
    "INSERT INTO sessions (tenant, id, hash, account, method, device, created, factor, seen, expires, changed) "
    "VALUES ($3::bigint + 0 * $1::bigint, $2, $4, $5, $6, $7, $8, $9, $8, $10, $8)"};
constexpr Statement rotate_session{"sessions.rotate",
    "UPDATE sessions SET hash = $4, factor = $5, seen = $5, changed = $5 "
    "WHERE tenant = $3 + 0 * $1 AND id = $2 AND ended IS NULL RETURNING method",
    "UPDATE sessions SET hash = $4, factor = $5, seen = $5, changed = $5 "
    "WHERE tenant = $3::bigint + 0 * $1::bigint AND id = $2 AND ended IS NULL RETURNING method"};
constexpr Statement end_session{"sessions.end",
    "UPDATE sessions SET ended = $4, changed = $4 "
    "WHERE tenant = $3 + 0 * $1 AND id = $2 AND ended IS NULL RETURNING method",
    "UPDATE sessions SET ended = $4, changed = $4 "
    "WHERE tenant = $3::bigint + 0 * $1::bigint AND id = $2 AND ended IS NULL RETURNING method"};

#define SESSION_COLUMNS                                                                              \
  "SELECT s.tenant, s.id, s.hash, s.account, s.method, s.device, s.created, s.factor, s.seen, s.expires, " \
  "s.ended, a.role, a.practitioner, a.patient, a.active, t.id FROM sessions s "                           \
  "JOIN accounts a ON a.tenant = s.tenant AND a.id = s.account LEFT JOIN tenants t ON t.no = s.tenant "

// Past the journal: no tenant is bound, as the cookie says whose session it is.
constexpr Statement changed_sessions{"sessions.changed_since", SESSION_COLUMNS "WHERE s.changed >= $1"};
constexpr Statement find_session{"sessions.find", SESSION_COLUMNS "WHERE s.hash = $1"};
constexpr Statement seen_session{"sessions.seen",
    "UPDATE sessions SET seen = $2, changed = $3 WHERE hash = $1 AND seen < $2"};
constexpr Statement drop_sessions{"sessions.remove_before", "DELETE FROM sessions WHERE expires < $1 OR ended < $1"};
constexpr Statement drop_enrolments{"enrolments.remove_before", "DELETE FROM enrolments WHERE expires < $1"};
constexpr Statement drop_challenges{"spent_challenges.remove_before", "DELETE FROM spent_challenges WHERE expires < $1"};
constexpr Statement drop_codes{"sign_in_codes.remove_before", "DELETE FROM sign_in_codes WHERE expires < $1"};

Session read_row(const sql::Rows& rows, std::size_t i) {
  Session s;
  s.tenant_no = rows.integer(i, 0);
  s.id = rows.id<SessionId>(i, 1);
  ASSERT(rows.blob(i, 2).size() == s.hash.size());
  std::ranges::copy(rows.blob(i, 2), s.hash.begin());
  s.principal.account = rows.id<AccountId>(i, 3);
  s.method = static_cast<authn::SessionMethod>(rows.integer(i, 4));
  s.device = rows.text(i, 5);
  s.created = rows.instant(i, 6);
  s.factor = rows.instant(i, 7);
  s.seen = rows.instant(i, 8);
  s.expires = rows.instant(i, 9);
  if (!rows.is_null(i, 10)) s.ended = rows.instant(i, 10);
  s.principal.role = static_cast<Role>(rows.integer(i, 11));
  s.principal.practitioner = rows.maybe_id<ResourceId>(i, 12);
  s.principal.patient = rows.maybe_id<PatientId>(i, 13);
  if (rows.integer(i, 14) == 0) s.ended = s.created;
  if (!rows.is_null(i, 15)) s.principal.tenant = rows.id<TenantId>(i, 15);
  return s;
}

std::vector<Session> read_all(const sql::Rows& rows) {
  std::vector<Session> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

}  // namespace

namespace sessions {

void insert(Transaction& tx, const Session& s) {
  tx.enqueue(insert_session, s.id, s.tenant_no, ByteView(s.hash), s.principal.account, static_cast<int>(s.method),
             s.device, s.created, s.factor, s.expires);
}

bool rotate(Transaction& tx, const Session& s) {
  return !tx.change(rotate_session, s.id, s.tenant_no, ByteView(s.hash), s.factor).empty();
}

bool end(Transaction& tx, const Session& s, Instant at) {
  return !tx.change(end_session, s.id, s.tenant_no, at).empty();
}

}  // namespace sessions

std::vector<Session> SessionRows::changed_since(Instant since) {
  std::vector<Session> out;
  database_.read([&](sql::Connection& connection) { out = read_all(connection.query(changed_sessions, since)); });
  return out;
}

std::optional<Session> SessionRows::find(const Hash256& hash) {
  std::vector<Session> out;
  database_.read([&](sql::Connection& connection) { out = read_all(connection.query(find_session, ByteView(hash))); });
  return out.empty() ? std::nullopt : std::optional(out.front());
}

void SessionRows::note_seen(std::span<const std::pair<Hash256, Instant>> seen) {
  if (seen.empty()) return;
  const Instant now = database_.now();
  database_.write({}, [&](sql::Connection& connection) {
    for (const auto& [hash, at] : seen) connection.query(seen_session, ByteView(hash), at, now);
    return sql::Outcome::commit;
  });
}

void SessionRows::forget_before(Instant before) {
  database_.write({}, [&](sql::Connection& connection) {
    for (const Statement* drop : {&drop_sessions, &drop_enrolments, &drop_challenges, &drop_codes})
      connection.query(*drop, before);
    return sql::Outcome::commit;
  });
}

}  // namespace sealbook::storage
