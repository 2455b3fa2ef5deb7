// The part of the command line about personal links: invite, link revoke.
//
// Lifetime: outlives the parsing of the program's arguments, which it binds its options to.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/inviting.hpp"

namespace sealbook {

class InvitingVerbs {
 public:
  // `code` becomes the exit code of the verb that was called.
  InvitingVerbs(CLI::App& program, int& code);

 private:
  cli::InviteOptions invite_;
  cli::RevokeOptions revoke_;
};

}  // namespace sealbook
