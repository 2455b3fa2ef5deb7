#include "adapters/messaging/inbound.hpp"

#include <algorithm>

#include "base/cbor.hpp"
#include "net/mail/mime_reader.hpp"

namespace sealbook::adapters::inbound {
namespace {

using net::mail::MimePart;
using net::mail::to_lower;

constexpr std::size_t most_token = 57, most_reports = 16, most_message_id = 200;

bool is_token_character(char c) {
  return c == '-' || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

// Finds "bounce+TOKEN@" or "reply+TOKEN@" in a list of addresses; the word begins an address.
bool find_token(std::string_view addresses, InboundMail& mail) {
  const std::string small = to_lower(addresses);
  for (const auto& [word, use] :
       {std::pair<std::string_view, TokenUse>{"bounce+", TokenUse::bounce},
        {"reply+", TokenUse::reply}}) {
    for (std::size_t at = small.find(word); at != std::string::npos;
         at = small.find(word, at + 1)) {
      if (at > 0 && small[at - 1] != '<' && small[at - 1] != ' ' && small[at - 1] != ',') continue;
      const std::size_t begin = at + word.size();
      std::size_t end = begin;
      while (end < addresses.size() && is_token_character(addresses[end])) ++end;
      if (end == begin || end - begin > most_token || end >= addresses.size() ||
          addresses[end] != '@')
        continue;
      mail.token_use = use;
      mail.token = addresses.substr(begin, end - begin);
      return true;
    }
  }
  return false;
}

// The envelope's address as the delivering server noted it comes before what the sender wrote.
void read_token(const MimePart& top, InboundMail& mail) {
  for (const std::string_view name : {"delivered-to", "x-original-to", "envelope-to", "to"})
    for (const auto& [field, value] : top.fields)
      if (field == name && find_token(value, mail)) return;
}

// "5.1.1", also in "5.1.1 (bad destination mailbox)" (RFC 3463 2).
std::string status_code(std::string_view text) {
  std::size_t at = 0, parts = 0;
  for (; parts < 3; ++parts) {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == begin || at - begin > 3) return {};
    if (parts < 2 && (at >= text.size() || text[at++] != '.')) return {};
  }
  const bool good = text[0] == '2' || text[0] == '4' || text[0] == '5';
  return good ? std::string(text.substr(0, at)) : std::string();
}

DeliveryAction action_of(std::string_view text) {
  constexpr std::pair<std::string_view, DeliveryAction> words[] = {
      {"failed", DeliveryAction::failed},
      {"delayed", DeliveryAction::delayed},
      {"delivered", DeliveryAction::delivered},
      {"relayed", DeliveryAction::relayed},
      {"expanded", DeliveryAction::expanded}};
  const std::string small = to_lower(text);
  for (const auto& [word, action] : words)
    if (small.starts_with(word)) return action;
  return DeliveryAction::unknown;
}

// "rfc822; name@host" without its type.
std::string_view without_type(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  if (semicolon != std::string_view::npos) value.remove_prefix(semicolon + 1);
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  return value;
}

// RFC 3464 2.1: a block about the message, then one per recipient.
void read_status(const MimePart& part, InboundMail& mail) {
  const auto decoded = part.decoded();
  if (!decoded) return;
  std::string_view text = *decoded;
  while (!text.empty() && mail.reports.size() < most_reports) {
    RecipientReport report;
    bool is_recipient = false;
    std::string_view original, final_one;
    const auto fields = net::mail::take_fields(text);
    for (const auto& [name, value] : fields) {
      if (name == "action") report.action = action_of(value);
      else if (name == "status") report.status = status_code(value);
      else if (name == "original-recipient") original = without_type(value);
      else if (name == "final-recipient") final_one = without_type(value);
      is_recipient = is_recipient || name == "final-recipient" || name == "action";
    }
    if (!is_recipient) continue;
    report.recipient =
        SensitiveText(std::string((original.empty() ? final_one : original).substr(0, 320)));
    mail.reports.push_back(std::move(report));
  }
}

void read_original(const MimePart& part, InboundMail& mail) {
  if (part.parts.empty() || !mail.original_message_id.empty()) return;
  const std::string* id = part.parts.front().field("message-id");
  if (id == nullptr || id->size() > most_message_id + 2 || !id->starts_with('<') ||
      !id->ends_with('>'))
    return;
  const std::string_view inner(id->data() + 1, id->size() - 2);
  if (std::ranges::all_of(inner, [](unsigned char c) { return c > 0x20 && c < 0x7F; }))
    mail.original_message_id = inner;
}

// Has METHOD:REPLY among its first lines, as a property of the calendar itself.
bool is_reply(std::string_view calendar) {
  const std::string small = to_lower(calendar.substr(0, 4096));
  const std::size_t at = small.find("method:reply"), event = small.find("begin:vevent");
  return at != std::string::npos && at > 0 && small[at - 1] == '\n' && at < event;
}

void read_calendar(const MimePart& part, InboundMail& mail) {
  if (!mail.calendar.reveal().empty()) return;  // the first one counts
  if (const std::string* charset = part.parameter("charset")) {
    const std::string small = to_lower(*charset);
    if (small != "utf-8" && small != "us-ascii") return;
  }
  auto text = part.decoded();
  if (text && is_valid_utf8(*text) && is_reply(*text))
    mail.calendar = SensitiveText(std::move(*text));
}

// What came back as text of another mail is not ours to read: only its Message-ID.
void walk(const MimePart& part, bool is_report, InboundMail& mail) {
  if (part.type == "message/delivery-status" && is_report) return read_status(part, mail);
  if (part.type == "message/rfc822" || part.type == "text/rfc822-headers")
    return read_original(part, mail);
  if (part.type == "text/calendar" && !is_report) return read_calendar(part, mail);
  for (const MimePart& inside : part.parts) walk(inside, is_report, mail);
}

bool is_automatic(const MimePart& top) {
  if (const std::string* submitted = top.field("auto-submitted"))
    return !to_lower(*submitted).starts_with("no");
  const std::string* precedence = top.field("precedence");
  return top.field("x-autoreply") != nullptr || top.field("x-autorespond") != nullptr ||
         (precedence != nullptr && to_lower(*precedence) == "auto_reply");
}

}  // namespace

bool RecipientReport::is_bad_address() const {
  return is_permanent() && status.starts_with("5.1.") && status != "5.1.7" && status != "5.1.8";
}

Result<InboundMail> parse(std::string_view message) {
  TRY(top, net::mail::read_mime(message));
  InboundMail mail;
  read_token(top, mail);
  const std::string* path = top.field("return-path");
  mail.has_null_sender = path != nullptr && *path == "<>";
  const bool is_report = top.type == "multipart/report";
  walk(top, is_report, mail);
  if (is_report && !mail.reports.empty()) mail.kind = InboundKind::delivery_report;
  else if (!mail.calendar.reveal().empty()) mail.kind = InboundKind::calendar_reply;
  else if (is_automatic(top)) mail.kind = InboundKind::automatic;
  return mail;
}

}  // namespace sealbook::adapters::inbound
