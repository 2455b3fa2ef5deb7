// A bounce as a real Postfix wrote it, read and handed to the job that deals with it.
// tests/mail/run names a fresh one in SEALBOOK_MAIL_BOUNCE; otherwise the one that was kept is
// read.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/messaging/inbound.hpp"
#include "cli/mail_inbox.hpp"

namespace sealbook {
namespace {

namespace fs = std::filesystem;
using namespace adapters::inbound;

std::string bounce() {
  const char* named = std::getenv("SEALBOOK_MAIL_BOUNCE");
  std::ifstream in(named != nullptr ? named : "tests/mail/samples/postfix-bounce.eml",
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(RealBounce, says_what_became_of_which_message) {
  const auto mail = parse(bounce());
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->kind, InboundKind::delivery_report);
  EXPECT_EQ(mail->token_use, TokenUse::bounce);
  EXPECT_TRUE(mail->token.starts_with("test-")) << mail->token;
  EXPECT_TRUE(mail->has_null_sender);
  ASSERT_EQ(mail->reports.size(), 1u);
  EXPECT_EQ(mail->reports[0].status, "5.1.1");
  EXPECT_TRUE(mail->reports[0].is_bad_address());
  EXPECT_EQ(mail->reports[0].recipient.reveal(), "gone@example.test");
  EXPECT_EQ(mail->original_message_id, mail->token + "@clinic.example.test");
}

TEST(RealBounce, waits_in_a_maildir_until_it_is_dealt_with) {
  std::string name = (fs::temp_directory_path() / "sealbook-inbox-XXXXXX").string();
  ASSERT_NE(::mkdtemp(name.data()), nullptr);
  cli::Config config;
  EXPECT_FALSE(cli::make_inbox(config)) << "none is configured";
  config.mail.bounce_maildir = name;
  fs::create_directories(fs::path(name) / "new");
  std::ofstream(fs::path(name) / "new" / "1.a", std::ios::binary) << bounce();
  std::ofstream(fs::path(name) / "new" / "2.b") << "To: bounce+x@clinic.example.test\n\nhello\n";
  std::ofstream(fs::path(name) / "new" / "3.c") << std::string(300 * 1024, 'x');
  const auto inbox = cli::make_inbox(config);
  ASSERT_TRUE(inbox);
  const auto first = inbox->next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->kind, worker::InboundItem::Kind::bounce);
  EXPECT_EQ((*first)->failure, app::Failure::bad_address);
  EXPECT_TRUE((*first)->token.starts_with("test-"));
  ASSERT_TRUE(inbox->done());
  for (int i = 0; i < 2; ++i) {
    const auto other = inbox->next();
    ASSERT_TRUE(other && *other);
    EXPECT_EQ((*other)->kind, worker::InboundItem::Kind::other);
    ASSERT_TRUE(inbox->done());
  }
  EXPECT_FALSE(*inbox->next());
  EXPECT_TRUE(fs::is_empty(fs::path(name) / "new"));
  fs::remove_all(name);
}

}  // namespace
}  // namespace sealbook
