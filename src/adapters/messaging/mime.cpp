#include "adapters/messaging/mime.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/cbor.hpp"
#include "net/mail/header_text.hpp"
#include "net/mail/transfer_encoding.hpp"

namespace sealbook::adapters {
namespace {

using namespace net::mail;

constexpr std::size_t most_body_bytes = 256 * 1024;
constexpr std::size_t most_subject_bytes = 600;

std::unexpected<Error> broken(std::string_view pointer, std::string_view rule,
                              std::string_view sentence) {
  return fail(invalid_field(std::string(pointer), std::string(rule), std::string(sentence)));
}

Result<void> check_address(std::string_view pointer, std::string_view address) {
  ENSURE(check_header_value(pointer, address));
  if (!is_plain_address(address))
    return broken(pointer, "address", "That is no address that mail servers take.");
  return {};
}

// "https://…": printable ASCII without what would end it in a header (RFC 2369 2).
Result<void> check_unsubscribe(std::string_view url) {
  const bool good = url.starts_with("https://") && url.size() <= 900 &&
                    std::ranges::all_of(url, [](unsigned char c) {
                      return c > 0x20 && c < 0x7F && c != '<' && c != '>';
                    });
  if (!good)
    return broken("/unsubscribe_url", "url", "The address to unsubscribe has to be an https URL.");
  return {};
}

Result<void> check_language(std::string_view language) {
  const bool good =
      language.size() <= 35 && std::ranges::all_of(language, [](unsigned char c) {
        return c == '-' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
      });
  if (!good) return broken("/language", "language", "The language has to be a BCP 47 tag.");
  return {};
}

Result<void> check_body(std::string_view pointer, std::string_view text) {
  if (text.size() > most_body_bytes)
    return broken(pointer, "length", "A mail's body has at most 256 KiB.");
  if (!is_valid_utf8(text)) return broken(pointer, "encoding", "A mail's body has to be UTF-8.");
  return {};
}

Result<void> check_attachment(const MailAttachment& part) {
  ENSURE(check_header_value("/attachments/file_name", part.file_name));
  ENSURE(check_header_value("/attachments/content_type", part.content_type));
  const bool is_name = !part.file_name.empty() && part.file_name.size() <= 60 &&
                       std::ranges::all_of(part.file_name, [](unsigned char c) {
                         return c == '.' || c == '-' || c == '_' || (c >= '0' && c <= '9') ||
                                ((c | 32) >= 'a' && (c | 32) <= 'z');
                       });
  if (!is_name)
    return broken("/attachments/file_name", "name",
                  "A file name has letters, digits, dots and dashes.");
  const bool is_type =
      part.content_type.contains('/') &&
      std::ranges::all_of(part.content_type, [](unsigned char c) { return c < 0x7F && c >= 0x20; });
  if (!is_type)
    return broken("/attachments/content_type", "type",
                  "A content type is ASCII, such as text/calendar.");
  return check_body("/attachments/content", part.content.reveal());
}

Result<void> check(const OutgoingMail& mail) {
  ENSURE(check_header_value("/message_id", mail.message_id));
  if (!is_plain_address(mail.message_id))
    return broken("/message_id", "form", "A Message-ID reads left@host.");
  ENSURE(check_header_value("/from_name", mail.from_name));
  ENSURE(check_address("/from_address", mail.from_address));
  ENSURE(check_address("/envelope_from", mail.envelope_from));
  if (!mail.reply_to.empty()) ENSURE(check_address("/reply_to", mail.reply_to));
  ENSURE(check_address("/to", mail.to.reveal()));
  ENSURE(check_header_value("/subject", mail.subject.reveal()));
  if (mail.subject.reveal().size() > most_subject_bytes)
    return broken("/subject", "length", "A subject has at most 600 bytes.");
  ENSURE(check_language(mail.language));
  if (!mail.unsubscribe_url.reveal().empty())
    ENSURE(check_unsubscribe(mail.unsubscribe_url.reveal()));
  ENSURE(check_body("/text", mail.text.reveal()));
  for (const MailAttachment& part : mail.attachments) ENSURE(check_attachment(part));
  return {};
}

// "=_" never stands in quoted-printable or base64, so no body can hold a boundary (RFC 2045 6.7
// note 5).
std::string boundary(std::string_view kind, std::string_view message_id) {
  std::string out = "=_" + std::string(kind) + "_";
  for (const char c : message_id.substr(0, message_id.find('@')).substr(0, 40))
    if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')) out += c;
  return out;
}

bool is_calendar(const MailAttachment& part) {
  return part.content_type.starts_with("text/calendar");
}

// A part's fields, the empty line and the body.
std::string text_part(std::string_view text, bool stands_alone) {
  HeaderBlock header;
  const bool plain = stands_alone && is_plain_7bit(text);
  header.add("Content-Type", plain ? "text/plain; charset=us-ascii" : "text/plain; charset=utf-8");
  header.add("Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
  return header.take() + "\r\n" + (plain ? with_crlf(text) : to_quoted_printable(text));
}

std::string attached_part(const MailAttachment& part) {
  HeaderBlock header;
  header.add("Content-Type", part.content_type);
  header.add("Content-Transfer-Encoding", "base64");
  if (!is_calendar(part))
    header.add("Content-Disposition", "attachment; filename=\"" + part.file_name + "\"");
  return header.take() + "\r\n" + to_base64_lines(part.content.reveal());
}

std::string multipart(std::string_view subtype, const std::string& mark,
                      const std::vector<std::string>& parts) {
  HeaderBlock header;
  header.add("Content-Type", "multipart/" + std::string(subtype) + "; boundary=\"" + mark + "\"");
  std::string out = header.take() + "\r\n";
  for (const std::string& part : parts) out += "--" + mark + "\r\n" + part + "\r\n";
  return out + "--" + mark + "--\r\n";
}

std::string content(const OutgoingMail& mail) {
  if (mail.attachments.empty()) return text_part(mail.text.reveal(), true);
  std::vector<std::string> alternatives{text_part(mail.text.reveal(), false)}, mixed;
  for (const MailAttachment& part : mail.attachments)
    (is_calendar(part) ? alternatives : mixed).push_back(attached_part(part));
  std::string body = alternatives.size() == 1
                         ? std::move(alternatives.front())
                         : multipart("alternative", boundary("alt", mail.message_id), alternatives);
  if (mixed.empty()) return body;
  mixed.insert(mixed.begin(), std::move(body));
  return multipart("mixed", boundary("mix", mail.message_id), mixed);
}

}  // namespace

Result<std::string> mime_message(const OutgoingMail& mail, Instant now) {
  ENSURE(check(mail));
  HeaderBlock header;
  header.add_mailbox("From", mail.from_name, mail.from_address);
  header.add("To", mail.to.reveal());
  if (!mail.reply_to.empty()) header.add("Reply-To", mail.reply_to);
  header.add_text("Subject", mail.subject.reveal());
  header.add("Date", date_text(now));
  header.add("Message-ID", "<" + mail.message_id + ">");
  if (!mail.language.empty()) header.add("Content-Language", mail.language);
  header.add("Auto-Submitted", "auto-generated");  // RFC 3834 5
  if (const std::string& url = mail.unsubscribe_url.reveal(); !url.empty()) {
    header.add("List-Unsubscribe", "<" + url + ">");  // RFC 8058
    header.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  header.add("MIME-Version", "1.0");
  return header.take() + content(mail);
}

}  // namespace sealbook::adapters
