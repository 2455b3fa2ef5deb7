#include "cli/mail_inbox.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;
using app::Failure;

class MailInbox : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sealbook-mail-inbox-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    for (const char* part : {"new", "cur", "tmp"}) fs::create_directories(folder / part);
    config = default_config(folder);
    config.mail.bounce_maildir = folder;
  }
  void TearDown() override { fs::remove_all(folder); }

  // What is made of a report with that status, which came from that sender.
  worker::InboundItem read(const std::string& status, const std::string& sender) {
    std::ofstream(folder / "new" / "1.mail")
        << "Return-Path: " << sender
        << "\r\nDelivered-To: bounce+token@clinic.example.test\r\n"
           "Content-Type: multipart/report; boundary=b; report-type=delivery-status\r\n\r\n"
           "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
           "Final-Recipient: rfc822; pat@example.test\r\nAction: failed\r\nStatus: "
        << status << "\r\n\r\n--b--\r\n";
    auto inbox = make_inbox(config);
    auto item = inbox->next();
    EXPECT_TRUE(item && *item);
    EXPECT_TRUE(inbox->done());
    return item && *item ? std::move(**item) : worker::InboundItem{};
  }

  fs::path folder;
  Config config;
};

TEST_F(MailInbox, an_address_that_does_not_exist_is_told_with_its_recipient) {
  const auto item = read("5.1.1", "<>");
  EXPECT_EQ(item.kind, worker::InboundItem::Kind::bounce);
  EXPECT_EQ(item.failure, Failure::bad_address);
  EXPECT_EQ(item.recipient.reveal(), "pat@example.test");
}

TEST_F(MailInbox, spam_rules_full_boxes_and_big_mails_say_nothing_about_the_address) {
  for (const char* status : {"5.7.1", "5.2.2", "5.3.4", "5.1.7", "5.1.8"})
    EXPECT_EQ(read(status, "<>").failure, Failure::refused) << status;
  EXPECT_EQ(read("4.2.2", "<>").failure, Failure::passing);
}

TEST_F(MailInbox, what_somebody_sent_is_no_bounce_that_is_believed) {
  EXPECT_EQ(read("5.1.1", "<stranger@example.test>").failure, Failure::refused);
}

}  // namespace
}  // namespace sealbook::cli
