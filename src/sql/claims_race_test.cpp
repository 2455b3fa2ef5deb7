// The shape of the claims table (DECISIONS 1, 3) in small: on each engine the database has the last
// word about overlaps, and a conflict is an empty answer, never an error.
#include <atomic>
#include <barrier>
#include <thread>

#include "base/random.hpp"
#include "sql/testing/test_database.hpp"

namespace sealbook::sql {
namespace {

constexpr std::string_view sqlite_shape = R"(
  CREATE TABLE claims (resource BIGINT NOT NULL, starts BIGINT NOT NULL, ends BIGINT NOT NULL, owner BIGINT NOT NULL,
    CHECK (starts < ends), PRIMARY KEY (resource, starts)) WITHOUT ROWID;
  CREATE TRIGGER claims_overlap BEFORE INSERT ON claims WHEN EXISTS (SELECT 1 FROM claims c
      WHERE c.resource = NEW.resource AND c.starts < NEW.ends AND c.ends > NEW.starts)
    BEGIN SELECT RAISE(IGNORE); END;)";
constexpr std::string_view postgres_shape = R"(
  CREATE EXTENSION IF NOT EXISTS btree_gist;
  CREATE TABLE claims (resource BIGINT NOT NULL, starts BIGINT NOT NULL, ends BIGINT NOT NULL, owner BIGINT NOT NULL,
    CHECK (starts < ends), during int8range GENERATED ALWAYS AS (int8range(starts, ends)) STORED,
    EXCLUDE USING gist (resource WITH =, during WITH &&));)";

constexpr Statement insert_claim{
    "claims.insert",
    "INSERT INTO claims (resource, starts, ends, owner) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING owner"};
constexpr Statement count{"claims.count", "SELECT count(*) FROM claims"};
constexpr Statement forget{"claims.forget", "DELETE FROM claims"};
constexpr Statement owners{"claims.owners", "SELECT count(DISTINCT owner) FROM claims"};

class ClaimsRace : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database().write(tenant_, [&](Connection& c) {
      c.run_script(engine() == Engine::sqlite ? sqlite_shape : postgres_shape);
      return Outcome::commit;
    });
  }
  // Claims all of it or nothing; true when all was free.
  bool claim(std::span<const std::int64_t> resources, std::int64_t starts, std::int64_t ends, std::int64_t owner) {
    return database().write(tenant_, [&](Connection& c) {
      for (const std::int64_t resource : resources)
        if (c.query(insert_claim, resource, starts, ends, owner).empty()) return Outcome::rollback;
      return Outcome::commit;
    }) == Outcome::commit;
  }
  std::int64_t number(const Statement& statement) {
    std::int64_t n = 0;
    database().read([&](Connection& c) { n = c.query(statement).integer(0, 0); });
    return n;
  }
  // Lets `threads` of them do `work(i)` at the same moment; returns how many got what they wanted.
  int race(int threads, std::function<bool(int)> work) {
    std::barrier together(threads);
    std::atomic<int> won{0};
    std::vector<std::thread> runners;
    for (int i = 0; i < threads; ++i)
      runners.emplace_back([&, i] {
        together.arrive_and_wait();
        won += work(i);
      });
    for (auto& runner : runners) runner.join();
    return won;
  }
  const TenantId tenant_ = new_id<TenantId>();
};
SEALBOOK_ON_BOTH_ENGINES(ClaimsRace);

TEST_P(ClaimsRace, refuses_every_kind_of_overlap_and_nothing_else) {
  const std::int64_t one[] = {1};
  const std::int64_t two[] = {2};
  EXPECT_TRUE(claim(one, 100, 200, 1));
  for (const auto& [starts, ends] : std::initializer_list<std::pair<int, int>>{
           {100, 200}, {150, 160}, {50, 300}, {50, 101}, {199, 250}, {100, 101}})
    EXPECT_FALSE(claim(one, starts, ends, 2)) << starts << '-' << ends;
  EXPECT_TRUE(claim(one, 200, 300, 3));
  EXPECT_TRUE(claim(one, 0, 100, 4));
  EXPECT_TRUE(claim(two, 100, 200, 5));
}

TEST_P(ClaimsRace, gives_one_slot_to_one_of_many) {
  for (int round = 0; round < 10; ++round) {
    const std::int64_t one[] = {1};
    // Unequal intervals that all contain the moment 1000.
    EXPECT_EQ(race(32, [&](int i) { return claim(one, 1000 - i * 7 - 1, 1001 + i * 3, i); }), 1);
    EXPECT_EQ(number(count), 1);
    database().write(tenant_, [](Connection& c) { c.execute(forget); return Outcome::commit; });
  }
}

TEST_P(ClaimsRace, gives_everybody_a_free_slot) {
  const std::int64_t one[] = {1};
  EXPECT_EQ(race(32, [&](int i) { return claim(one, i * 10, i * 10 + 10, i); }), 32);
}

TEST_P(ClaimsRace, takes_several_resources_in_opposite_orders_whole_and_without_a_deadlock_seen) {
  const std::int64_t forwards[] = {1, 2, 3, 4}, backwards[] = {4, 3, 2, 1};
  for (int round = 0; round < 5; ++round) {
    const int won = race(16, [&](int i) { return claim(i % 2 == 0 ? forwards : backwards, 100, 200, i); });
    EXPECT_EQ(won, 1);
    EXPECT_EQ(number(count), 4);
    EXPECT_EQ(number(owners), 1);
    database().write(tenant_, [](Connection& c) { c.execute(forget); return Outcome::commit; });
  }
}

}  // namespace
}  // namespace sealbook::sql
