// What every Mailer of this folder does before anything leaves: it checks the permit, and makes the
// signed message.
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "net/mail/dkim.hpp"
#include "ports/mailer.hpp"

namespace sealbook::adapters {

// Why this permit does not cover an e-mail through `vendor` now; nothing when it does. An e-mail is
// operational data at least, and a permit is for now: one older than ten minutes was kept.
std::optional<MailOutcome> refuse_permit(const EgressPermit& permit, std::string_view vendor,
                                         Instant now);

// The message, signed when there is a signer. An address that no relay takes is `address_refused`,
// any other field that breaks a rule is `refused`, with the rule's sentence.
std::expected<std::string, MailOutcome> signed_message(const OutgoingMail& mail,
                                                       const net::mail::DkimSigner* signer,
                                                       Instant now);

}  // namespace sealbook::adapters
