// The verbs around mail: what the DNS says about the domain that we send from, and whether a mail
// leaves. Each prints for people (or JSON where it is asked for) and answers its exit code
// (exit_codes.hpp).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sealbook::cli {

// `sealbook dns check`: SPF, DKIM, DMARC, MTA-STS, TLS-RPT and MX of the sending domain, one line
// each, with the record to publish where one fails. 0 when all pass, 1 otherwise. Changes nothing.
struct DnsCheckOptions {
  std::optional<std::filesystem::path> dir;  // an instance: its [mail] names domain and keys
  std::string domain;                        // without an instance, or instead of its domain
  std::string resolver;                      // "127.0.0.1:5353"; empty: the machine's
  bool json = false;
};
int dns_check(const DnsCheckOptions& options);

// `sealbook mail test`: sends mails with fixed words over the instance's [mail], and says what came
// of them. 0 when all were accepted, 1 otherwise. Opens no store; a running server does not mind.
struct MailTestOptions {
  std::filesystem::path dir;
  std::string to;
  unsigned count = 1;
  unsigned threads = 1;  // connections at once
  bool json = false;
};
int mail_test(const MailTestOptions& options);

}  // namespace sealbook::cli
