// What doctor finds on an embedded instance that was made as `sealbook init` makes one.
#include "cli/checkup.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>

#include "app/accounts/tenants.hpp"
#include "app/perform.hpp"
#include "cli/instance.hpp"
#include "cli/server.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr sql::Statement remember_a_later_migration{"test.later_migration",
    "INSERT INTO schema_migrations (position, name, sha256, applied) VALUES (99, '0099_from_the_future', $1, 0)"};
constexpr sql::Statement forget_the_migrations{"test.forget_migrations", "DELETE FROM schema_migrations"};

class Checkup : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "checkup-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    config = default_config(folder_ / "instance");
    config.mode = Mode::test;
    config.environment = "test";
    config.origin = "checkup.example.test/journal";
    config.clock_file = config.dir / "clock";
    const auto made = Instance::initialise(config);
    ASSERT_TRUE(made) << made.error().detail << made.error().cause;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Opens the store as the server would, changes it, and closes it.
  void change_store(const sql::Statement& statement, std::initializer_list<sql::Value> values) {
    const auto instance = Instance::open(config);
    ASSERT_TRUE(instance) << instance.error().detail;
    (*instance)->app().store.database().write(TenantId(), [&](sql::Connection& connection) {
      connection.enqueue(statement, std::span<const sql::Value>(values.begin(), values.size()));
      return sql::Outcome::commit;
    });
  }

  // The worst verdict of a check, with its sentence.
  CheckResult worst(std::string_view id) {
    CheckResult found{std::string(id), Verdict::ok, "there is no such check", {}, false};
    for (const CheckResult& result : check_instance(config))
      if (result.id == id && result.verdict >= found.verdict) found = result;
    return found;
  }
  std::vector<std::string> failures() {
    std::vector<std::string> ids;
    for (const CheckResult& result : check_instance(config))
      if (result.verdict == Verdict::fail && result.id != "core_dumps") ids.push_back(result.id);
    return ids;
  }

  Config config;

 private:
  fs::path folder_;
};

TEST_F(Checkup, finds_nothing_wrong_with_a_new_instance) {
  EXPECT_EQ(failures(), std::vector<std::string>());
  EXPECT_NE(worst("store.stamp").detail.find("mode test"), std::string::npos);
}

TEST_F(Checkup, names_a_store_that_a_newer_program_made) {
  change_store(remember_a_later_migration, {ByteView(Hash256{})});
  const auto found = worst("store.migrations");
  EXPECT_EQ(found.verdict, Verdict::fail);
  EXPECT_NE(found.detail.find("0099_from_the_future"), std::string::npos) << found.detail;
  EXPECT_FALSE(found.next.empty());
  // And a start says the same.
  const auto opened = Instance::open(config);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::unavailable);
  EXPECT_EQ(opened.error().detail, found.detail);
}

TEST_F(Checkup, warns_of_migrations_that_are_pending) {
  change_store(forget_the_migrations, {});
  EXPECT_EQ(worst("store.migrations").verdict, Verdict::warn);
}

TEST_F(Checkup, sees_a_clock_that_was_set_back) {
  std::ofstream(config.clock_file) << "-7200\n";
  EXPECT_EQ(worst("clock").verdict, Verdict::fail);
  std::ofstream(config.clock_file) << "7200\n";
  EXPECT_EQ(worst("clock").verdict, Verdict::ok);
}

TEST_F(Checkup, names_another_environment_before_anything_else_is_opened) {
  config.environment = "other";
  const auto ids = failures();
  EXPECT_EQ(std::ranges::count(ids, "keyring"), 1) << worst("keyring").detail;
}

TEST_F(Checkup, names_another_mode) {
  config.mode = Mode::demo;
  EXPECT_EQ(failures(), std::vector<std::string>{"store.stamp"});
}

TEST_F(Checkup, says_why_each_part_stays_closed) {
  fs::remove(config.key_file);
  EXPECT_EQ(failures(), (std::vector<std::string>{"key_file", "keyring", "store"}));
}

TEST_F(Checkup, names_a_missing_store_and_a_plain_one) {
  fs::remove(config.store_file);
  EXPECT_EQ(failures(), std::vector<std::string>{"store"});
  std::ofstream(config.store_file) << std::string("SQLite format 3\0", 16) << std::string(8192, 'x');
  const auto found = worst("store");
  EXPECT_EQ(found.verdict, Verdict::fail);
  EXPECT_NE(found.detail.find("damaged"), std::string::npos) << found.detail;
}

TEST_F(Checkup, sees_that_the_journal_is_gone) {
  {
    const auto instance = Instance::open(config);
    ASSERT_TRUE(instance);
    auto ctx = app::operator_context((*instance)->app());  // a change is journaled, and the end publishes it
    ASSERT_TRUE(app::perform(ctx, app::create_tenant(ctx, {"checkup", "Checkup", "Your clinic", "", {app::Regime::baseline}})));
  }
  ASSERT_EQ(worst("journal.head").verdict, Verdict::ok) << worst("journal.head").detail;
  ASSERT_TRUE(fs::exists(config.audit_folder / "logs" / "checkpoint"));
  fs::remove_all(config.audit_folder);
  const auto found = worst("journal.head");
  EXPECT_EQ(found.verdict, Verdict::fail);
  EXPECT_NE(found.detail.find("it is gone"), std::string::npos) << found.detail;
}

TEST_F(Checkup, sees_that_a_public_key_was_replaced) {
  std::ofstream(config.dir / "journal.pub") << audit::NoteKey{config.origin, {1, 2, 3}}.text() << "\n";
  EXPECT_EQ(worst("journal.key").verdict, Verdict::fail);
}

TEST_F(Checkup, asks_that_no_core_file_can_be_left) {
  EXPECT_EQ(worst("core_dumps").verdict, Verdict::fail);  // a test program is an ordinary process
}

}  // namespace
}  // namespace sealbook::cli
