#include "cli/mail.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

class MailConfigTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sealbook-mail-config-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    config = default_config(folder);
    config.mail.host = "smtp.example.test";
    config.mail.from_address = "hello@clinic.example.test";
    config.mail.user = "clinic";
    config.mail.password = secret("password", "a password");
  }
  void TearDown() override { fs::remove_all(folder); }

  std::string secret(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return "secret://file" + (folder / name).string();
  }
  std::vector<std::string> refusals() {
    std::vector<std::string> reasons;
    check_mail(config, reasons);
    return reasons;
  }
  // One reason, which begins with the setting's name.
  void expect_refused(std::string_view setting) {
    const auto reasons = refusals();
    ASSERT_EQ(reasons.size(), 1u) << setting;
    EXPECT_TRUE(reasons[0].starts_with("mail." + std::string(setting) + ":")) << reasons[0];
  }
  Result<Config> read(const std::string& mail) {
    std::ofstream(folder / "sealbook.toml") << "[mail]\n" << mail << "\n";
    return load_config(folder);
  }

  fs::path folder;
  Config config;
};

TEST_F(MailConfigTest, a_complete_one_may_run_and_none_may_too) {
  EXPECT_TRUE(refusals().empty());
  config.mail = {};
  EXPECT_TRUE(refusals().empty());
  EXPECT_EQ(*make_mailer(config, SystemClock()), nullptr);
}

TEST_F(MailConfigTest, there_is_no_way_to_ask_for_less_than_tls) {
  for (const char* tls : {"none", "plain", "opportunistic", "may", ""}) {
    const auto loaded = read("host = \"smtp.example.test\"\ntls = \"" + std::string(tls) + "\"");
    ASSERT_FALSE(loaded) << tls;
    EXPECT_EQ(loaded.error().fields.at(0).pointer, "/mail/tls");
  }
  EXPECT_TRUE(read("tls = \"implicit\""));
  EXPECT_FALSE(read("verify = false"));
}

TEST_F(MailConfigTest, what_is_unsafe_or_missing_is_refused_by_name) {
  const MailConfig good = config.mail;
  config.mail.folder = folder / "mail";
  expect_refused("folder");
  config.mail = good;
  config.mail.password.clear();
  expect_refused("user");
  config.mail = good;
  config.mail.password = "literal";
  expect_refused("password");
  config.mail = good;
  config.mail.oauth_token_url = "http://login.example.test/token";
  expect_refused("oauth_token_url");
  config.mail = good;
  config.mail.domain = "elsewhere.example.test";
  expect_refused("domain");
  config.mail = good;
  config.mail.ca_file = folder / "missing.pem";
  expect_refused("ca_file");
  config.mail = good;
  config.mail.bounce_maildir = folder;
  expect_refused("bounce_maildir");
  config.mail = good;
  config.mail.dkim_selector = "s1";
  config.mail.dkim_key = secret("key", "no key");
  expect_refused("dkim");
  config.mail = good;
  config.mail.host.clear();
  expect_refused("host");
  config.mail = good;
  config.mail.from_address.clear();
  config.mail.domain = "clinic.example.test";
  EXPECT_FALSE(refusals().empty());
}

TEST_F(MailConfigTest, links_in_messages_need_an_address_that_people_reach) {
  const auto names_it = [&] {
    for (const std::string& reason : production_refusals(config))
      if (reason.starts_with("listen.public_url:")) return true;
    return false;
  };
  EXPECT_TRUE(names_it()) << "mail is set up, and nothing to begin its links with";
  for (const char* address : {"http://book.example.test", "https://", "https://book.example.test/"}) {
    config.public_url = address;
    EXPECT_TRUE(names_it()) << address;
  }
  config.public_url = "https://book.example.test";
  EXPECT_FALSE(names_it());
  config.public_url.clear();
  config.mail = {};
  EXPECT_FALSE(names_it()) << "no mail, no links";
}

TEST_F(MailConfigTest, the_file_keeps_what_was_set_and_holds_no_secret) {
  config.mail.tls = MailTls::implicit;
  config.mail.port = 4650;
  config.mail.domain = "example.test";
  const std::string text = config_text(config);
  EXPECT_FALSE(text.contains("a password"));
  std::ofstream(folder / "sealbook.toml") << text;
  const auto again = load_config(folder);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->mail.tls, MailTls::implicit);
  EXPECT_EQ(again->mail.port, 4650);
  EXPECT_EQ(again->mail.host, "smtp.example.test");
  EXPECT_EQ(again->mail.sending_domain(), "example.test");
  EXPECT_EQ(config_text(*again), text);
}

TEST_F(MailConfigTest, a_folder_takes_the_place_of_smtp_in_a_demo) {
  config.mail.folder = folder / "mail";
  const SystemClock clock;
  const auto mailer = make_mailer(config, clock);
  ASSERT_TRUE(mailer && *mailer);
  EXPECT_EQ((*mailer)->vendor(), "smtp");
  EXPECT_TRUE(fs::is_directory(folder / "mail"));
}

}  // namespace
}  // namespace sealbook::cli
