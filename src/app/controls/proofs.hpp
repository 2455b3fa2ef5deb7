// Proofs are the results of the tests that were run on one commit, as the build embeds them.
//
// docs/formats/proofs.md fixes both forms: the JSON record that the test verbs write, and the
// generated source that a build compiles in. A test that is absent here was not run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sealbook::controls {

enum class Verdict : std::uint8_t { passed, failed, skipped };

struct Proof {
  std::string id;  // "Sbe1.opens_what_it_sealed", "prove/write-path/power-cuts"
  Verdict verdict = Verdict::skipped;
  std::string at;  // RFC 3339, when the suite ran; empty when the record does not tell
};

struct Proofs {
  std::string commit;       // 40 hexadecimal digits; empty: not built from a checkout, or no record
  bool dirty = false;       // changes that are not committed were in the tree
  std::vector<Proof> tests;  // sorted by id, one row per id: the worst result of all its runs

  // Only the clean tree of a known commit proves anything.
  bool usable() const { return !commit.empty() && !dirty && !tests.empty(); }
  const Proof* find(std::string_view id) const;
};

// Reads one record of the manifest for `commit`. An absent record gives empty Proofs, which prove
// nothing. Fails with ErrorCode::invalid when the text is not a manifest.
Result<Proofs> parse_proofs(std::string_view manifest, std::string_view commit);

// The record compiled into this program.
const Proofs& embedded_proofs();

std::string_view verdict_text(Verdict verdict);

}  // namespace sealbook::controls
