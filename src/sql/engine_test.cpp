// What both engines promise, tried on both.
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <limits>
#include <latch>
#include <mutex>
#include <thread>

#include "base/random.hpp"
#include "sql/testing/test_database.hpp"

namespace sealbook::sql {
namespace {

constexpr Statement make_table{"t.make",
                               "CREATE TABLE t (id BIGINT PRIMARY KEY, number BIGINT, bytes BYTEA, words TEXT, "
                               "CONSTRAINT small CHECK (id < 1000000))"};
constexpr Statement insert_id{"t.insert_id", "INSERT INTO t (id) VALUES ($1)"};
constexpr Statement insert_all{"t.insert_all", "INSERT INTO t (id, number, bytes, words) VALUES ($1, $2, $3, $4)"};
constexpr Statement get{"t.get", "SELECT id, number, bytes, words FROM t WHERE id = $1"};
constexpr Statement count{"t.count", "SELECT count(*) FROM t"};
constexpr Statement ids{"t.ids", "SELECT id FROM t ORDER BY id"};
constexpr Statement raise{"t.raise", "UPDATE t SET number = COALESCE(number, 0) + $2 WHERE id >= $1"};
constexpr Statement out_of_order{"t.out_of_order", "SELECT CAST($2 AS BIGINT) - CAST($1 AS BIGINT)"};

class Engines : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    write([](Connection& c) { c.execute(make_table); });
  }
  void write(std::function<void(Connection&)> work) {
    database().write(tenant_, [&](Connection& c) {
      work(c);
      return Outcome::commit;
    });
  }
  Rows ask(const Statement& statement) {
    Rows rows;
    database().read([&](Connection& c) { rows = c.query(statement); });
    return rows;
  }
  std::int64_t rows_stored() { return ask(count).integer(0, 0); }

  const TenantId tenant_ = new_id<TenantId>();
};
SEALBOOK_ON_BOTH_ENGINES(Engines);

TEST_P(Engines, bring_every_kind_of_value_back) {
  const Bytes empty, zeros(70'000, 0), all = [] {
    Bytes b(256);
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<std::uint8_t>(i);
    return b;
  }();
  const std::string long_text(5'000, 'x'), unicode = "Zoë 東京 🙂 'quoted' \"$1\" ?1 \\";
  struct Case { std::int64_t number; const Bytes& bytes; const std::string& words; };
  const std::string no_words;
  const Case cases[] = {{0, empty, no_words},
                        {-1, all, unicode},
                        {std::numeric_limits<std::int64_t>::min(), zeros, long_text},
                        {std::numeric_limits<std::int64_t>::max(), all, no_words}};
  write([&](Connection& c) {
    for (int i = 0; i < 4; ++i) c.enqueue(insert_all, i, cases[i].number, cases[i].bytes, cases[i].words);
    c.enqueue(insert_all, 9, nullptr, std::optional<Bytes>(), std::optional<std::string>());
  });
  database().read([&](Connection& c) {
    for (int i = 0; i < 4; ++i) {
      const Rows row = c.query(get, i);
      ASSERT_EQ(row.size(), 1u);
      EXPECT_EQ(row.integer(0, 1), cases[i].number);
      EXPECT_TRUE(std::ranges::equal(row.blob(0, 2), cases[i].bytes));
      EXPECT_EQ(row.text(0, 3), cases[i].words);
    }
    const Rows row = c.query(get, 9);
    for (std::size_t column = 1; column < 4; ++column) EXPECT_TRUE(row.is_null(0, column));
    EXPECT_TRUE(c.query(get, 77).empty());
  });
}

TEST_P(Engines, number_parameters_as_written_and_take_them_twice) {
  database().read([&](Connection& c) {
    EXPECT_EQ(c.query(out_of_order, 2, 44).integer(0, 0), 42);
    EXPECT_EQ(c.query(out_of_order, 44, 2).integer(0, 0), -42);
  });
}

TEST_P(Engines, take_a_value_where_only_null_was_seen_before) {
  write([](Connection& c) {
    c.execute(insert_all, 1, nullptr, nullptr, nullptr);
    c.execute(insert_all, 2, 5, Bytes{1, 2}, "words");
    c.execute(insert_all, 3, nullptr, nullptr, nullptr);
  });
  EXPECT_EQ(rows_stored(), 3);
}

TEST_P(Engines, say_how_many_rows_changed) {
  write([](Connection& c) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(c.execute(insert_id, i), 1);
    EXPECT_EQ(c.execute(raise, 2, 10), 3);
    EXPECT_EQ(c.execute(raise, 100, 10), 0);
  });
}

TEST_P(Engines, answer_a_batch_in_order) {
  write([](Connection& c) {
    for (int i = 0; i < 3; ++i) c.enqueue(insert_id, i);
    const Connection::Call calls[] = {{&count, {}}, {&get, {1}}, {&get, {2}}, {&ids, {}}};
    const auto answers = c.batch(calls);
    EXPECT_EQ(answers[0].integer(0, 0), 3);
    EXPECT_EQ(answers[1].integer(0, 0), 1);
    EXPECT_EQ(answers[2].integer(0, 0), 2);
    EXPECT_EQ(answers[3].size(), 3u);
  });
}

TEST_P(Engines, keep_nothing_of_a_unit_that_declines_or_throws) {
  EXPECT_EQ(database().write(tenant_, [](Connection& c) {
    c.execute(insert_id, 1);
    return Outcome::rollback;
  }), Outcome::rollback);
  struct Stop {};
  EXPECT_THROW(database().write(tenant_, [](Connection& c) -> Outcome {
    c.execute(insert_id, 2);
    throw Stop{};
  }), Stop);
  EXPECT_EQ(rows_stored(), 0);
  write([](Connection& c) { c.execute(insert_id, 3); });
  EXPECT_EQ(ask(ids).integer(0, 0), 3);
}

TEST_P(Engines, name_statement_and_constraint_in_an_error_and_never_a_value) {
  write([](Connection& c) { c.execute(insert_id, 424'242); });
  for (const std::int64_t bad : {std::int64_t{424'242}, std::int64_t{7'654'321}}) {
    try {
      write([&](Connection& c) { c.execute(insert_id, bad); });
      FAIL() << "the constraint let it pass";
    } catch (const EngineError& error) {
      EXPECT_EQ(error.kind(), EngineError::Kind::constraint);
      EXPECT_TRUE(std::string(error.what()).contains("t.insert_id")) << error.what();
      EXPECT_FALSE(std::string(error.what()).contains(std::to_string(bad))) << error.what();
    }
  }
  EXPECT_EQ(rows_stored(), 1);
}

TEST_P(Engines, show_a_queued_statements_failure_at_the_commit_at_the_latest) {
  write([](Connection& c) { c.execute(insert_id, 1); });
  EXPECT_THROW(write([](Connection& c) {
    c.enqueue(insert_id, 2);
    c.enqueue(insert_id, 1);
    c.enqueue(insert_id, 3);
  }), EngineError);
  EXPECT_EQ(rows_stored(), 1);
}

// Holds the engine still while units pile up, so that they end up in one group.
TEST_P(Engines, let_a_failing_unit_of_a_group_fail_alone) {
  constexpr int units = 60;
  std::latch all_ended(units + 1);
  std::atomic<bool> release{false};
  std::atomic<int> committed{0}, thrown{0}, declined{0};
  database().submit({tenant_, [&](Connection&) {
    while (!release) std::this_thread::yield();
    return Outcome::commit;
  }, [&](Outcome, std::exception_ptr) { all_ended.count_down(); }});
  for (int i = 0; i < units; ++i) {
    database().submit({tenant_, [i](Connection& c) {
      c.execute(insert_id, i);
      if (i % 3 == 1) c.execute(insert_id, i);  // violates the key
      return i % 3 == 2 ? Outcome::rollback : Outcome::commit;
    }, [&](Outcome outcome, std::exception_ptr error) {
      ++(error ? thrown : outcome == Outcome::commit ? committed : declined);
      all_ended.count_down();
    }});
  }
  release = true;
  all_ended.wait();
  EXPECT_EQ(committed, 20);
  EXPECT_EQ(thrown, 20);
  EXPECT_EQ(declined, 20);
  const Rows kept = ask(ids);
  ASSERT_EQ(kept.size(), 20u);
  for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept.integer(i, 0) % 3, 0);
}

TEST_P(Engines, read_one_snapshot_however_much_is_written_meanwhile) {
  write([](Connection& c) { c.execute(insert_id, 1); });
  database().read([&](Connection& reader) {
    EXPECT_EQ(reader.query(count).integer(0, 0), 1);
    std::thread([&] { write([](Connection& c) { c.execute(insert_id, 2); }); }).join();
    EXPECT_EQ(reader.query(count).integer(0, 0), 1);
  });
  EXPECT_EQ(rows_stored(), 2);
}

TEST_P(Engines, write_nothing_from_a_read) {
  EXPECT_THROW(database().read([](Connection& c) { c.execute(insert_id, 1); }), EngineError);
  EXPECT_EQ(rows_stored(), 0);
}

TEST_P(Engines, see_in_a_read_what_was_committed_before_it) {
  for (int i = 0; i < 50; ++i) {
    write([i](Connection& c) { c.execute(insert_id, i); });
    ASSERT_EQ(rows_stored(), i + 1);
  }
}

TEST_P(Engines, serve_many_threads_without_losing_or_doubling_a_unit) {
  constexpr int threads = 16, each = 40;
  std::vector<std::thread> writers;
  for (int t = 0; t < threads; ++t) {
    writers.emplace_back([&, t] {
      const auto tenant = new_id<TenantId>();
      for (int i = 0; i < each; ++i) {
        database().write(tenant, [&](Connection& c) {
          c.enqueue(insert_id, t * each + i);
          return Outcome::commit;
        });
        if (i % 8 == 0) database().read([](Connection& c) { EXPECT_GT(c.query(count).integer(0, 0), 0); });
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(rows_stored(), threads * each);
  const Counters counters = database().counters();
  EXPECT_EQ(counters.units, threads * each + 1);
  EXPECT_LE(counters.commits, counters.units);
  EXPECT_EQ(counters.waiting, 0);
}

TEST_P(Engines, finish_what_is_queued_before_they_close) {
  std::atomic<int> ended{0};
  for (int i = 0; i < 200; ++i)
    database().submit({tenant_, [i](Connection& c) {
      c.enqueue(insert_id, i);
      return Outcome::commit;
    }, [&](Outcome outcome, std::exception_ptr) { ended += outcome == Outcome::commit; }});
  store().close();
  EXPECT_EQ(ended, 200);
  store().reopen();
  EXPECT_EQ(rows_stored(), 200);
}

class EnginesClock : public testing::EngineTest {
 protected:
  const SystemClock* clock() override { return &clock_; }
  SystemClock clock_;
};
SEALBOOK_ON_BOTH_ENGINES(EnginesClock);

TEST_P(EnginesClock, goes_forward_and_moves_with_the_offset) {
  const Instant first = database().now();
  EXPECT_LT(std::abs((first - SystemClock().now()).count()), 5'000'000);
  Instant last = first;
  for (int i = 0; i < 1'000; ++i) {
    const Instant now = database().now();
    EXPECT_GE(now + Micros(2'000), last);
    last = now;
  }
  clock_.set_offset(std::chrono::hours(24));
  EXPECT_NEAR(static_cast<double>((database().now() - last).count()), 86'400e6, 5e6);
}

}  // namespace
}  // namespace sealbook::sql
