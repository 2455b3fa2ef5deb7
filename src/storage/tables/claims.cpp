#include "storage/tables/claims.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

// $5 is the earliest start that can still reach into the interval, so that the scan stays on the
// few index entries around it however old the store is.
constexpr Statement select_overlapping{"claims.overlapping",
    "SELECT resource, lane, starts, ends, id, expires FROM claims "
    "WHERE tenant = $1 AND resource = $2 AND starts >= $5 AND starts < $4 AND ends > $3 ORDER BY starts"};
constexpr Statement insert_claim{"claims.insert",
    "INSERT INTO claims (tenant, resource, lane, starts, ends, id, kind, owner, expires) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1"};
constexpr Statement delete_claim{"claims.remove",
    "DELETE FROM claims WHERE tenant = $1 AND resource = $2 AND lane = $3 AND starts = $4 AND id = $5"};
constexpr Statement select_live{"claims.live",
    "SELECT resource, lane, starts, ends, id, expires FROM claims WHERE tenant = $1 AND ends > $2"};

scheduling::Claim read_claim(const sql::Rows& rows, std::size_t i) {
  scheduling::Claim claim;
  claim.resource = rows.id<ResourceId>(i, 0);
  claim.lane = static_cast<scheduling::Lane>(rows.integer(i, 1));
  claim.when = {rows.instant(i, 2), rows.instant(i, 3)};
  claim.id = rows.id<ClaimId>(i, 4);
  if (!rows.is_null(i, 5)) claim.expires = rows.instant(i, 5);
  return claim;
}

constexpr std::size_t ref_size = 16 + 16 + 1 + 8;

}  // namespace

Bytes encode_claim_refs(std::span<const ClaimRow> claims) {
  Bytes run;
  run.reserve(claims.size() * ref_size);
  for (const ClaimRow& row : claims) {
    append(run, row.claim.resource.bytes());
    append(run, row.claim.id.bytes());
    run.push_back(row.claim.lane);
    append_u64(run, static_cast<std::uint64_t>(row.claim.when.starts.micros()));
  }
  return run;
}

std::vector<ClaimRef> decode_claim_refs(ByteView run) {
  std::vector<ClaimRef> refs;
  for (std::size_t at = 0; at + ref_size <= run.size(); at += ref_size)
    refs.push_back({ResourceId::from_bytes(run.subspan(at, 16)), ClaimId::from_bytes(run.subspan(at + 16, 16)),
                    run[at + 32], Instant::from_micros(static_cast<std::int64_t>(load_u64(&run[at + 33])))});
  return refs;
}

namespace claims {

std::vector<scheduling::Claim> overlapping(Snapshot& snapshot, std::span<const ResourceId> resources,
                                           const Interval& interval, Micros longest) {
  const Instant earliest = interval.starts - longest;
  std::vector<scheduling::Claim> out;
  const auto read = [&out](const sql::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_claim(rows, i));
  };
  if (snapshot.engine() == sql::Engine::sqlite) {  // no round trips to save
    for (const ResourceId& resource : resources)
      read(snapshot.query(select_overlapping, resource, interval.starts, interval.ends, earliest));
    return out;
  }
  std::vector<sql::Connection::Call> calls;
  for (const ResourceId& resource : resources)
    calls.push_back({&select_overlapping, {resource, interval.starts, interval.ends, earliest}});
  for (const sql::Rows& rows : snapshot.batch(std::move(calls))) read(rows);
  return out;
}

bool insert(Transaction& tx, std::span<const ClaimRow> rows) {
  if (tx.engine() == sql::Engine::sqlite) {
    for (const ClaimRow& row : rows) {
      const auto& c = row.claim;
      if (tx.change(insert_claim, c.resource, static_cast<int>(c.lane), c.when.starts, c.when.ends, c.id,
                    static_cast<int>(row.kind), ByteView(row.owner), c.expires).empty())
        return false;
    }
    return true;
  }
  std::vector<sql::Connection::Call> calls;
  for (const ClaimRow& row : rows) {
    const auto& c = row.claim;
    calls.push_back({&insert_claim, {c.resource, static_cast<int>(c.lane), c.when.starts, c.when.ends, c.id,
                                     static_cast<int>(row.kind), ByteView(row.owner), c.expires}});
  }
  for (const sql::Rows& inserted : tx.change_batch(std::move(calls)))
    if (inserted.empty()) return false;
  return true;
}

void remove(Transaction& tx, std::span<const ClaimRef> refs) {
  for (const ClaimRef& ref : refs)
    tx.enqueue(delete_claim, ref.resource, static_cast<int>(ref.lane), ref.starts, ref.claim);
}

std::vector<scheduling::Claim> live(Snapshot& snapshot, Instant since) {
  std::vector<scheduling::Claim> out;
  const sql::Rows rows = snapshot.query(select_live, since);
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_claim(rows, i));
  return out;
}

}  // namespace claims
}  // namespace sealbook::storage
