#include "adapters/messaging/sending_domain.hpp"

#include <algorithm>

namespace sealbook::adapters {
namespace {

class Check {
 public:
  Check(const SendingDomain& domain, net::DnsClient& dns) : domain_(domain), dns_(dns) {}

  DomainCheck spf() {
    const std::string who = domain_.submission_host.empty() ? "mx" : "a:" + domain_.submission_host;
    return {"spf", judged(domain_.name, judge_spf), domain_.name, "TXT", "v=spf1 " + who + " -all"};
  }

  DomainCheck dkim(const net::mail::DkimSigner::Record& key) {
    const auto judge = [&](const Texts& records) {
      return judge_dkim(records, key.key_type, key.public_key);
    };
    return {"dkim " + key.name.substr(0, key.name.find("._domainkey")), judged(key.name, judge),
            key.name, "TXT", key.text};
  }

  DomainCheck no_dkim() const {
    return {"dkim",
            {false, "No key signs here: set mail.dkim_key and mail.dkim_selector."},
            "SELECTOR._domainkey." + domain_.name,
            "TXT",
            "v=DKIM1; k=rsa; p=PUBLIC-KEY"};
  }

  // A domain without a record of its own has that of a domain above (RFC 7489 6.6.3).
  DomainCheck dmarc() {
    const std::string name = "_dmarc." + domain_.name;
    const std::string text = "v=DMARC1; p=reject; rua=mailto:dmarc-reports@" + domain_.name;
    std::string_view at = domain_.name;
    DmarcPlace place = DmarcPlace::itself;
    Judgement judgement;
    for (;;) {
      const auto records = dns_.texts("_dmarc." + std::string(at));
      judgement = records ? judge_dmarc(*records, place) : not_looked_up(records.error());
      if (!records || has_version(*records, "v=DMARC1") || std::ranges::count(at, '.') < 2) break;
      at.remove_prefix(at.find('.') + 1);
      place = DmarcPlace::parent;
    }
    return {"dmarc", std::move(judgement), name, "TXT", text};
  }

  DomainCheck mta_sts() {
    const std::string name = "_mta-sts." + domain_.name;
    Judgement judgement = judged(name, judge_mta_sts);
    judgement.detail +=
        " It is read from https://mta-sts." + domain_.name + "/.well-known/mta-sts.txt";
    return {"mta-sts", std::move(judgement), name, "TXT", "v=STSv1; id=1"};
  }

  DomainCheck tls_rpt() {
    const std::string name = "_smtp._tls." + domain_.name;
    return {"tls-rpt", judged(name, judge_tls_rpt), name, "TXT",
            "v=TLSRPTv1; rua=mailto:tls-reports@" + domain_.name};
  }

  DomainCheck mx() {
    const auto found = dns_.mail_exchangers(domain_.name);
    return {"mx", found ? judge_mx(*found) : not_looked_up(found.error()), domain_.name, "MX",
            "10 " + (domain_.submission_host.empty() ? "mail." + domain_.name
                                                     : domain_.submission_host)};
  }

 private:
  static Judgement not_looked_up(const Error& error) {
    return {false, error.detail + (error.cause.empty() ? "" : " (" + error.cause + ")")};
  }

  template <class Judge>
  Judgement judged(const std::string& name, Judge&& judge) {
    const auto records = dns_.texts(name);
    return records ? judge(*records) : not_looked_up(records.error());
  }

  const SendingDomain& domain_;
  net::DnsClient& dns_;
};

}  // namespace

std::vector<DomainCheck> check_sending_domain(const SendingDomain& domain, net::DnsClient& dns) {
  Check check(domain, dns);
  std::vector<DomainCheck> out{check.spf()};
  for (const auto& key : domain.keys) out.push_back(check.dkim(key));
  if (domain.keys.empty()) out.push_back(check.no_dkim());
  out.push_back(check.dmarc());
  out.push_back(check.mta_sts());
  out.push_back(check.tls_rpt());
  out.push_back(check.mx());
  return out;
}

}  // namespace sealbook::adapters
