// Checkup is what doctor asks of an instance, one finding per check, in the order in which a start
// would meet them. It opens everything read-only and changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/inspection.hpp"

namespace sealbook::cli {

enum class Verdict : std::uint8_t { ok, warn, fail };

struct CheckResult {
  std::string id;      // "store.opens"
  Verdict verdict = Verdict::ok;
  std::string detail;  // a sentence
  std::string next;    // what to do; empty when all is well
  bool is_configuration = false;  // a refusal that exit code 78 stands for
};

// The checks of an instance whose configuration could be read.
std::vector<CheckResult> check_instance(const Config& config);

}  // namespace sealbook::cli
