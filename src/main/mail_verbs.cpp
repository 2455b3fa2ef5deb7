#include "main/mail_verbs.hpp"

namespace sealbook {

void MailVerbs::add_to(CLI::App& program, int& code) {
  add_dns(program, code);
  add_mail(program, code);
}

void MailVerbs::add_dns(CLI::App& program, int& code) {
  auto* group =
      program.add_subcommand("dns", "What the DNS says about the domain that mail is sent from");
  group->require_subcommand(1);
  auto* verb = group->add_subcommand(
      "check", "Check SPF, DKIM, DMARC, MTA-STS, TLS-RPT and MX, and say what to publish");
  verb->add_option("--dir", dns_dir_,
                   "The instance's folder: its [mail] names the domain and the keys that sign");
  verb->add_option("--domain", dns_.domain,
                   "The domain, without an instance or instead of its own");
  verb->add_option("--resolver", dns_.resolver,
                   "Ask this one: 192.0.2.1:53; default: the machine's");
  verb->add_flag("--json", dns_.json, "As JSON");
  verb->callback([this, &code] {
    if (!dns_dir_.empty()) dns_.dir = dns_dir_;
    code = cli::dns_check(dns_);
  });
}

void MailVerbs::add_mail(CLI::App& program, int& code) {
  auto* group = program.add_subcommand("mail", "Mail that leaves");
  group->require_subcommand(1);
  auto* verb =
      group->add_subcommand("test", "Send a test mail with fixed words, and say what came of it");
  verb->add_option("--dir", test_.dir, "The instance's folder")->required();
  verb->add_option("--to", test_.to, "Who gets it")->required();
  verb->add_option("--count", test_.count, "How many, to see what the way out carries")
      ->check(CLI::Range(1, 100000));
  verb->add_option("--threads", test_.threads, "How many connections at once")
      ->check(CLI::Range(1, 64));
  verb->add_flag("--json", test_.json, "As JSON");
  verb->callback([this, &code] { code = cli::mail_test(test_); });
}

}  // namespace sealbook
