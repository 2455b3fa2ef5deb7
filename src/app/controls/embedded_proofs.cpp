// The one place that includes the generated manifest, because it changes with each run.
#include <algorithm>

#include "app/controls/proofs.hpp"
#include "proofs.inc"

namespace sealbook::controls {
namespace {

Verdict verdict_of(proofs::Verdict verdict) {
  switch (verdict) {
    case proofs::Verdict::passed: return Verdict::passed;
    case proofs::Verdict::failed: return Verdict::failed;
    case proofs::Verdict::skipped: return Verdict::skipped;
  }
  return Verdict::failed;
}

}  // namespace

const Proofs& embedded_proofs() {
  static const Proofs embedded = [] {
    Proofs all{.commit = std::string(proofs::commit), .dirty = proofs::dirty, .tests = {}};
    for (const auto& test : proofs::tests) {
      all.tests.push_back({.id = std::string(test.id),
                           .verdict = verdict_of(test.verdict),
                           .at = std::string(proofs::suites[test.suite].at)});
    }
    // The writer sorts by code point; find() needs the order of bytes.
    std::ranges::sort(all.tests, {}, &Proof::id);
    return all;
  }();
  return embedded;
}

}  // namespace sealbook::controls
