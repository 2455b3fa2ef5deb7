#include "app/controls/controls.hpp"

#include <algorithm>
#include <map>

#include "app/controls/words.hpp"

namespace sealbook::controls {
namespace {

// Judges one row after another; a probe that several rows name is run once.
class Judge {
 public:
  Judge(const Proofs& proofs, const Facts& facts, std::span<const Attestation> attestations)
      : proofs_(proofs), facts_(facts), attestations_(attestations) {}

  Assessment judge(const Control& row) {
    Assessment a{.control = &row};
    for (const auto& id : row.tests) add_test(a, id, EvidenceKind::test);
    for (const auto& id : row.off) add_test(a, id, EvidenceKind::switched_off);
    for (const auto& id : row.probes) add_probe(a, id);
    const bool attested = add_attestation(a);
    const bool exists = !row.tests.empty() || !row.probes.empty();
    if (!exists) a.missing.emplace_back("Nothing of it is built.");
    if (exists) add_general_reasons(a);
    if (exists && a.missing.empty()) a.state = State::enforced;
    else if (attested) a.state = State::attested;
    else a.state = exists ? State::partial : State::absent;
    return a;
  }

 private:
  void add_test(Assessment& a, const std::string& id, EvidenceKind kind) {
    Evidence evidence{.kind = kind, .id = id, .result = "not run"};
    const auto* proof = proofs_.find(id);
    if (proof) {
      evidence.result = verdict_text(proof->verdict);
      evidence.commit = proofs_.commit;
      evidence.at = proof->at;
    }
    // Without any manifest one general sentence says it for all tests.
    if (proofs_.usable() && (!proof || proof->verdict != Verdict::passed))
      a.missing.push_back(words("The test ", id, " ", proof ? past(proof->verdict)
                                                                   : "was not run on this commit", "."));
    a.evidence.push_back(std::move(evidence));
  }

  static std::string_view past(Verdict verdict) {
    return verdict == Verdict::failed ? "failed" : "was skipped";
  }

  void add_probe(Assessment& a, const std::string& id) {
    const auto [place, is_new] = results_.try_emplace(id);
    if (is_new) {
      const auto* probe = find_probe(id);
      place->second = probe ? probe->run(facts_)
                            : ProbeResult{ProbeOutcome::unknown, "This build has no such probe."};
    }
    const auto& result = place->second;
    if (result.outcome != ProbeOutcome::passed)
      a.missing.push_back(words("The probe ", id, ": ", result.detail));
    a.evidence.push_back({.kind = EvidenceKind::probe,
                          .id = id,
                          .result = std::string(outcome_text(result.outcome)),
                          .commit = {},
                          .at = facts_.now.text(),
                          .detail = result.detail});
  }

  // True when somebody vouches for the row now. What a row does not offer to attest is ignored.
  bool add_attestation(Assessment& a) {
    if (a.control->attestable.empty()) return false;
    bool in_force = false;
    for (const auto& word : attestations_) {
      if (word.control != a.control->id) continue;
      const bool holds = word.at <= facts_.now && facts_.now < word.expires_at;
      in_force = in_force || holds;
      a.evidence.push_back({.kind = EvidenceKind::attestation,
                            .id = word.by,
                            .result = holds ? "in force" : "expired",
                            .commit = {},
                            .at = word.at.text(),
                            .detail = words("Until ", word.expires_at.text(), "; ", word.reference)});
    }
    return in_force;
  }

  void add_general_reasons(Assessment& a) {
    const auto& row = *a.control;
    if (proofs_.dirty) a.missing.emplace_back("The build has changes that are not committed.");
    else if (!proofs_.usable()) a.missing.emplace_back("The build holds no results of tests on its commit.");
    if (row.tests.empty()) a.missing.emplace_back("No test shows it.");
    if (row.off.empty()) a.missing.emplace_back("It was not seen to fail with the control switched off.");
    if (!row.gap.empty()) a.missing.push_back("Still to be built: " + row.gap);
  }

  const Proofs& proofs_;
  const Facts& facts_;
  std::span<const Attestation> attestations_;
  std::map<std::string, ProbeResult, std::less<>> results_;
};

}  // namespace

std::vector<Assessment> assess(const Catalogue& rows, const Proofs& proofs, const Facts& facts,
                               std::span<const Attestation> attestations) {
  Judge judge(proofs, facts, attestations);
  std::vector<Assessment> all;
  all.reserve(rows.rows.size());
  for (const auto& row : rows.rows) all.push_back(judge.judge(row));
  return all;
}

std::vector<Assessment> assess_this_build(const Facts& facts,
                                          std::span<const Attestation> attestations) {
  return assess(catalogue(), embedded_proofs(), facts, attestations);
}

std::string_view state_text(State state) {
  constexpr std::array<std::string_view, all_states.size()> names{"enforced", "partial", "attested",
                                                                  "absent"};
  return names[static_cast<std::size_t>(state)];
}

}  // namespace sealbook::controls
