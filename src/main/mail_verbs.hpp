// The part of the command line about mail: dns, mail.
//
// Lifetime: outlives the parsing of the program's arguments, which it binds its options to.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/mail_verbs.hpp"

namespace sealbook {

class MailVerbs {
 public:
  // `code` becomes the exit code of the verb that was called.
  void add_to(CLI::App& program, int& code);

 private:
  void add_dns(CLI::App& program, int& code);
  void add_mail(CLI::App& program, int& code);

  cli::DnsCheckOptions dns_;
  std::string dns_dir_;
  cli::MailTestOptions test_;
};

}  // namespace sealbook
