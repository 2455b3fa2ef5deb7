// The [mail] part of the configuration: how mail leaves, and where bounces come in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace sealbook::cli {

enum class MailTls : std::uint8_t { starttls, implicit };  // there is no third

struct MailConfig {
  std::string host;        // the submission server; empty: no mail is sent
  std::uint16_t port = 0;  // 0: 587 with starttls, 465 with implicit
  MailTls tls = MailTls::starttls;
  std::filesystem::path ca_file;  // empty: the system's authorities
  std::string user;
  std::string password;  // a secret:// reference

  std::string oauth_token_url;  // https; set: XOAUTH2 instead of a password
  std::string oauth_client_id;
  std::string oauth_client_secret;  // a secret:// reference
  std::string oauth_refresh_token;  // a secret:// reference; empty: client credentials
  std::string oauth_scope;

  std::string from_address;  // what recipients see
  std::string domain;        // of Message-ID, bounces and DKIM; empty: that of from_address
  std::string dkim_selector, dkim_key;                  // RSA: a secret:// reference to PEM
  std::string dkim_ed25519_selector, dkim_ed25519_key;  // Ed25519, beside it

  std::filesystem::path bounce_maildir;  // where bounces and calendar replies are delivered
  std::filesystem::path folder;          // demo and test: mails become files here instead

  bool is_set() const { return !host.empty() || !folder.empty(); }
  std::string sending_domain() const {
    return domain.empty() ? from_address.substr(from_address.rfind('@') + 1) : domain;
  }
};

}  // namespace sealbook::cli
