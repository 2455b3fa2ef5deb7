#include "cli/mail.hpp"

#include "adapters/messaging/mail_folder.hpp"
#include "adapters/messaging/smtp.hpp"
#include "net/mail/header_text.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;
using net::mail::is_plain_address;

Result<Secret> optional_secret(std::string_view setting, const std::string& reference) {
  if (reference.empty()) return Secret();
  return resolve_secret(setting, reference);
}

std::unexpected<Error> wrong_mail(std::string pointer, std::string sentence) {
  return fail(invalid_field(std::move(pointer), "invalid", std::move(sentence)));
}

bool is_host(std::string_view name) { return is_plain_address("x@" + std::string(name)); }

// The domain of `address` is `domain`, or lies below it (DMARC's relaxed alignment, RFC 7489 3.1).
bool aligns(std::string_view address, std::string_view domain) {
  const std::string_view of = address.substr(address.rfind('@') + 1);
  return of == domain || (of.size() > domain.size() && of.ends_with(domain) &&
                          of[of.size() - domain.size() - 1] == '.');
}

Result<std::shared_ptr<net::mail::OAuthTokenSource>> make_tokens(const MailConfig& mail,
                                                                 const Clock& clock) {
  if (mail.oauth_token_url.empty()) return nullptr;
  if (!mail.oauth_token_url.starts_with("https://"))
    return wrong_mail("/mail/oauth_token_url", "A token endpoint has to be https.");
  TRY(secret, optional_secret("mail.oauth_client_secret", mail.oauth_client_secret));
  TRY(refresh, optional_secret("mail.oauth_refresh_token", mail.oauth_refresh_token));
  net::mail::OAuthSettings settings{mail.oauth_token_url, mail.oauth_client_id, std::move(secret),
                                    std::move(refresh), mail.oauth_scope};
  return std::make_shared<net::mail::OAuthTokenSource>(std::move(settings),
                                                       net::HttpsClient(mail.ca_file), clock);
}

Result<net::mail::SmtpSettings> smtp_settings(const MailConfig& mail, const Clock& clock) {
  if (!is_host(mail.host))
    return wrong_mail("/mail/host", "The mail server has to be a host name or an IPv4 address.");
  if (!is_plain_address(mail.from_address))
    return wrong_mail("/mail/from_address", "That is no address.");
  if (!is_host(mail.sending_domain()))
    return wrong_mail("/mail/domain", "The domain has to be a host name.");
  if (!mail.user.empty() && mail.password.empty() && mail.oauth_token_url.empty())
    return wrong_mail("/mail/user", "A sign-in needs a password or a token endpoint.");
  const bool implicit = mail.tls == MailTls::implicit;
  net::mail::SmtpSettings settings;
  settings.host = mail.host;
  settings.port = mail.port != 0 ? mail.port : implicit ? 465 : 587;
  settings.tls = implicit ? net::mail::SmtpTls::implicit : net::mail::SmtpTls::starttls;
  settings.ca_file = mail.ca_file;
  settings.own_name = mail.sending_domain();
  settings.user = mail.user;
  TRY(password, optional_secret("mail.password", mail.password));
  settings.password = std::move(password);
  TRY(tokens, make_tokens(mail, clock));
  settings.tokens = std::move(tokens);
  return settings;
}

}  // namespace

Result<std::optional<net::mail::DkimSigner>> make_signer(const Config& config) {
  const MailConfig& mail = config.mail;
  std::vector<net::mail::DkimKeyText> keys;
  if (!mail.dkim_key.empty()) {
    TRY(key, resolve_secret("mail.dkim_key", mail.dkim_key));
    keys.push_back({mail.dkim_selector, std::move(key)});
  }
  if (!mail.dkim_ed25519_key.empty()) {
    TRY(key, resolve_secret("mail.dkim_ed25519_key", mail.dkim_ed25519_key));
    keys.push_back({mail.dkim_ed25519_selector, std::move(key)});
  }
  if (keys.empty()) return std::nullopt;
  TRY(signer, net::mail::DkimSigner::make(mail.sending_domain(), std::move(keys)));
  return std::optional(std::move(signer));
}

Result<std::unique_ptr<Mailer>> make_mailer(const Config& config, const Clock& clock) {
  const MailConfig& mail = config.mail;
  if (!mail.is_set()) return nullptr;
  TRY(signer, make_signer(config));
  if (!mail.folder.empty()) {
    std::error_code error;
    fs::create_directories(mail.folder, error);
    if (error) return wrong_mail("/mail/folder", "The folder for mail cannot be made.");
    return std::make_unique<adapters::MailFolder>(mail.folder, std::move(signer), clock);
  }
  TRY(settings, smtp_settings(mail, clock));
  return std::make_unique<adapters::SmtpMailer>(std::move(settings), std::move(signer),
                                                adapters::CircuitLimits{}, clock);
}

void check_mail(const Config& config, std::vector<std::string>& reasons) {
  const MailConfig& mail = config.mail;
  const auto refuse = [&](std::string_view setting, std::string_view why) {
    reasons.push_back("mail." + std::string(setting) + ": " + std::string(why));
  };
  const auto add = [&](const Error& error) {
    if (error.fields.empty()) reasons.push_back(error.detail);
    for (const FieldError& field : error.fields)
      refuse(field.pointer.substr(field.pointer.rfind('/') + 1), field.detail);
  };
  const SystemClock clock;
  if (!mail.folder.empty()) refuse("folder", "mails may not become files in production.");
  if (mail.host.empty()) {
    if (!mail.from_address.empty() || !mail.user.empty()) refuse("host", "is missing.");
    return;
  }
  if (mail.from_address.empty()) refuse("from_address", "is missing.");
  else if (const auto settings = smtp_settings(mail, clock); !settings) add(settings.error());
  if (const auto signer = make_signer(config); !signer) add(signer.error());
  if (!mail.from_address.empty() && !aligns(mail.from_address, mail.sending_domain()))
    refuse("domain", "has to be the domain of from_address or one above it, or DMARC fails.");
  if (!mail.ca_file.empty() && !fs::exists(mail.ca_file))
    refuse("ca_file", "there is no such file.");
  if (!mail.bounce_maildir.empty() && !fs::is_directory(mail.bounce_maildir / "new"))
    refuse("bounce_maildir", "is no Maildir: it has no folder new.");
}

}  // namespace sealbook::cli
