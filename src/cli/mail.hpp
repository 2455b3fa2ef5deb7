// What is made of the [mail] part of a configuration: the Mailer, the keys that sign, and why it
// may not be used in production.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "cli/config.hpp"
#include "net/mail/dkim.hpp"
#include "ports/mailer.hpp"

namespace sealbook::cli {

// The Mailer of this instance: SMTP, or the folder of a demo (made if missing). Nothing when mail
// is not configured. Fails with `invalid` when a secret, key or address is wrong. `clock` outlives
// it.
Result<std::unique_ptr<Mailer>> make_mailer(const Config& config, const Clock& clock);

// The keys that sign mail here; nothing when there are none. Fails with `invalid`.
Result<std::optional<net::mail::DkimSigner>> make_signer(const Config& config);

// Adds why this [mail] may not run in production. Reads the files of secrets, connects to nothing.
void check_mail(const Config& config, std::vector<std::string>& reasons);

}  // namespace sealbook::cli
