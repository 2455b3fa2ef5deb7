// Proves the mounted file system for power cuts (tests/powercut): what was synced survives every cut,
// what was not is sometimes lost, and with fsync ignored the careful lose as well. SQLite runs on it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string powercut_program() {
  const char* build = std::getenv("SEALBOOK_BUILD");
  return fs::absolute(fs::path(build ? build : "build/release") / "powercut").string();
}

// What a child process tells before it dies: how far it got. Shared memory outlives the kill.
struct Progress {
  std::atomic<std::uint64_t> acknowledged = 0;
  std::atomic<std::uint64_t> errors = 0;
};

class PowerCut : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(fs::exists(powercut_program())) << "build the target powercut first";
    std::string pattern = (fs::temp_directory_path() / "prove-powercut-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    fs::create_directory(mounted());
    auto* shared = ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    progress_ = new (shared) Progress;
  }
  void TearDown() override {
    if (daemon_ > 0) stop();
    ::munmap(progress_, sizeof(Progress));
    fs::remove_all(folder_);
  }

  fs::path backing() const { return folder_ / "backing"; }
  fs::path mounted() const { return folder_ / "mounted"; }

  void start(std::vector<std::string> options) {
    fs::create_directories(backing());
    int out[2];
    ASSERT_EQ(::pipe2(out, O_CLOEXEC), 0);
    std::vector<std::string> words{powercut_program()};
    words.insert(words.end(), options.begin(), options.end());
    words.push_back(backing().string() + "=" + mounted().string());
    daemon_ = ::fork();
    ASSERT_GE(daemon_, 0);
    if (daemon_ == 0) {
      ::dup2(out[1], 1);
      std::vector<char*> raw;
      for (auto& word : words) raw.push_back(word.data());
      raw.push_back(nullptr);
      ::execv(raw[0], raw.data());
      ::_exit(127);
    }
    ::close(out[1]);
    output_ = ::fdopen(out[0], "r");
    ASSERT_EQ(read_line(), "ready");
  }

  std::string read_line() {
    std::string line;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) line += static_cast<char>(c);
    return line;
  }

  // Runs the work in a child until the power fails, some milliseconds in.
  void run_until_cut(const std::function<void(Progress&)>& work, std::chrono::milliseconds after) {
    progress_->acknowledged = 0;
    progress_->errors = 0;
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      work(*progress_);
      ::_exit(0);
    }
    std::this_thread::sleep_for(after);
    cut();
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    stop();
  }

  void cut() {
    ::kill(daemon_, SIGUSR1);
    for (cut_line_ = read_line(); !cut_line_.starts_with("cut ") && !std::feof(output_);) cut_line_ = read_line();
  }

  void stop() {
    ::kill(daemon_, SIGTERM);
    int status = 0;
    ::waitpid(daemon_, &status, 0);
    daemon_ = -1;
    std::fclose(output_);
    EXPECT_EQ(status, 0);
  }

  void clear() { fs::remove_all(backing()); }

  fs::path folder_;
  Progress* progress_ = nullptr;
  std::string cut_line_;

 private:
  pid_t daemon_ = -1;
  FILE* output_ = nullptr;
};

// Appends numbered records of 64 bytes, each durable before it is acknowledged.
void append_records(const fs::path& folder, Progress& progress) {
  const int log = ::open((folder / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  const int dir = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (log < 0 || dir < 0 || ::fsync(dir) != 0) return;
  for (std::uint64_t n = 1;; ++n) {
    char record[64];
    std::memset(record, 'a' + static_cast<int>(n % 26), sizeof record);
    std::memcpy(record, &n, sizeof n);
    if (::write(log, record, sizeof record) != sizeof record || ::fsync(log) != 0) {
      ++progress.errors;
      return;
    }
    progress.acknowledged = n;
  }
}

// How many records from the first on are whole.
std::uint64_t whole_records(const fs::path& folder) {
  std::ifstream in(folder / "log", std::ios::binary);
  char record[64];
  for (std::uint64_t n = 1;; ++n) {
    char expected[64];
    std::memset(expected, 'a' + static_cast<int>(n % 26), sizeof expected);
    std::memcpy(expected, &n, sizeof n);
    if (!in.read(record, sizeof record) || std::memcmp(record, expected, sizeof record) != 0) return n - 1;
  }
}

TEST_F(PowerCut, no_acknowledged_record_is_lost_in_thirty_cuts) {
  std::uint64_t most = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    clear();
    start({"--seed", std::to_string(seed)});
    run_until_cut([&](Progress& p) { append_records(mounted(), p); }, 20ms + seed * 3ms);
    const std::uint64_t acknowledged = progress_->acknowledged;
    ASSERT_GE(whole_records(backing()), acknowledged) << "seed " << seed;
    most = std::max(most, acknowledged);
  }
  EXPECT_GT(most, 20U) << "hardly anything was written";
}

TEST_F(PowerCut, with_fsync_ignored_acknowledged_records_are_lost) {
  int lost = 0;
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    clear();
    start({"--ignore-fsync", "--seed", std::to_string(seed)});
    run_until_cut([&](Progress& p) { append_records(mounted(), p); }, 50ms);
    lost += whole_records(backing()) < progress_->acknowledged ? 1 : 0;
  }
  EXPECT_GT(lost, 3);
  EXPECT_LT(lost, 15) << "some cuts are kind";
}

// Replaces a file over and over: write, fsync, rename, fsync of the folder.
void replace_state(const fs::path& folder, Progress& progress) {
  const int dir = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  for (std::uint64_t n = 1; dir >= 0; ++n) {
    const auto fresh = folder / "state.new";
    const int fd = ::open(fresh.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    const std::vector<std::uint64_t> content(3000, n);
    const auto size = content.size() * sizeof n;
    if (fd < 0 || ::write(fd, content.data(), size) != static_cast<ssize_t>(size) || ::fsync(fd) != 0) return;
    ::close(fd);
    if (::rename(fresh.c_str(), (folder / "state").c_str()) != 0 || ::fsync(dir) != 0) return;
    progress.acknowledged = n;
  }
}

TEST_F(PowerCut, a_replaced_file_is_whole_and_never_older_than_acknowledged) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    clear();
    start({"--seed", std::to_string(seed)});
    run_until_cut([&](Progress& p) { replace_state(mounted(), p); }, 20ms + seed * 3ms);
    const std::uint64_t acknowledged = progress_->acknowledged;
    ASSERT_GT(acknowledged, 0U);
    std::ifstream in(backing() / "state", std::ios::binary);
    std::vector<std::uint64_t> content(3000);
    ASSERT_TRUE(in.read(reinterpret_cast<char*>(content.data()), 24'000)) << "seed " << seed;
    EXPECT_GE(content.front(), acknowledged);
    for (const auto n : content) ASSERT_EQ(n, content.front()) << "seed " << seed;
  }
}

TEST_F(PowerCut, renames_that_were_not_synced_are_lost_or_kept_whole) {
  int kept = 0;
  int lost = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    clear();
    fs::create_directories(backing());
    std::ofstream(backing() / "a") << "text";
    start({"--seed", std::to_string(seed)});
    fs::rename(mounted() / "a", mounted() / "b");
    cut();
    stop();
    ASSERT_NE(fs::exists(backing() / "a"), fs::exists(backing() / "b")) << "seed " << seed;
    ++(fs::exists(backing() / "b") ? kept : lost);
  }
  EXPECT_GT(kept, 0);
  EXPECT_GT(lost, 0);
}

TEST_F(PowerCut, ends_every_call_after_the_cut_with_an_error) {
  start({});
  const int fd = ::open((mounted() / "a").c_str(), O_CREAT | O_WRONLY, 0600);
  ASSERT_GE(fd, 0);
  EXPECT_EQ(::write(fd, "x", 1), 1);
  cut();
  EXPECT_EQ(::write(fd, "x", 1), -1);
  EXPECT_EQ(errno, EIO);
  EXPECT_EQ(::fsync(fd), -1);
  EXPECT_LT(::open((mounted() / "b").c_str(), O_CREAT | O_WRONLY, 0600), 0);
  ::close(fd);
  stop();
  EXPECT_TRUE(cut_line_.contains("\"pages_unsynced\":1")) << cut_line_;
}

TEST_F(PowerCut, keeps_memory_mapped_writes_when_it_is_stopped_without_a_cut) {
  start({});
  const int fd = ::open((mounted() / "shared").c_str(), O_CREAT | O_RDWR, 0600);
  ASSERT_EQ(::ftruncate(fd, 8192), 0);
  auto* bytes = static_cast<char*>(::mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
  ASSERT_NE(bytes, MAP_FAILED);
  std::memcpy(bytes + 5000, "text", 4);
  ::munmap(bytes, 8192);
  ::close(fd);
  stop();
  std::ifstream in(backing() / "shared", std::ios::binary);
  const std::string all(std::istreambuf_iterator<char>(in), {});
  ASSERT_EQ(all.size(), 8192U);
  EXPECT_EQ(all.substr(5000, 4), "text");
}

// One writer with a write-ahead log and shared memory, a row per transaction.
void insert_rows(const fs::path& folder, Progress& progress) {
  sqlite3* db = nullptr;
  if (sqlite3_open((folder / "db").c_str(), &db) != SQLITE_OK) return;
  const char* set_up =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=20;"
      "CREATE TABLE IF NOT EXISTS t(n INTEGER PRIMARY KEY, filler BLOB);";
  if (sqlite3_exec(db, set_up, nullptr, nullptr, nullptr) != SQLITE_OK) return;
  // SQLite does not sync the folder for the main file.
  const int dir = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (dir < 0 || ::fsync(dir) != 0) return;
  for (std::uint64_t n = 1;; ++n) {
    const auto sql = "INSERT INTO t VALUES(" + std::to_string(n) + ", zeroblob(700))";
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      ++progress.errors;
      return;
    }
    progress.acknowledged = n;
  }
}

// The rows from the first on without a hole; nothing when the file is damaged.
std::optional<std::uint64_t> rows_of(const fs::path& folder) {
  sqlite3* db = nullptr;
  std::optional<std::uint64_t> rows;
  sqlite3_stmt* query = nullptr;
  const char* sql = "SELECT count(*), coalesce(max(n), 0), (SELECT integrity_check FROM pragma_integrity_check) FROM t";
  if (sqlite3_open((folder / "db").c_str(), &db) == SQLITE_OK &&
      sqlite3_prepare_v2(db, sql, -1, &query, nullptr) == SQLITE_OK && sqlite3_step(query) == SQLITE_ROW) {
    const auto* check = reinterpret_cast<const char*>(sqlite3_column_text(query, 2));
    if (check && std::strcmp(check, "ok") == 0 && sqlite3_column_int64(query, 0) == sqlite3_column_int64(query, 1))
      rows = static_cast<std::uint64_t>(sqlite3_column_int64(query, 0));
  }
  sqlite3_finalize(query);
  sqlite3_close(db);
  return rows;
}

TEST_F(PowerCut, sqlite_loses_no_commit_in_thirty_cuts) {
  std::uint64_t most = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    clear();
    start({"--seed", std::to_string(seed)});
    run_until_cut([&](Progress& p) { insert_rows(mounted(), p); }, 60ms + seed * 5ms);
    const std::uint64_t acknowledged = progress_->acknowledged;
    if (acknowledged == 0) continue;
    const auto rows = rows_of(backing());
    ASSERT_TRUE(rows) << "damaged, seed " << seed;
    ASSERT_GE(*rows, acknowledged) << "seed " << seed;
    ASSERT_LE(*rows, acknowledged + 1) << "seed " << seed;
    most = std::max(most, acknowledged);
  }
  EXPECT_GT(most, 30U) << "the log was never written back";
}

TEST_F(PowerCut, sqlite_loses_commits_or_its_file_when_fsync_is_ignored) {
  int bad = 0;
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    clear();
    start({"--ignore-fsync", "--seed", std::to_string(seed)});
    run_until_cut([&](Progress& p) { insert_rows(mounted(), p); }, 100ms);
    const auto rows = rows_of(backing());
    bad += !rows || *rows < progress_->acknowledged ? 1 : 0;
  }
  EXPECT_GT(bad, 3);
}

}  // namespace
