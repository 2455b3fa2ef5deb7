// Looks up and judges all records of a domain that mail is sent from, and says for each what to
// publish.
#pragma once

#include <string>
#include <vector>

#include "adapters/messaging/sending_records.hpp"
#include "net/mail/dkim.hpp"

namespace sealbook::adapters {

struct SendingDomain {
  std::string name;                                 // "clinic.example.test"
  std::string submission_host;                      // for the SPF record to publish; may be empty
  std::vector<net::mail::DkimSigner::Record> keys;  // that sign here; empty: somebody else signs
};

struct DomainCheck {
  std::string id;  // "spf", "dkim s1", "dmarc", "mta-sts", "tls-rpt", "mx"
  Judgement judgement;
  std::string record_name, record_type, record_text;  // what to publish
};

// One per record. A look-up that fails is a check that did not pass, and says so.
std::vector<DomainCheck> check_sending_domain(const SendingDomain& domain, net::DnsClient& dns);

}  // namespace sealbook::adapters
