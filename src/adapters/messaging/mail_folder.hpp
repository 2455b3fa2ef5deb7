// MailFolder is the Mailer of the demo and of tests: each mail becomes one *.eml file of a folder,
// whole or not at all, for the owner alone. It stands where SMTP would (vendor "smtp"), so that the
// gate asks the same.
//
// Names tell when and hold nothing of the mail. Threads: any.
#pragma once

#include <filesystem>
#include <optional>

#include "base/clock.hpp"
#include "net/mail/dkim.hpp"
#include "ports/mailer.hpp"

namespace sealbook::adapters {

class MailFolder final : public Mailer {
 public:
  // The folder exists; `clock` outlives this.
  MailFolder(std::filesystem::path folder, std::optional<net::mail::DkimSigner> signer,
             const Clock& clock)
      : folder_(std::move(folder)), signer_(std::move(signer)), clock_(clock) {}

  std::string_view vendor() const override { return "smtp"; }
  MailOutcome send(const EgressPermit& permit, const OutgoingMail& mail) override;

 private:
  std::filesystem::path folder_;
  std::optional<net::mail::DkimSigner> signer_;
  const Clock& clock_;
};

}  // namespace sealbook::adapters
