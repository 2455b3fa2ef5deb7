#include "storage/tables/leases.hpp"

namespace sealbook::storage {
namespace {

constexpr sql::Statement take_lease{"job_leases.take",
    "INSERT INTO job_leases (tenant, job, holder, until) VALUES (0, $1, $2, $3) ON CONFLICT (tenant, job) DO UPDATE "
    "SET holder = $2, until = $3 WHERE job_leases.holder = $2 OR job_leases.until <= $4 RETURNING until"};

}  // namespace

bool JobLeases::take(const std::string& job, Micros length) {
  bool taken = false;
  const Instant now = database_.now();
  if (const auto held = renew_at_.find(job); held != renew_at_.end() && now < held->second) return true;
  renew_at_.erase(job);
  database_.write({}, [&](sql::Connection& connection) {
    taken = !connection.query(take_lease, job, ByteView(node_), now + length, now).empty();
    return sql::Outcome::commit;
  });
  if (taken) renew_at_[job] = now + length / 2;
  return taken;
}

}  // namespace sealbook::storage
