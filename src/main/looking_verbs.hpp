// The part of the command line that looks at an instance: audit, store, controls, doctor.
//
// Lifetime: outlives the parsing of the program's arguments, which it binds its options to.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verbs.hpp"

namespace sealbook {

class LookingVerbs {
 public:
  // `code` becomes the exit code of the verb that was called.
  void add_to(CLI::App& program, int& code);

 private:
  void add_audit(CLI::App& program, int& code);
  void add_store(CLI::App& program, int& code);
  void add_controls(CLI::App& program, int& code);
  void add_doctor(CLI::App& program, int& code);

  cli::AuditVerifyOptions audit_;
  cli::UnwrapPagesOptions pages_;
  cli::ControlsOptions controls_;
  std::string controls_dir_;
  cli::DoctorOptions doctor_;
};

}  // namespace sealbook
