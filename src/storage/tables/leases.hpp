// Leases of background jobs: which node does one until when. Not a tenant's data, and no decision:
// it goes past the journal. Renewed when half of it is over. Threads: one.
#pragma once

#include <map>
#include <string>

#include "sql/database.hpp"

namespace sealbook::storage {

class JobLeases {
 public:
  // `node`: what tells this process from another.
  JobLeases(sql::Database& database, RawId node) : database_(database), node_(node) {}
  // True when the job is this node's for that long. Throws EngineError.
  bool take(const std::string& job, Micros length);

 private:
  sql::Database& database_;
  RawId node_;
  std::map<std::string, Instant> renew_at_;
};

}  // namespace sealbook::storage
