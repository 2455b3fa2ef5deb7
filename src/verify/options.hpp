// The command line of sealbook-verify. Threads: plain data.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace sealbook::verify {

struct Options {
  std::string folder;              // a journal, or empty when one proof is checked
  std::string key_file;
  std::vector<std::string> since;  // files with pinned checkpoints
  std::string proof_file;          // c2sp.org/tlog-proof
  std::string body_file;           // salt (32 bytes) and body of a disclosed entry
  std::string consistency_file;
  bool help = false;
};

extern const char* const usage;

// Fails with invalid, in a sentence for the person at the terminal.
Result<Options> parse_options(std::span<const char* const> arguments);

}  // namespace sealbook::verify
