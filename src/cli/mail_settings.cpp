#include "cli/setting.hpp"

namespace sealbook::cli {
namespace {

void read_mail_port(Config& c, const toml::node& node, std::vector<FieldError>& errors) {
  const auto number = node.value<std::int64_t>();
  if (!number || *number < 1 || *number > 65535)
    return wrong(errors, "range", "has to be 1 to 65535");
  c.mail.port = static_cast<std::uint16_t>(*number);
}
std::string write_mail_port(const Config& c) {
  return c.mail.port == 0 ? toml_text("") : std::to_string(c.mail.port);
}

void read_mail_tls(Config& c, const toml::node& node, std::vector<FieldError>& errors) {
  read_word<MailTls>(c.mail.tls, node,
                     {{"starttls", MailTls::starttls}, {"implicit", MailTls::implicit}}, errors);
}
std::string write_mail_tls(const Config& c) {
  if (c.mail.host.empty()) return toml_text("");
  return toml_text(c.mail.tls == MailTls::starttls ? "starttls" : "implicit");
}

using M = MailConfig;
constexpr Setting rows[] = {
    {"mail", "host", "the submission server", read_text<&M::host>, write_text<&M::host>},
    {"mail", "port", "587 with starttls, 465 with implicit", read_mail_port, write_mail_port},
    {"mail", "tls", "starttls or implicit; mail never leaves without", read_mail_tls,
     write_mail_tls},
    {"mail", "ca_file", "PEM, of the token endpoint as well; default: the system's", read_path<&M::ca_file>,
     write_path<&M::ca_file>},
    {"mail", "user", "for the sign-in", read_text<&M::user>, write_text<&M::user>},
    {"mail", "password", "secret://file/… or secret://env/…", read_text<&M::password>,
     write_text<&M::password>},
    {"mail", "oauth_token_url", "https; XOAUTH2 instead of a password",
     read_text<&M::oauth_token_url>, write_text<&M::oauth_token_url>},
    {"mail", "oauth_client_id", "as registered there", read_text<&M::oauth_client_id>,
     write_text<&M::oauth_client_id>},
    {"mail", "oauth_client_secret", "secret://…", read_text<&M::oauth_client_secret>,
     write_text<&M::oauth_client_secret>},
    {"mail", "oauth_refresh_token", "secret://…; without it client credentials",
     read_text<&M::oauth_refresh_token>, write_text<&M::oauth_refresh_token>},
    {"mail", "oauth_scope", "what the token is asked for", read_text<&M::oauth_scope>,
     write_text<&M::oauth_scope>},
    {"mail", "from_address", "what recipients see", read_text<&M::from_address>,
     write_text<&M::from_address>},
    {"mail", "domain", "of bounces and DKIM; default: that of from_address", read_text<&M::domain>,
     write_text<&M::domain>},
    {"mail", "dkim_selector", "of the RSA key", read_text<&M::dkim_selector>,
     write_text<&M::dkim_selector>},
    {"mail", "dkim_key", "secret://…: RSA, 2048 bits or more, PEM", read_text<&M::dkim_key>,
     write_text<&M::dkim_key>},
    {"mail", "dkim_ed25519_selector", "of the Ed25519 key", read_text<&M::dkim_ed25519_selector>,
     write_text<&M::dkim_ed25519_selector>},
    {"mail", "dkim_ed25519_key", "secret://…: Ed25519, PEM", read_text<&M::dkim_ed25519_key>,
     write_text<&M::dkim_ed25519_key>},
    {"mail", "bounce_maildir", "where bounces and replies are delivered",
     read_path<&M::bounce_maildir>, write_path<&M::bounce_maildir>},
    {"mail", "folder", "demo and test only: mails become files here", read_path<&M::folder>,
     write_path<&M::folder>},
};

}  // namespace

std::span<const Setting> mail_settings() { return rows; }

}  // namespace sealbook::cli
