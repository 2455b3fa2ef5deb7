// The part of the command line that brings data in and makes data up: import, synth.
//
// Lifetime: outlives the parsing of the program's arguments, which it binds its options to.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/moving.hpp"

namespace sealbook {

class MovingVerbs {
 public:
  // `code` becomes the exit code of the verb that was called.
  void add_to(CLI::App& program, int& code);

 private:
  void add_import(CLI::App& program, int& code);
  void add_synth(CLI::App& program, int& code);

  cli::ImportOptions import_;
  cli::SynthOptions synth_;
};

}  // namespace sealbook
