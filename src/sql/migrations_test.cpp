#include "sql/migrations.hpp"

#include <thread>

#include "sql/testing/test_database.hpp"

namespace sealbook::sql {
namespace {

const std::vector<Migration> three{{"0001_a", "CREATE TABLE a (x BIGINT); INSERT INTO a VALUES (1)"},
                                   {"0002_b", "CREATE TABLE b (x BIGINT); UPDATE a SET x = x + 1;"},
                                   {"0003_c", "UPDATE a SET x = x * 10"}};
constexpr Statement value{"a.value", "SELECT x FROM a"};

class Migrations : public testing::EngineTest {
 protected:
  std::int64_t stored() {
    std::int64_t x = 0;
    database().read([&](Connection& c) { x = c.query(value).integer(0, 0); });
    return x;
  }
};
SEALBOOK_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, apply_what_is_missing_in_order_and_once) {
  EXPECT_EQ(schema_state(database(), three)->pending.size(), 3u);
  std::vector<std::string> seen;
  const auto note = [&](const MigrationProgress& p) { seen.push_back(std::string(p.name) + std::to_string(p.done)); };
  EXPECT_EQ(migrate(database(), std::span(three).first(2), note), 2u);
  EXPECT_EQ(stored(), 2);
  EXPECT_EQ(migrate(database(), three, note), 1u);
  EXPECT_EQ(stored(), 20);
  EXPECT_EQ(migrate(database(), three, note), 0u);
  EXPECT_EQ(stored(), 20);
  EXPECT_EQ(seen, (std::vector<std::string>{"0001_a1", "0002_b2", "0003_c3"}));
  store().reopen();
  EXPECT_EQ(schema_state(database(), three)->applied.size(), 3u);
}

TEST_P(Migrations, refuse_a_store_that_a_newer_program_made) {
  ASSERT_TRUE(migrate(database(), three));
  const auto older = migrate(database(), std::span(three).first(2));
  ASSERT_FALSE(older);
  EXPECT_TRUE(older.error().detail.contains("newer program")) << older.error().detail;
  EXPECT_FALSE(schema_state(database(), std::span(three).first(2)));
}

TEST_P(Migrations, refuse_one_that_was_changed_after_it_was_applied) {
  ASSERT_TRUE(migrate(database(), three));
  auto changed = three;
  changed[1].script = "CREATE TABLE b (y BIGINT)";
  const auto result = migrate(database(), changed);
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().detail.contains("0002_b")) << result.error().detail;
}

TEST_P(Migrations, leave_nothing_of_one_that_fails_half_way) {
  auto broken = three;
  broken[1].script = "UPDATE a SET x = 99; CREATE TABLE nonsense (x NOT_A_TYPE REFERENCES nowhere(";
  EXPECT_THROW(std::ignore = migrate(database(), broken), EngineError);
  EXPECT_EQ(stored(), 1);
  EXPECT_EQ(schema_state(database(), three)->applied, std::vector<std::string>{"0001_a"});
  EXPECT_EQ(migrate(database(), three), 2u);
}

TEST_P(Migrations, take_turns_when_several_start_at_once) {
  std::atomic<std::size_t> applied{0};
  std::vector<std::thread> starters;
  for (int i = 0; i < 6; ++i) starters.emplace_back([&] { applied += migrate(database(), three).value(); });
  for (auto& starter : starters) starter.join();
  EXPECT_EQ(applied, 3u);
  EXPECT_EQ(stored(), 20);
}

TEST_P(Migrations, that_are_embedded_make_a_store) {
  const auto known = embedded_migrations(engine());
  ASSERT_FALSE(known.empty());
  EXPECT_EQ(known.front().name, "0001_init");
  const auto done = migrate(database(), known);
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(*done, known.size());
}

TEST(EmbeddedMigrations, give_each_engine_its_own_variant) {
  const auto sqlite = embedded_migrations(Engine::sqlite), postgres = embedded_migrations(Engine::postgres);
  ASSERT_EQ(sqlite.size(), postgres.size());
  EXPECT_FALSE(sqlite.front().script.contains("btree_gist"));
  EXPECT_TRUE(postgres.front().script.contains("btree_gist"));
}

}  // namespace
}  // namespace sealbook::sql
