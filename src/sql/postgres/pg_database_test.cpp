// What only the PostgreSQL engine promises: conflicts stay inside, a lost server is told as it is.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <latch>
#include <thread>

#include "base/random.hpp"
#include "sql/postgres/pg_dsn.hpp"
#include "sql/testing/test_database.hpp"

namespace sealbook::sql {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr Statement make_table{"t.make", "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL DEFAULT 0)"};
constexpr Statement insert{"t.insert", "INSERT INTO t (id) VALUES ($1)"};
constexpr Statement raise{"t.raise", "UPDATE t SET n = n + 1 WHERE id = $1"};
constexpr Statement count{"t.count", "SELECT count(*) FROM t"};
constexpr Statement sum{"t.sum", "SELECT sum(n)::bigint FROM t"};
constexpr Statement own_pid{"t.pid", "SELECT 0", "SELECT pg_backend_pid()::bigint"};
constexpr Statement terminate{"t.terminate", "SELECT 0", "SELECT pg_terminate_backend($1::int)"};
constexpr Statement terminate_others{
    "t.terminate_others", "SELECT 0",
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name = 'sealbook' AND pid <> pg_backend_pid()"};

class Postgres : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::postgres_dsn()) GTEST_SKIP() << "SEALBOOK_TEST_POSTGRES is not set: no PostgreSQL to test on";
    store_.emplace(Engine::postgres);
    write([](Connection& c) { c.execute(make_table); });
  }
  void write(std::function<void(Connection&)> work) { write_to(store_->database(), std::move(work)); }
  static void write_to(Database& database, std::function<void(Connection&)> work) {
    database.write(TenantId{}, [&](Connection& c) {
      work(c);
      return Outcome::commit;
    });
  }
  static std::int64_t number(Database& database, const Statement& statement) {
    std::int64_t n = 0;
    database.read([&](Connection& c) { n = c.query(statement).integer(0, 0); });
    return n;
  }
  static EngineError::Kind failure(const std::function<void()>& what) {
    try {
      what();
    } catch (const EngineError& error) {
      return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return EngineError::Kind::other;
  }
  // Two units change the same two rows in opposite orders, each after the other has its first row.
  void cross(Database& database) {
    write([](Connection& c) {
      c.enqueue(insert, 1);
      c.enqueue(insert, 2);
    });
    std::barrier both(2);
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i)
      threads.emplace_back([&, i, first_run = true]() mutable {
        write_to(database, [&](Connection& c) {
          c.execute(raise, 1 + i);
          if (std::exchange(first_run, false)) both.arrive_and_wait();
          c.execute(raise, 2 - i);
        });
      });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(number(database, sum), 4);
    EXPECT_GT(database.counters().retries, 0);
  }
  std::optional<testing::TestDatabase> store_;
};

TEST_F(Postgres, runs_units_again_that_the_server_rolled_back_for_a_deadlock) {
  PostgresConfig config = store_->postgres_config();
  config.lock_timeout = 0ms;  // the server's own deadlock check, after a second
  cross(*open_postgres(std::move(config)));
}

TEST_F(Postgres, runs_units_again_that_wait_too_long_for_each_other) {
  cross(store_->database());
}

TEST_F(Postgres, gives_up_a_unit_that_meets_conflicts_without_end_as_busy) {
  PostgresConfig config = store_->postgres_config();
  config.attempts = 5;
  const auto database = open_postgres(std::move(config));
  write([](Connection& c) {
    c.run_script("CREATE FUNCTION never() RETURNS bigint LANGUAGE plpgsql AS "
                 "$$ BEGIN RAISE EXCEPTION 'never' USING ERRCODE = '40001'; END $$");
  });
  constexpr Statement never{"t.never", "SELECT never()"};
  int runs = 0;
  EXPECT_EQ(failure([&] {
    write_to(*database, [&](Connection& c) {
      ++runs;
      c.query(never);
    });
  }), EngineError::Kind::busy);
  EXPECT_EQ(runs, 5);
}

TEST_F(Postgres, runs_a_unit_again_even_if_it_swallowed_the_conflict) {
  write([](Connection& c) {
    c.run_script("CREATE SEQUENCE tries; CREATE FUNCTION twice() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN "
                 "IF nextval('tries') < 3 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END IF; "
                 "RETURN 1; END $$");
  });
  constexpr Statement twice{"t.twice", "SELECT twice()"};
  int runs = 0;
  write([&](Connection& c) {
    ++runs;
    try {
      c.query(twice);
    } catch (const EngineError&) {
    }
    return Outcome::commit;
  });
  EXPECT_EQ(runs, 3);
}

TEST_F(Postgres, counts_few_round_trips_for_a_unit) {
  const auto trips = [&](std::function<Outcome(Connection&)> work) {
    const auto before = store_->database().counters().round_trips;
    store_->database().write(TenantId{}, std::move(work));
    return store_->database().counters().round_trips - before;
  };
  EXPECT_EQ(trips([](Connection&) { return Outcome::commit; }), 0);
  EXPECT_EQ(trips([](Connection& c) { c.enqueue(insert, 1); return Outcome::commit; }), 1);
  EXPECT_EQ(trips([](Connection& c) { c.query(count); return Outcome::rollback; }), 1);
  // The shape of a booking: look at several things, insert what may conflict, add the rest.
  EXPECT_EQ(trips([](Connection& c) {
    const Connection::Call look[] = {{&count, {}}, {&sum, {}}, {&count, {}}};
    c.batch(look);
    c.execute(insert, 2);
    for (int i = 10; i < 16; ++i) c.enqueue(insert, i);
    return Outcome::commit;
  }), 3);
}

TEST_F(Postgres, stops_a_statement_that_takes_too_long) {
  PostgresConfig config = store_->postgres_config();
  config.statement_timeout = 200ms;
  const auto database = open_postgres(std::move(config));
  constexpr Statement sleep{"t.sleep", "SELECT count(pg_sleep(20))"};
  EXPECT_EQ(failure([&] { write_to(*database, [&](Connection& c) { c.query(sleep); }); }), EngineError::Kind::busy);
  write_to(*database, [](Connection& c) { c.execute(insert, 1); });
}

TEST_F(Postgres, names_the_column_whose_type_it_does_not_carry) {
  constexpr Statement numeric{"t.numeric", "SELECT 1::bigint, 1.5::numeric"};
  try {
    store_->database().read([&](Connection& c) { c.query(numeric); });
    FAIL();
  } catch (const EngineError& error) {
    EXPECT_TRUE(std::string(error.what()).contains("t.numeric: column 1")) << error.what();
  }
  EXPECT_EQ(number(store_->database(), count), 0);
}

TEST_F(Postgres, goes_on_after_the_server_dropped_idle_connections) {
  for (int round = 0; round < 3; ++round) {
    store_->database().read([](Connection& c) { c.query(terminate_others); });
    std::this_thread::sleep_for(50ms);
    for (int i = 0; i < 20; ++i) write([&](Connection& c) { c.enqueue(insert, round * 100 + i); });
  }
  EXPECT_EQ(number(store_->database(), count), 60);
  EXPECT_GT(store_->database().counters().reconnects, 0);
}

TEST_F(Postgres, runs_a_unit_again_whose_connection_was_lost_before_its_commit) {
  int runs = 0;
  write([&](Connection& c) {
    c.execute(insert, 1);
    if (++runs == 1) {
      const auto pid = c.query(own_pid).integer(0, 0);
      store_->database().read([&](Connection& other) { other.query(terminate, pid); });
    }
    c.execute(insert, 2);
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(number(store_->database(), count), 2);
}

TEST_F(Postgres, says_lost_when_nobody_knows_whether_the_commit_was_done) {
  // The commit takes long, because a deferred trigger sleeps in it; its connection is cut meanwhile.
  write([](Connection& c) {
    c.run_script("CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS "
                 "$$ BEGIN PERFORM pg_sleep(5); RETURN NULL; END $$; "
                 "CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED "
                 "FOR EACH ROW EXECUTE FUNCTION linger()");
  });
  std::atomic<std::int64_t> pid{0};
  std::atomic<int> runs{0};
  std::thread cutter([&] {
    while (pid == 0) std::this_thread::sleep_for(5ms);
    std::this_thread::sleep_for(300ms);
    store_->database().read([&](Connection& c) { c.query(terminate, pid.load()); });
  });
  EXPECT_EQ(failure([&] {
    write([&](Connection& c) {
      ++runs;
      c.execute(insert, 1);
      pid = c.query(own_pid).integer(0, 0);
    });
  }), EngineError::Kind::lost);
  cutter.join();
  EXPECT_EQ(runs, 1);
}

// A server of this test's own, to be stopped.
class OwnServer {
 public:
  OwnServer() : folder_(std::filesystem::temp_directory_path() / ("sealbook_server_" + to_hex(random_array<8>()))) {
    EXPECT_EQ(run("up"), 0);
  }
  ~OwnServer() {
    run("down");
    std::filesystem::remove_all(folder_);
  }
  int run(const std::string& verb) {
    return std::system(("scripts/postgres " + verb + " " + folder_.string() + " >/dev/null 2>&1").c_str());
  }
  PostgresConfig config() const {
    std::FILE* file = std::fopen((folder_ / "dsn").c_str(), "r");
    char dsn[200] = {};
    EXPECT_NE(std::fgets(dsn, sizeof dsn, file), nullptr);
    std::fclose(file);
    std::string_view text(dsn);
    text.remove_suffix(1);
    PostgresConfig config;
    config.dsn = Secret(as_bytes(text));
    return config;
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(Postgres, loses_nothing_it_acknowledged_when_the_server_crashes_and_recovers_by_itself) {
  OwnServer server;
  const auto database = open_postgres(server.config());
  write_to(*database, [](Connection& c) { c.execute(make_table); });
  std::atomic<bool> stop{false};
  std::atomic<int> acknowledged{0}, refused{0}, unknown{0};
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t)
    writers.emplace_back([&, t] {
      for (std::int64_t i = 0; !stop; ++i) {
        try {
          write_to(*database, [&](Connection& c) { c.enqueue(insert, t * 1'000'000 + i); });
          ++acknowledged;
        } catch (const EngineError& error) {
          EXPECT_EQ(error.kind(), EngineError::Kind::lost) << error.what();
          ++(std::string(error.what()).contains("no connection") ? refused : unknown);
          std::this_thread::sleep_for(5ms);
        }
      }
    });
  std::this_thread::sleep_for(400ms);
  EXPECT_EQ(server.run("stop-now"), 0);  // as a crash: nobody is told, nothing is flushed
  std::this_thread::sleep_for(300ms);
  const int before = acknowledged;
  EXPECT_EQ(server.run("start"), 0);
  const auto deadline = Steady::now() + 15s;
  while (acknowledged < before + 50 && Steady::now() < deadline) std::this_thread::sleep_for(20ms);
  stop = true;
  for (auto& writer : writers) writer.join();
  EXPECT_GE(acknowledged, before + 50);
  EXPECT_GT(refused, 0);
  const auto stored = number(*database, count);
  EXPECT_GE(stored, acknowledged);
  EXPECT_LE(stored, acknowledged + unknown);
}

TEST(PostgresDsn, asks_for_tls_unless_every_host_is_this_machine) {
  const auto mode = [](std::string_view dsn) -> std::string {
    const auto settings = pg_settings(dsn);
    if (!settings) return "refused";
    for (const auto& [keyword, value] : *settings)
      if (keyword == "sslmode") return value;
    return "free";
  };
  EXPECT_EQ(mode("host=127.0.0.1 dbname=x"), "free");
  EXPECT_EQ(mode("postgresql://u:p@localhost:5432/x"), "free");
  EXPECT_EQ(mode("postgresql://[::1]/x?sslmode=disable"), "disable");
  EXPECT_EQ(mode("host=/run/postgresql dbname=x"), "free");
  EXPECT_EQ(mode("host=db.example.test"), "verify-full");
  EXPECT_EQ(mode("postgresql://db.example.test/x?sslmode=require"), "require");
  EXPECT_EQ(mode("host=db.example.test sslmode=verify-ca"), "verify-ca");
  for (const char* weak : {"disable", "allow", "prefer"})
    EXPECT_EQ(mode(std::string("host=db.example.test sslmode=") + weak), "refused") << weak;
  EXPECT_EQ(mode("host=127.0.0.1,db.example.test sslmode=prefer"), "refused");
  EXPECT_EQ(mode("host=localhost hostaddr=192.0.2.7 sslmode=prefer"), "refused");
  setenv("PGHOST", "db.example.test", 1);
  EXPECT_EQ(mode("dbname=x sslmode=disable"), "refused");
  unsetenv("PGHOST");
}

TEST(PostgresDsn, does_not_repeat_the_text_in_its_refusal) {
  const auto refused = check_postgres_dsn(Secret(as_bytes("host=127.0.0.1 password='hunter2 nonsense")));
  ASSERT_FALSE(refused);
  EXPECT_FALSE((refused.error().detail + refused.error().cause).contains("hunter2"));
}

TEST(PostgresDsn, is_carried_over_to_another_database) {
  const auto settings = pg_settings(with_database("postgresql://u:p%27%5C@127.0.0.1:5433/old", "new"));
  ASSERT_TRUE(settings);
  const auto has = [&](const char* keyword, const char* value) {
    return std::ranges::find(*settings, std::pair<std::string, std::string>(keyword, value)) != settings->end();
  };
  EXPECT_TRUE(has("dbname", "new") && has("password", "p'\\") && has("port", "5433") && has("user", "u"));
}

}  // namespace
}  // namespace sealbook::sql
