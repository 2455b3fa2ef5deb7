#include "net/self_signed.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace sealbook::net {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class SelfSigned : public testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/sealbook-cert-XXXXXX";
    folder = ::mkdtemp(pattern);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::filesystem::path folder;
  ManualClock clock{Instant::from_seconds(1'795'300'000)};
};

TEST_F(SelfSigned, files_are_private_and_used_again) {
  const auto files = ensure_self_signed(folder, clock);
  ASSERT_TRUE(files);
  for (const auto& path : {files->ca_certificate, files->server_certificate, files->server_key}) {
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
  }
  const std::string first = text_of(files->server_certificate);
  ASSERT_TRUE(ensure_self_signed(folder, clock));
  EXPECT_EQ(text_of(files->server_certificate), first);
}

TEST_F(SelfSigned, are_made_anew_before_they_run_out_or_when_they_do_not_fit) {
  const auto files = ensure_self_signed(folder, clock);
  ASSERT_TRUE(files);
  const std::string first = text_of(files->server_certificate);
  clock.advance(std::chrono::hours(24 * 366));
  ASSERT_TRUE(ensure_self_signed(folder, clock));
  EXPECT_EQ(text_of(files->server_certificate), first);
  clock.advance(std::chrono::hours(24 * 2));
  ASSERT_TRUE(ensure_self_signed(folder, clock));
  const std::string second = text_of(files->server_certificate);
  EXPECT_NE(second, first);
  std::filesystem::remove(files->server_key);
  ASSERT_TRUE(ensure_self_signed(folder, clock));
  EXPECT_NE(text_of(files->server_certificate), second);
}

TEST_F(SelfSigned, a_folder_that_cannot_be_written_is_an_error) {
  EXPECT_FALSE(ensure_self_signed(folder / "absent", clock));
}

}  // namespace
}  // namespace sealbook::net
