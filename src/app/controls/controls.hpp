// What each row of the catalogue is worth on this installation.
//
// `enforced` is said only where everything speaks for it: the row names tests that pass and tests
// that were seen to fail with the control switched off; every one of them passed, unskipped, on the
// clean commit this program was built from; its live probes pass here and now; nothing of it is
// still to be built. `attested` rests on a person's word, in force. `partial` is anything less, and
// `absent` is a row of which nothing exists. What keeps a row from `enforced` is listed in words.
// Threads: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/controls/catalogue.hpp"
#include "app/controls/probes.hpp"
#include "app/controls/proofs.hpp"
#include "base/instant.hpp"

namespace sealbook::controls {

enum class State : std::uint8_t { enforced, partial, attested, absent };
inline constexpr std::array all_states{State::enforced, State::partial, State::attested,
                                       State::absent};

// A person's word for what no program can see, with its term.
struct Attestation {
  std::string control;    // "ENC-07"
  std::string by;         // account id, never a name
  Instant at;
  Instant expires_at;
  std::string reference;  // where the evidence lies, or its hash
};

enum class EvidenceKind : std::uint8_t { test, switched_off, probe, attestation };

struct Evidence {
  EvidenceKind kind = EvidenceKind::test;
  std::string id;      // of the test, the probe or the account
  std::string result;  // "passed", "failed", "skipped", "not run", "unknown"
  std::string commit;  // tests only
  std::string at;      // RFC 3339; empty when not known
  std::string detail;  // probes and attestations: a sentence
};

struct Assessment {
  const Control* control = nullptr;  // of the catalogue that was assessed
  State state = State::absent;
  std::vector<Evidence> evidence;
  std::vector<std::string> missing;  // sentences; empty when enforced
};

// Judges every row, in the catalogue's order. The catalogue must outlive the answer.
std::vector<Assessment> assess(const Catalogue& rows, const Proofs& proofs, const Facts& facts,
                               std::span<const Attestation> attestations = {});

// The same for this build's catalogue and proofs.
std::vector<Assessment> assess_this_build(const Facts& facts,
                                          std::span<const Attestation> attestations = {});

std::string_view state_text(State state);  // "enforced"

}  // namespace sealbook::controls
