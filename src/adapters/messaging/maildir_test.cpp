#include "adapters/messaging/maildir.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace sealbook::adapters {
namespace {

namespace fs = std::filesystem;

class MaildirTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sealbook-maildir-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    fs::create_directories(folder / "new");
  }
  void TearDown() override { fs::remove_all(folder); }
  void put(const std::string& name, const std::string& text) {
    std::ofstream(folder / "new" / name) << text;
  }

  fs::path folder;
};

TEST_F(MaildirTest, hands_out_the_oldest_first_and_files_what_is_done) {
  put("2.b", "second");
  put("1.a", "first");
  Maildir maildir(folder);
  const auto first = *maildir.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->message.reveal(), "first");
  ASSERT_TRUE(maildir.done(*first));
  EXPECT_TRUE(fs::exists(folder / "cur" / "1.a:2,S"));
  EXPECT_EQ((*maildir.next())->message.reveal(), "second");
  EXPECT_FALSE(*maildir.next()) << "nothing else is new";
  EXPECT_EQ((*maildir.next())->message.reveal(), "second") << "what was not filed is shown again";
}

TEST_F(MaildirTest, links_and_folders_are_passed_over_and_long_mails_are_marked) {
  fs::create_symlink("/etc/hostname", folder / "new" / "1.link");
  fs::create_directories(folder / "new" / "2.folder");
  put("3.long", std::string(101, 'x'));
  Maildir maildir(folder, 100);
  const auto item = *maildir.next();
  ASSERT_TRUE(item);
  EXPECT_EQ(item->name, "3.long");
  EXPECT_TRUE(item->is_too_long);
  EXPECT_TRUE(item->message.reveal().empty());
}

TEST_F(MaildirTest, a_missing_folder_is_said) { EXPECT_FALSE(Maildir(folder / "none").next()); }

}  // namespace
}  // namespace sealbook::adapters
