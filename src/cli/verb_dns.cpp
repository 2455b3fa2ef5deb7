#include <algorithm>
#include <iostream>

#include "adapters/messaging/sending_domain.hpp"
#include "base/json.hpp"
#include "cli/exit_codes.hpp"
#include "cli/mail.hpp"
#include "cli/mail_verbs.hpp"
#include "cli/server.hpp"
#include "net/mail/header_text.hpp"

namespace sealbook::cli {
namespace {

int cannot(const Error& error, int code) {
  std::cerr << "sealbook dns check: " << error.detail << "\n";
  for (const FieldError& field : error.fields)
    std::cerr << "  " << field.pointer << ": " << field.detail << "\n";
  if (!error.cause.empty()) std::cerr << "  cause: " << error.cause << "\n";
  return code;
}

Result<adapters::SendingDomain> domain_of(const DnsCheckOptions& options) {
  adapters::SendingDomain domain;
  if (options.dir) {
    TRY(config, load_config(*options.dir));
    domain.name = config.mail.sending_domain();
    domain.submission_host = config.mail.host;
    if (!options.domain.empty()) config.mail.domain = domain.name = options.domain;
    TRY(signer, make_signer(config));
    if (signer) domain.keys = signer->records();
  } else {
    domain.name = options.domain;
  }
  if (!net::mail::is_plain_address("x@" + domain.name))
    return fail(
        invalid_field("/domain", "required",
                      "Name the domain, in --domain or as mail.from_address of the instance."));
  return domain;
}

void print_json(const adapters::SendingDomain& domain,
                const std::vector<adapters::DomainCheck>& checks, bool all) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("domain", domain.name).member("ok", all).key("checks").begin_array();
  for (const auto& check : checks) {
    json.begin_object().member("id", check.id).member("ok", check.judgement.passed);
    json.member("detail", check.judgement.detail).key("record").begin_object();
    json.member("name", check.record_name)
        .member("type", check.record_type)
        .member("text", check.record_text);
    json.end_object().end_object();
  }
  json.end_array().end_object();
  std::cout << text << "\n";
}

void print_lines(const adapters::SendingDomain& domain,
                 const std::vector<adapters::DomainCheck>& checks) {
  std::cout << "Records of " << domain.name << ":\n";
  for (const auto& check : checks) {
    std::cout << (check.judgement.passed ? "pass  " : "FAIL  ") << check.id << ": "
              << check.judgement.detail << "\n";
    if (!check.judgement.passed)
      std::cout << "      Publish: " << check.record_name << " " << check.record_type << " \""
                << check.record_text << "\"\n";
  }
}

}  // namespace

int dns_check(const DnsCheckOptions& options) {
  harden_process();
  if (!options.dir && options.domain.empty())
    return cannot(
        make_error(ErrorCode::invalid, "Name an instance in --dir, or a domain in --domain."),
        exit_usage);
  const auto domain = domain_of(options);
  if (!domain)
    return cannot(domain.error(),
                  domain.error().code == ErrorCode::not_found ? exit_no_input : exit_config);
  auto dns = net::DnsClient::make(options.resolver);
  if (!dns)
    return cannot(dns.error(),
                  dns.error().code == ErrorCode::unavailable ? exit_unavailable : exit_usage);
  const auto checks = adapters::check_sending_domain(*domain, *dns);
  const bool all =
      std::ranges::all_of(checks, [](const auto& check) { return check.judgement.passed; });
  if (options.json) print_json(*domain, checks, all);
  else print_lines(*domain, checks);
  return all ? exit_ok : exit_found_wrong;
}

}  // namespace sealbook::cli
