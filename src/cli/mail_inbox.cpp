#include "cli/mail_inbox.hpp"

#include <algorithm>

#include "adapters/messaging/inbound.hpp"
#include "adapters/messaging/maildir.hpp"

namespace sealbook::cli {
namespace {

using adapters::inbound::InboundKind;
using adapters::inbound::TokenUse;
using worker::InboundItem;

// The worst of the reports. That an address does not exist is believed of a real bounce alone,
// which has no sender (RFC 5321 4.5.5).
void tell_worst(const adapters::inbound::InboundMail& mail, InboundItem& item) {
  for (const auto& report : mail.reports) {
    if (!report.is_permanent()) continue;
    const bool is_bad = report.is_bad_address() && mail.has_null_sender;
    const auto failure = is_bad ? app::Failure::bad_address : app::Failure::refused;
    if (failure <= item.failure) continue;
    item.failure = failure;
    item.recipient = report.recipient;
  }
}

InboundItem item_of(adapters::inbound::InboundMail mail) {
  InboundItem item;
  if (mail.token_use == TokenUse::bounce && mail.kind == InboundKind::delivery_report) {
    item.kind = InboundItem::Kind::bounce;
    tell_worst(mail, item);
  } else if (mail.token_use == TokenUse::reply && mail.kind == InboundKind::calendar_reply) {
    item.kind = InboundItem::Kind::reply;
    item.calendar = std::move(mail.calendar);
  }
  item.token = std::move(mail.token);
  return item;
}

// The Maildir, and the mail that was handed out last.
struct Waiting {
  adapters::Maildir maildir;
  std::optional<adapters::Maildir::Item> item;
};

Result<std::optional<InboundItem>> next_of(Waiting& waiting) {
  TRY(found, waiting.maildir.next());
  waiting.item = std::move(found);
  if (!waiting.item) return std::nullopt;
  if (waiting.item->is_too_long) return InboundItem{};
  auto mail = adapters::inbound::parse(waiting.item->message.reveal());
  return mail ? item_of(std::move(*mail)) : InboundItem{};
}

}  // namespace

std::optional<worker::Inbox> make_inbox(const Config& config) {
  if (config.mail.bounce_maildir.empty()) return std::nullopt;
  auto waiting = std::make_shared<Waiting>(adapters::Maildir(config.mail.bounce_maildir));
  return worker::Inbox{[waiting] { return next_of(*waiting); },
                       [waiting]() -> Result<void> {
                         if (!waiting->item) return {};
                         return waiting->maildir.done(*waiting->item);
                       }};
}

}  // namespace sealbook::cli
