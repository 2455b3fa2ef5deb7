#include "volume.hpp"

#include <gtest/gtest.h>
#include <linux/fs.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

namespace powercut {
namespace {

namespace fs = std::filesystem;

class VolumeTest : public testing::Test {
 protected:
  VolumeTest() {
    std::string pattern = (fs::temp_directory_path() / "powercut-volume-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~VolumeTest() override { fs::remove_all(folder_); }

  void clear() {
    for (const auto& entry : fs::directory_iterator(folder_)) fs::remove_all(entry.path());
  }
  void durable(const std::string& name, std::string_view text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  // Nothing when the file is not there.
  std::optional<std::string> survivor(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  static Node& root(Volume& v) { return *v.find(root_node); }
  static Node& file(Volume& v, std::string_view name, std::string_view text) {
    auto& node = **v.make(root(v), name, S_IFREG | 0600, 0, 0);
    v.write(node, 0, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    return node;
  }
  std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      all.insert(entry.path().lexically_relative(folder_).string());
    return all;
  }

  // Replaces "state" by the usual steps, some of which may be left out; then the power fails.
  enum Step : unsigned { sync_file = 1, sync_folder = 2 };
  std::set<std::optional<std::string>> replaced(unsigned steps, VolumeRules rules = {}) {
    std::set<std::optional<std::string>> all;
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
      clear();
      durable("state", "old");
      Volume v(folder_, rules);
      auto& node = file(v, "state.new", "new");
      if ((steps & sync_file) != 0) v.sync_file(node);
      EXPECT_TRUE(v.rename(root(v), "state.new", root(v), "state", 0));
      if ((steps & sync_folder) != 0) v.sync_folder(root(v));
      Luck luck(seed);
      v.cut(luck);
      all.insert(survivor("state"));
    }
    return all;
  }

  fs::path folder_;
};

using Outcomes = std::set<std::optional<std::string>>;

TEST_F(VolumeTest, a_file_replaced_with_both_syncs_is_the_new_one) {
  EXPECT_EQ(replaced(sync_file | sync_folder), (Outcomes{"new"}));
}

TEST_F(VolumeTest, without_the_folders_sync_it_is_the_old_or_the_new_one) {
  EXPECT_EQ(replaced(sync_file), (Outcomes{"old", "new"}));
}

TEST_F(VolumeTest, without_the_files_sync_it_may_be_empty) {
  const auto found = replaced(sync_folder);
  EXPECT_TRUE(found.contains(""));
  EXPECT_TRUE(found.contains("new"));
  EXPECT_FALSE(found.contains("old"));
}

TEST_F(VolumeTest, with_fsync_ignored_even_the_careful_lose) {
  const auto found = replaced(sync_file | sync_folder, {.ignore_fsync = true});
  EXPECT_TRUE(found.contains("old"));
  EXPECT_TRUE(found.contains(""));
  EXPECT_TRUE(found.contains("new"));
}

TEST_F(VolumeTest, a_synced_file_in_an_unsynced_folder_may_have_no_name) {
  std::set<bool> strict;
  std::set<bool> following;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    for (const bool follows : {false, true}) {
      clear();
      Volume v(folder_, {.names_follow_files = follows});
      v.sync_file(file(v, "a", "text"));
      Luck luck(seed);
      v.cut(luck);
      (follows ? following : strict).insert(survivor("a").has_value());
    }
  }
  EXPECT_EQ(strict, (std::set<bool>{false, true}));
  EXPECT_EQ(following, std::set<bool>{true});
}

TEST_F(VolumeTest, keeps_everything_when_the_power_stays) {
  durable("d/old", "old");
  Volume v(folder_, {});
  auto& d = **v.lookup(root(v), "d");
  file(v, "a", "text");
  ASSERT_TRUE(v.rename(root(v), "a", d, "b", 0));
  ASSERT_TRUE(v.link(**v.lookup(d, "b"), root(v), "c"));
  ASSERT_TRUE(v.make(root(v), "l", S_IFLNK | 0777, 0, 0, "d/b"));
  ASSERT_TRUE(v.remove(d, "old", false));
  v.keep_everything();

  EXPECT_EQ(names(), (std::set<std::string>{"c", "d", "d/b", "l"}));
  EXPECT_EQ(survivor("l"), "text");
  EXPECT_EQ(fs::hard_link_count(folder_ / "c"), 2U);
}

TEST_F(VolumeTest, what_survives_can_be_mounted_and_cut_again) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Volume v(folder_, {});
    auto& node = file(v, "n" + std::to_string(seed), "text");
    v.sync_file(node);
    v.sync_folder(root(v));
    file(v, "u" + std::to_string(seed), "unsynced");
    Luck luck(seed);
    v.cut(luck);
    for (std::uint64_t i = 1; i <= seed; ++i) ASSERT_EQ(survivor("n" + std::to_string(i)), "text");
  }
  for (const auto& name : names()) EXPECT_FALSE(name.starts_with(".")) << name;
}

TEST_F(VolumeTest, the_same_seed_leaves_the_same_tree) {
  const auto once = [&](std::uint64_t seed) {
    clear();
    durable("a", "a");
    Volume v(folder_, {});
    for (int i = 0; i < 10; ++i) file(v, "f" + std::to_string(i), "text");
    Luck luck(seed);
    const auto lines = v.cut(luck).lines;
    return std::pair(names(), lines);
  };
  for (std::uint64_t seed = 1; seed <= 10; ++seed) EXPECT_EQ(once(seed), once(seed));
}

TEST_F(VolumeTest, says_what_it_dropped) {
  Volume v(folder_, {.ignore_fsync = true});
  file(v, "a", std::string(10 * page_size, 'x'));
  Luck luck(4);
  const auto report = v.cut(luck);

  EXPECT_EQ(report.pages_unsynced, 10U);
  EXPECT_EQ(report.pages_kept + report.pages_lost, 10U);
  EXPECT_EQ(report.names_kept + report.names_lost, 1U);
  ASSERT_FALSE(report.lines.empty());
  EXPECT_TRUE(report.lines[0].starts_with("a: 10 unsynced pages")) << report.lines[0];
}

TEST_F(VolumeTest, refuses_what_posix_refuses) {
  Volume v(folder_, {});
  auto& d = **v.make(root(v), "d", S_IFDIR | 0700, 0, 0);
  auto& e = **v.make(d, "e", S_IFDIR | 0700, 0, 0);
  file(v, "f", "text");

  EXPECT_EQ(v.make(root(v), "f", S_IFREG | 0600, 0, 0).error(), EEXIST);
  EXPECT_EQ(v.lookup(root(v), "g").error(), ENOENT);
  EXPECT_EQ(v.remove(root(v), "d", true).error(), ENOTEMPTY);
  EXPECT_EQ(v.remove(root(v), "d", false).error(), EISDIR);
  EXPECT_EQ(v.remove(root(v), "f", true).error(), ENOTDIR);
  EXPECT_EQ(v.rename(root(v), "d", e, "d", 0).error(), EINVAL);
  EXPECT_EQ(v.rename(root(v), "f", root(v), "d", 0).error(), EISDIR);
  EXPECT_EQ(v.rename(root(v), "d", root(v), "f", 0).error(), ENOTDIR);
  EXPECT_EQ(v.rename(root(v), "f", d, "e", RENAME_NOREPLACE).error(), EEXIST);
  EXPECT_EQ(v.link(d, root(v), "again").error(), EPERM);
}

TEST_F(VolumeTest, an_unlinked_file_can_still_be_written_by_who_has_it_open) {
  Volume v(folder_, {});
  auto& node = file(v, "a", "text");
  ASSERT_TRUE(v.remove(root(v), "a", false));
  EXPECT_EQ(node.links, 0U);
  v.write(node, 4, {reinterpret_cast<const std::uint8_t*>("more"), 4});
  EXPECT_EQ(node.pages->size(), 8U);
  v.keep_everything();
  EXPECT_TRUE(names().empty());
}

TEST_F(VolumeTest, exchanging_two_files_swaps_them_or_does_not) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    clear();
    durable("a", "1");
    durable("b", "2");
    Volume v(folder_, {});
    ASSERT_TRUE(v.rename(root(v), "a", root(v), "b", RENAME_EXCHANGE));
    Luck luck(seed);
    v.cut(luck);
    EXPECT_TRUE((survivor("a") == "1" && survivor("b") == "2") || (survivor("a") == "2" && survivor("b") == "1"));
  }
}

}  // namespace
}  // namespace powercut
