#include "adapters/messaging/smtp.hpp"

#include <algorithm>

#include "adapters/messaging/sending.hpp"

namespace sealbook::adapters {
namespace {

using net::mail::SmtpFailure;
using net::mail::SmtpResult;
using net::mail::SmtpStage;

// Recipient addresses that will not come to work (RFC 3463 3.2, RFC 7505 4.1): bad mailbox, host,
// syntax, moved, null MX. 5.1.7 and 5.1.8 are about the sender.
bool names_bad_recipient(const SmtpResult& result) {
  if (!result.enhanced.empty()) {
    constexpr std::string_view codes[] = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"};
    return std::ranges::find(codes, result.enhanced) != std::end(codes);
  }
  // Without an enhanced code, RFC 5321 4.2.3: mailbox not there, not local, name not allowed.
  return result.stage == SmtpStage::recipient &&
         (result.code == 550 || result.code == 551 || result.code == 553);
}

MailOutcome outcome_of_reply(const SmtpResult& result) {
  const bool is_permanent = result.code >= 500;
  // Before a sender is named, a refusal is about us and the service, not about this mail.
  if (!is_permanent || result.stage < SmtpStage::sender)
    return {MailVerdict::try_later, result.code, "The mail server asked to try later."};
  if (result.stage >= SmtpStage::recipient && names_bad_recipient(result))
    return {MailVerdict::address_refused, result.code,
            "The mail server does not know that address."};
  return {MailVerdict::refused, result.code, "The mail server refused the mail."};
}

// A failure of the service, which the circuit counts; a reply about one mail or recipient is none.
bool is_service_failure(const SmtpResult& result) {
  if (result.failure == SmtpFailure::none) return false;
  return result.failure != SmtpFailure::reply || result.stage < SmtpStage::sender ||
         result.code == 421;
}

}  // namespace

MailOutcome mail_outcome(const SmtpResult& result) {
  switch (result.failure) {
    case SmtpFailure::none: return {MailVerdict::accepted, result.code, "The mail server took it."};
    case SmtpFailure::unsafe:
      return {MailVerdict::unsafe, 0,
              std::string("No safe connection, so nothing was sent: ") + result.library + "."};
    case SmtpFailure::unreachable:
      return {MailVerdict::try_later, 0,
              std::string("The mail server could not be reached: ") + result.library + "."};
    case SmtpFailure::timed_out:
      return {MailVerdict::try_later, 0, "The mail server did not answer in time."};
    case SmtpFailure::login:
      return {MailVerdict::try_later, result.code, "The mail server did not accept our sign-in."};
    case SmtpFailure::reply: return outcome_of_reply(result);
  }
  return {};
}

MailOutcome SmtpMailer::send(const EgressPermit& permit, const OutgoingMail& mail) {
  const Instant now = clock_.now();
  if (auto refused = refuse_permit(permit, vendor(), now)) return *std::move(refused);
  const auto message = signed_message(mail, signer_ ? &*signer_ : nullptr, now);
  if (!message) return message.error();
  if (!circuit_.try_enter())
    return {MailVerdict::try_later, 0, "The mail service is paused after failures in a row."};
  const SmtpResult result = client_.send(permit, {mail.envelope_from, mail.to.reveal()}, *message);
  if (is_service_failure(result)) circuit_.failed();
  else circuit_.succeeded();
  return mail_outcome(result);
}

}  // namespace sealbook::adapters
