#include "adapters/messaging/sending.hpp"

#include "adapters/messaging/mime.hpp"

namespace sealbook::adapters {
namespace {

constexpr Micros permit_life = std::chrono::minutes(10);

}  // namespace

std::optional<MailOutcome> refuse_permit(const EgressPermit& permit, std::string_view vendor,
                                         Instant now) {
  if (permit.vendor() != vendor)
    return MailOutcome{MailVerdict::refused, 0, "The permit names another vendor."};
  if (permit.highest() < DataClass::operational)
    return MailOutcome{MailVerdict::refused, 0,
                       "The permit covers public data only; an e-mail is operational."};
  if (now - permit.minted() > permit_life)
    return MailOutcome{MailVerdict::try_later, 0, "The permit is too old."};
  return std::nullopt;
}

std::expected<std::string, MailOutcome> signed_message(const OutgoingMail& mail,
                                                       const net::mail::DkimSigner* signer,
                                                       Instant now) {
  auto message = mime_message(mail, now);
  if (!message) {
    const Error& error = message.error();
    const bool is_address = !error.fields.empty() && error.fields[0].pointer == "/to";
    std::string reason = error.fields.empty()
                             ? error.detail
                             : error.fields[0].pointer + ": " + error.fields[0].detail;
    return std::unexpected(MailOutcome{
        is_address ? MailVerdict::address_refused : MailVerdict::refused, 0, std::move(reason)});
  }
  return signer == nullptr ? std::move(*message) : signer->sign(*message, now);
}

}  // namespace sealbook::adapters
