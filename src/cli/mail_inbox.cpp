#include "cli/mail_inbox.hpp"

#include <algorithm>

#include "adapters/messaging/inbound.hpp"
#include "adapters/messaging/maildir.hpp"

namespace sealbook::cli {
namespace {

using adapters::inbound::InboundKind;
using adapters::inbound::TokenUse;
using worker::InboundItem;

InboundItem item_of(adapters::inbound::InboundMail mail) {
  InboundItem item;
  if (mail.token_use == TokenUse::bounce && mail.kind == InboundKind::delivery_report) {
    const bool permanent =
        std::ranges::any_of(mail.reports, [](const auto& report) { return report.is_permanent(); });
    item.kind = InboundItem::Kind::bounce;
    item.failure = permanent ? app::Failure::permanent : app::Failure::passing;
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
