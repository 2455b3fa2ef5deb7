// SmtpMailer is the Mailer over an SMTP submission service: it makes the message, signs it (DKIM),
// and sends it over TLS or not at all. Behind it a circuit breaker spares a service that does not
// answer.
//
// send() blocks; any number of threads at once.
#pragma once

#include <optional>

#include "adapters/messaging/circuit_breaker.hpp"
#include "net/mail/dkim.hpp"
#include "net/mail/smtp_client.hpp"
#include "ports/mailer.hpp"

namespace sealbook::adapters {

// The verdict of a call, in our own words. Public for its test.
MailOutcome mail_outcome(const net::mail::SmtpResult& result);

class SmtpMailer final : public Mailer {
 public:
  SmtpMailer(net::mail::SmtpSettings settings, std::optional<net::mail::DkimSigner> signer,
             CircuitLimits limits, const Clock& clock)
      : client_(std::move(settings)),
        signer_(std::move(signer)),
        circuit_(limits, clock),
        clock_(clock) {}

  std::string_view vendor() const override { return "smtp"; }
  bool is_paused() const override { return circuit_.state() == CircuitState::open; }
  MailOutcome send(const EgressPermit& permit, const OutgoingMail& mail) override;
  const CircuitBreaker& circuit() const { return circuit_; }

 private:
  net::mail::SmtpClient client_;
  std::optional<net::mail::DkimSigner> signer_;
  CircuitBreaker circuit_;
  const Clock& clock_;  // outlives this
};

}  // namespace sealbook::adapters
