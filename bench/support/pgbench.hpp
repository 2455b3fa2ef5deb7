// Pgbench is what booking on PostgreSQL is compared with: pgbench, as many clients, one prepared
// statement that writes the same rows (two claims under the exclusion constraint, appointment,
// participant, journal entry, idempotency row; the same sizes), a commit each, fsync on.
#pragma once

#include <filesystem>
#include <string>

#include "sql/testing/test_database.hpp"

namespace sealbook::bench {

class Pgbench {
 public:
  Pgbench();
  ~Pgbench();
  Pgbench(const Pgbench&) = delete;
  Pgbench& operator=(const Pgbench&) = delete;

  // Transactions per second. Ends the program when pgbench fails.
  double run_for(int seconds, std::size_t clients);
  void fill(std::size_t bookings, std::size_t clients);

 private:
  double run(const std::string& option, std::size_t clients);

  sql::testing::TestDatabase database_;
  std::filesystem::path script_;
};

}  // namespace sealbook::bench
