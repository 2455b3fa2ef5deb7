// Judges what the DNS says about a domain that mail is sent from: SPF (RFC 7208), DKIM (RFC 6376),
// DMARC (RFC 7489), MTA-STS (RFC 8461), TLS-RPT (RFC 8460), MX. Pure: records in, a verdict with a
// sentence out.
#pragma once

#include <string>
#include <vector>

#include "net/dns_client.hpp"

namespace sealbook::adapters {

struct Judgement {
  bool passed = false;
  std::string detail;  // a sentence; never more of a record than its policy word
};

using Texts = std::vector<std::string>;

Judgement judge_spf(const Texts& records);
// `public_key` as p= wants it (base64); `key_type` "rsa" or "ed25519".
Judgement judge_dkim(const Texts& records, std::string_view key_type, std::string_view public_key);
// `is_parent`: the records are those of a domain above, whose sp= counts.
enum class DmarcPlace : std::uint8_t { itself, parent };
Judgement judge_dmarc(const Texts& records, DmarcPlace place);
Judgement judge_mta_sts(const Texts& records);
Judgement judge_tls_rpt(const Texts& records);
Judgement judge_mx(const std::vector<net::MailExchanger>& exchangers);

// Whether a record that begins with that version tag is among them.
bool has_version(const Texts& records, std::string_view version);

}  // namespace sealbook::adapters
