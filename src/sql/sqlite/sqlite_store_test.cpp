// What only the embedded engine promises: pages that open with the key alone, one process, groups.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <iterator>
#include <latch>
#include <thread>

#include "base/random.hpp"
#include "sql/testing/test_database.hpp"

namespace sealbook::sql {
namespace {

constexpr Statement make_table{"t.make", "CREATE TABLE t (id INTEGER PRIMARY KEY, body BYTEA)"};
constexpr Statement insert{"t.insert", "INSERT INTO t (id, body) VALUES ($1, $2)"};
constexpr Statement count{"t.count", "SELECT count(*) FROM t"};
constexpr Statement total{"t.total", "SELECT sum(length(body)) FROM t"};
constexpr std::string_view canary = "Garnet Quillfeather 555-0142";

class SqliteStore : public ::testing::Test {
 protected:
  void SetUp() override {
    write([](Connection& c) { c.execute(make_table); });
  }
  void write(std::function<void(Connection&)> work) { write_to(store_.database(), std::move(work)); }
  static void write_to(Database& database, std::function<void(Connection&)> work) {
    database.write(TenantId{}, [&](Connection& c) {
      work(c);
      return Outcome::commit;
    });
  }
  std::int64_t rows() {
    std::int64_t n = 0;
    store_.database().read([&](Connection& c) { n = c.query(count).integer(0, 0); });
    return n;
  }
  std::filesystem::path file() const { return store_.folder() / "store.db"; }
  static Bytes content(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  EngineError::Kind refusal(SqliteConfig config) {
    try {
      open_sqlite(std::move(config));
    } catch (const EngineError& error) {
      return error.kind();
    }
    ADD_FAILURE() << "it opened";
    return EngineError::Kind::other;
  }
  testing::TestDatabase store_{Engine::sqlite};
};

TEST_F(SqliteStore, keeps_no_plain_byte_of_a_row_in_file_log_or_any_other_file) {
  write([](Connection& c) { c.execute(insert, 1, as_bytes(canary)); });
  const auto search = [&] {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(store_.folder())) {
      EXPECT_FALSE(as_text(content(entry.path())).contains("Quillfeather")) << entry.path();
      EXPECT_FALSE(as_text(content(entry.path())).contains("CREATE TABLE")) << entry.path();
      ++files;
    }
    return files;
  };
  EXPECT_GE(search(), 3);  // file, log, log's index
  store_.close();
  EXPECT_GE(search(), 1);
  EXPECT_EQ(std::filesystem::status(file()).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

// An independent reading of page 1, as SQLCipher 4 lays it out: the page key is the given key itself,
// and HMAC-SHA-512 under PBKDF2(key, salt ^ 0x3a, 2 rounds) covers ciphertext, IV and page number.
TEST_F(SqliteStore, authenticates_pages_with_the_raw_key_and_no_passphrase) {
  write([](Connection& c) { c.execute(insert, 1, as_bytes(canary)); });
  const Secret key = store_.sqlite_config().key.clone();
  store_.close();
  const Bytes page = content(file());
  ASSERT_GE(page.size(), 4096u);
  constexpr std::size_t size = 4096, reserved = 80, plain_head = 24;
  Bytes salt(page.begin(), page.begin() + 16);
  for (auto& byte : salt) byte ^= 0x3a;
  std::array<std::uint8_t, 32> mac_key;
  const auto raw = key.expose();
  ASSERT_EQ(PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(raw.data()), 32, salt.data(), 16, 2, EVP_sha512(), 32,
                              mac_key.data()), 1);
  Bytes covered(page.begin() + plain_head, page.begin() + size - reserved + 16);
  append(covered, Bytes{1, 0, 0, 0});
  std::array<std::uint8_t, 64> mac;
  HMAC(EVP_sha512(), mac_key.data(), 32, covered.data(), covered.size(), mac.data(), nullptr);
  EXPECT_TRUE(std::equal(mac.begin(), mac.end(), page.begin() + size - 64));

  Bytes body(page.begin() + plain_head, page.begin() + size - reserved);
  EVP_CIPHER_CTX* cipher = EVP_CIPHER_CTX_new();
  EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), nullptr, raw.data(), page.data() + size - reserved);
  EVP_CIPHER_CTX_set_padding(cipher, 0);
  Bytes plain(body.size() + 16);
  int written = 0;
  EXPECT_EQ(EVP_DecryptUpdate(cipher, plain.data(), &written, body.data(), static_cast<int>(body.size())), 1);
  EVP_CIPHER_CTX_free(cipher);
  EXPECT_TRUE(as_text(plain).contains("CREATE TABLE t"));
}

TEST_F(SqliteStore, refuses_a_wrong_key_a_plain_database_and_a_file_that_is_none) {
  store_.close();
  SqliteConfig wrong = store_.sqlite_config();
  wrong.key = Secret(ByteView(random_array<32>()));
  EXPECT_EQ(refusal(std::move(wrong)), EngineError::Kind::wrong_key);
  SqliteConfig other_cipher = store_.sqlite_config();
  other_cipher.cipher = PageCipher::aegis;
  EXPECT_EQ(refusal(std::move(other_cipher)), EngineError::Kind::wrong_key);
  store_.reopen();  // none of that harmed it
  store_.close();

  std::ofstream(file(), std::ios::binary) << std::string("SQLite format 3\0", 16) << std::string(4080, '\1');
  EXPECT_EQ(refusal(store_.sqlite_config()), EngineError::Kind::corrupt);
  std::ofstream(file(), std::ios::binary) << "hello";
  EXPECT_EQ(refusal(store_.sqlite_config()), EngineError::Kind::corrupt);
  std::filesystem::remove(file());
  SqliteConfig existing = store_.sqlite_config();
  existing.mode = SqliteConfig::Mode::existing;
  EXPECT_EQ(refusal(std::move(existing)), EngineError::Kind::io);
}

TEST_F(SqliteStore, finds_a_page_that_somebody_changed) {
  write([](Connection& c) {
    for (int i = 0; i < 200; ++i) c.execute(insert, i, Bytes(400, 7));
  });
  store_.close();
  {
    std::fstream out(file(), std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(5 * 4096 + 1000);
    out.put('\x5a');
  }
  store_.reopen();
  try {
    store_.database().read([](Connection& c) { c.query(total); });
    FAIL() << "the changed page was believed";
  } catch (const EngineError& error) {
    EXPECT_EQ(error.kind(), EngineError::Kind::corrupt) << error.what();
  }
}

TEST_F(SqliteStore, belongs_to_one_process_but_lets_a_reading_tool_beside_it) {
  write([](Connection& c) { c.execute(insert, 1, as_bytes(canary)); });
  EXPECT_EQ(refusal(store_.sqlite_config()), EngineError::Kind::busy);
  SqliteConfig tool = store_.sqlite_config();
  tool.mode = SqliteConfig::Mode::reader;
  const auto reader = open_sqlite(std::move(tool));
  reader->read([](Connection& c) { EXPECT_EQ(c.query(count).integer(0, 0), 1); });
  EXPECT_THROW(write_to(*reader, [](Connection& c) { c.execute(insert, 2, Bytes{}); }), EngineError);
  write([](Connection& c) { c.execute(insert, 2, Bytes{}); });
  EXPECT_EQ(rows(), 2);
  store_.close();
  store_.reopen();
}

TEST_F(SqliteStore, is_unwrapped_into_a_plain_file_on_demand) {
  write([](Connection& c) { c.execute(insert, 1, as_bytes(canary)); });
  const auto out = store_.folder() / "plain.db";
  write_plain_copy(store_.sqlite_config(), out);
  const Bytes plain = content(out);
  EXPECT_TRUE(as_text(plain).starts_with("SQLite format 3"));
  EXPECT_TRUE(as_text(plain).contains(canary));
  EXPECT_THROW(write_plain_copy(store_.sqlite_config(), out), EngineError);
  EXPECT_EQ(rows(), 1);
}

TEST_F(SqliteStore, works_with_the_faster_cipher_too) {
  SqliteConfig config = store_.sqlite_config();
  config.file = store_.folder() / "aegis.db";
  config.cipher = PageCipher::aegis;
  const SqliteConfig again{.file = config.file, .key = config.key.clone(), .cipher = PageCipher::aegis};
  {
    const auto database = open_sqlite(std::move(config));
    write_to(*database, [](Connection& c) {
      c.execute(make_table);
      c.execute(insert, 1, as_bytes(canary));
    });
  }
  EXPECT_FALSE(as_text(content(again.file)).contains("Quillfeather"));
  const auto database = open_sqlite({.file = again.file, .key = again.key.clone(), .cipher = again.cipher});
  database->read([](Connection& c) { EXPECT_EQ(c.query(count).integer(0, 0), 1); });
}

TEST_F(SqliteStore, says_that_it_is_full_and_goes_on_with_what_fits) {
  store_.close();
  SqliteConfig config = store_.sqlite_config();
  config.page_limit = 60;
  const auto database = open_sqlite(std::move(config));
  int stored = 0;
  try {
    for (; stored < 1'000; ++stored)
      write_to(*database, [&](Connection& c) { c.execute(insert, stored, Bytes(4'000, 1)); });
    FAIL() << "there was no limit";
  } catch (const EngineError& error) {
    EXPECT_EQ(error.kind(), EngineError::Kind::full) << error.what();
  }
  database->read([&](Connection& c) { EXPECT_EQ(c.query(count).integer(0, 0), stored); });
  write_to(*database, [&](Connection& c) { c.execute(Statement{"t.clear", "DELETE FROM t"}); });
  write_to(*database, [&](Connection& c) { c.execute(insert, 1, Bytes(4'000, 1)); });
  database->read([&](Connection& c) { EXPECT_EQ(c.query(count).integer(0, 0), 1); });
}

// Every unit of the group that met the full disk is told so; none is stored, none is half stored.
TEST_F(SqliteStore, tells_a_whole_group_when_the_disk_is_full) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  write([](Connection& c) { c.execute(insert, 1, Bytes(10, 1)); });
  const rlimit small{std::filesystem::file_size(store_.folder() / "store.db-wal") + 100'000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  constexpr int units = 64;
  std::latch ended(units);
  std::atomic<int> full{0}, stored{0};
  for (int i = 0; i < units; ++i)
    store_.database().submit({TenantId{}, [i](Connection& c) {
      c.execute(insert, 100 + i, Bytes(20'000, 1));
      return Outcome::commit;
    }, [&](Outcome outcome, std::exception_ptr error) {
      if (outcome == Outcome::commit) ++stored;
      try {
        if (error) std::rethrow_exception(error);
      } catch (const EngineError& e) {
        EXPECT_EQ(e.kind(), EngineError::Kind::full) << e.what();
        ++full;
      }
      ended.count_down();
    }});
  ended.wait();
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_GT(full, 0);
  EXPECT_EQ(full + stored, units);
  EXPECT_EQ(rows(), 1 + stored);
  write([](Connection& c) { c.execute(insert, 2, Bytes(20'000, 1)); });  // room again: it goes on
  store_.reopen();
  EXPECT_EQ(rows(), 2 + stored);
}

TEST_F(SqliteStore, commits_what_is_queued_together_in_fair_turns_and_answers_in_order) {
  const auto loud = new_id<TenantId>(), quiet = new_id<TenantId>();
  std::atomic<bool> running{false}, release{false};
  std::vector<int> order;  // of the writer's thread
  std::latch ended(101);
  const auto commits_before = store_.database().counters().commits;
  const auto submit = [&](const TenantId& tenant, int number) {
    store_.database().submit({tenant, [&, number](Connection& c) {
      running = true;
      while (number == 0 && !release) std::this_thread::yield();
      c.execute(insert, number, Bytes{});
      return Outcome::commit;
    }, [&, number](Outcome, std::exception_ptr) {
      order.push_back(number);
      ended.count_down();
    }});
  };
  submit(loud, 0);
  while (!running) std::this_thread::yield();
  for (int i = 1; i <= 80; ++i) submit(loud, i);
  for (int i = 1'001; i <= 1'020; ++i) submit(quiet, i);
  release = true;
  ended.wait();
  // After the first, the two tenants' units alternate until the quiet one has none left.
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(order[static_cast<std::size_t>(1 + 2 * i)], 1 + i);
    EXPECT_EQ(order[static_cast<std::size_t>(2 + 2 * i)], 1'001 + i);
  }
  EXPECT_LT(store_.database().counters().commits - commits_before, 60);
  EXPECT_EQ(rows(), 101);
}

TEST_F(SqliteStore, refuses_when_too_many_wait) {
  store_.close();
  SqliteConfig config = store_.sqlite_config();
  config.queue_limit = 3;
  const auto database = open_sqlite(std::move(config));
  std::atomic<bool> running{false}, release{false};
  std::atomic<int> busy{0};
  std::latch ended(8);
  for (int i = 0; i < 8; ++i) {
    database->submit({TenantId{}, [&](Connection&) {
      running = true;
      while (!release) std::this_thread::yield();
      return Outcome::commit;
    }, [&](Outcome, std::exception_ptr error) {
      busy += error != nullptr;
      ended.count_down();
    }});
    while (i == 0 && !running) std::this_thread::yield();
  }
  release = true;
  ended.wait();
  EXPECT_EQ(busy, 4);
}

TEST_F(SqliteStore, fails_a_unit_with_a_broken_deferred_key_and_not_its_group) {
  write([](Connection& c) {
    c.run_script("CREATE TABLE child (id INTEGER PRIMARY KEY, parent BIGINT REFERENCES t (id) "
                 "DEFERRABLE INITIALLY DEFERRED)");
  });
  constexpr Statement adopt{"child.insert", "INSERT INTO child (parent) VALUES ($1)"};
  std::atomic<int> good{0}, bad{0};
  std::latch ended(20);
  for (int i = 0; i < 20; ++i)
    store_.database().submit({TenantId{}, [i, &adopt](Connection& c) {
      if (i % 2 == 0) c.execute(insert, i, Bytes{});
      c.execute(adopt, i);
      return Outcome::commit;
    }, [&](Outcome, std::exception_ptr error) {
      ++(error ? bad : good);
      ended.count_down();
    }});
  ended.wait();
  EXPECT_EQ(good, 10);
  EXPECT_EQ(bad, 10);
  EXPECT_EQ(rows(), 10);
}

TEST_F(SqliteStore, copies_a_grown_log_into_the_store_and_starts_it_over) {
  store_.close();
  SqliteConfig config = store_.sqlite_config();
  config.checkpoint_pages = 200;
  config.log_limit_pages = 1'000;
  config.batch_limit = 5;
  const auto database = open_sqlite(std::move(config));
  constexpr int units = 4'000;
  std::latch ended(units);
  for (int i = 0; i < units; ++i)
    database->submit({TenantId{}, [i](Connection& c) {
      c.execute(insert, i, Bytes(2'000, 2));
      return Outcome::commit;
    }, [&](Outcome, std::exception_ptr) { ended.count_down(); }});
  ended.wait();
  EXPECT_GT(database->counters().checkpoints, 3);
  // 800 commits of at least four pages each would be 13 MB of log had it not been started over.
  EXPECT_LT(std::filesystem::file_size(store_.folder() / "store.db-wal"), 8'000'000u);
  database->read([&](Connection& c) { EXPECT_EQ(c.query(total).integer(0, 0), 8'000'000); });
}

// The child acknowledges each unit over a pipe after its commit; then it is killed.
TEST_F(SqliteStore, keeps_all_that_was_acknowledged_by_a_process_that_was_killed) {
  store_.close();
  for (int round = 0; round < 3; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      const auto database = open_sqlite(store_.sqlite_config());
      for (std::int64_t i = 0;; ++i) {
        write_to(*database, [&](Connection& c) { c.execute(insert, round * 1'000'000 + i, Bytes(900, 3)); });
        if (::write(pipe_ends[1], &i, sizeof i) != sizeof i) _exit(1);
      }
    }
    close(pipe_ends[1]);
    std::int64_t acknowledged = -1;
    while (acknowledged < 100 + round * 57 && ::read(pipe_ends[0], &acknowledged, sizeof acknowledged) > 0) {}
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::int64_t last = acknowledged;  // more may have come before the end
    while (::read(pipe_ends[0], &last, sizeof last) > 0) {}
    close(pipe_ends[0]);

    store_.reopen();
    constexpr Statement in_round{"t.round", "SELECT count(*) FROM t WHERE id >= $1"};
    store_.database().read([&](Connection& c) {
      const auto stored = c.query(in_round, round * 1'000'000).integer(0, 0);
      EXPECT_GE(stored, last + 1);
      EXPECT_LE(stored, last + 2);  // committed, but killed before it could say so
    });
    store_.close();
  }
}

}  // namespace
}  // namespace sealbook::sql
