// The control catalogue: every capability that sealbook promises, one row each.
//
// The rows are the text files under controls/ at the top of the tree, embedded at build time; their
// form is described in controls/README.md. A row says what the product must do, where the promise
// was made, what a test must show and which tests and live probes lean on it. Whether a row holds
// on an installation is another question: controls.hpp.
// Threads: the embedded catalogue is parsed once and never changes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sealbook::controls {

enum class Priority : std::uint8_t { p0, p1, p2 };  // p0: the first usable release

struct Family {
  std::string id;     // "ENC"
  std::string title;  // "Encryption at rest"
  bool operator==(const Family&) const = default;
};

struct Control {
  std::string id;                    // "ENC-01"
  std::string family;                // "ENC"
  Priority priority = Priority::p0;
  std::vector<std::string> sources;  // lines of the promise: "S1:28", "S2:136-140"; may be empty
  std::string title;                 // a few words
  std::string behaviour;             // what the product does
  std::string verify;                // what a test must show at least
  std::string gap;                   // what is not built yet; a row with a gap is never enforced
  std::string attestable;            // what a person may vouch for; empty: nothing
  std::vector<std::string> probes;   // live checks on this installation, by id
  std::vector<std::string> tests;    // seen to pass: ids as in the manifest of proofs
  std::vector<std::string> off;      // seen to fail with the control switched off
};

struct Catalogue {
  std::vector<Family> families;
  std::vector<Control> rows;  // in the order of the files
  const Control* find(std::string_view id) const;
};

// Reads the text of one or more catalogue files. Fails with ErrorCode::invalid, naming the line.
Result<Catalogue> parse_catalogue(std::string_view text);

// The catalogue of this build. A mistake in it is a bug (an assertion): a test parses it.
const Catalogue& catalogue();

std::string_view priority_text(Priority priority);  // "P0"

}  // namespace sealbook::controls
