#include "adapters/messaging/mail_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "adapters/messaging/testing/permit.hpp"
#include "adapters/messaging/testing/sample_mail.hpp"

namespace sealbook::adapters {
namespace {

namespace fs = std::filesystem;

class MailFolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sealbook-mail-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }
  EgressPermit permit() {
    return app::EgressGate::mint("smtp", DataClass::operational, clock.now());
  }

  fs::path folder;
  ManualClock clock{Instant::from_seconds(1'800'000'000)};
};

TEST_F(MailFolderTest, each_mail_is_a_whole_file_for_its_owner_alone) {
  MailFolder mailer(folder, std::nullopt, clock);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(mailer.send(permit(), testing::sample_mail()).verdict, MailVerdict::accepted);
    clock.advance(std::chrono::seconds(1));
  }
  int files = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    ++files;
    EXPECT_EQ(file.path().extension(), ".eml");
    EXPECT_FALSE(file.path().filename().string().contains("pat"));
    struct stat found{};
    ASSERT_EQ(::stat(file.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0600u);
    std::ifstream in(file.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    EXPECT_TRUE(text.starts_with(
        "Return-Path: <bounce+abc123@clinic.example.test>\r\nFrom: Harbour Clinic"));
    EXPECT_TRUE(text.ends_with("0100.\r\n"));
  }
  EXPECT_EQ(files, 3);
}

TEST_F(MailFolderTest, a_folder_that_is_gone_means_later) {
  MailFolder mailer(folder / "missing", std::nullopt, clock);
  EXPECT_EQ(mailer.send(permit(), testing::sample_mail()).verdict, MailVerdict::try_later);
}

TEST_F(MailFolderTest, asks_for_the_same_permit_as_smtp) {
  MailFolder mailer(folder, std::nullopt, clock);
  const EgressPermit other = app::EgressGate::mint("twilio", DataClass::operational, clock.now());
  EXPECT_EQ(mailer.send(other, testing::sample_mail()).verdict, MailVerdict::refused);
  EXPECT_TRUE(fs::is_empty(folder));
}

}  // namespace
}  // namespace sealbook::adapters
