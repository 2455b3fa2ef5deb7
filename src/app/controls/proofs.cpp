#include "app/controls/proofs.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/json.hpp"

namespace sealbook::controls {
namespace {

// A manifest keeps twenty commits with a few thousand tests each.
constexpr JsonLimits manifest_limits{.max_bytes = 256 * 1024 * 1024, .max_depth = 8};

std::unexpected<Error> not_a_manifest(std::string_view what) {
  return fail(ErrorCode::invalid, "The manifest of proofs is not readable: " + std::string(what) + ".");
}

std::optional<Verdict> parse_verdict(std::string_view text) {
  if (text == "passed") return Verdict::passed;
  if (text == "failed") return Verdict::failed;
  if (text == "skipped") return Verdict::skipped;
  return std::nullopt;
}

// failed is worse than skipped, skipped worse than passed.
int badness(Verdict verdict) {
  return verdict == Verdict::failed ? 2 : verdict == Verdict::skipped ? 1 : 0;
}

const std::string* text_of(const JsonValue& object, std::string_view name) {
  const auto* member = object.find(name);
  return member ? member->as_string() : nullptr;
}

const JsonValue::Array* list_of(const JsonValue& object, std::string_view name) {
  const auto* member = object.find(name);
  return member ? member->as_array() : nullptr;
}

using Times = std::map<std::string, std::string, std::less<>>;

Result<Times> times_of_suites(const JsonValue& record) {
  const auto* suites = list_of(record, "suites");
  if (!suites) return not_a_manifest("a record has no suites");
  Times times;
  for (const auto& suite : *suites) {
    const auto* name = text_of(suite, "name");
    const auto* at = text_of(suite, "at");
    if (!name || !at) return not_a_manifest("a suite has no name or time");
    times[*name] = *at;
  }
  return times;
}

Result<std::vector<Proof>> tests_of(const JsonValue& record, const Times& times) {
  const auto* tests = list_of(record, "tests");
  if (!tests) return not_a_manifest("a record has no tests");
  std::map<std::string, Proof, std::less<>> worst;
  for (const auto& test : *tests) {
    const auto* id = text_of(test, "id");
    const auto* suite = text_of(test, "suite");
    const auto* result = text_of(test, "result");
    const auto verdict = result ? parse_verdict(*result) : std::nullopt;
    if (!id || !suite || !verdict) return not_a_manifest("a test has no id, suite or result");
    const auto time = times.find(*suite);
    Proof proof{.id = *id, .verdict = *verdict, .at = time == times.end() ? "" : time->second};
    const auto [place, is_new] = worst.try_emplace(*id, proof);
    if (!is_new && badness(*verdict) > badness(place->second.verdict)) place->second = proof;
  }
  std::vector<Proof> sorted;
  for (auto& [id, proof] : worst) sorted.push_back(std::move(proof));
  return sorted;
}

}  // namespace

const Proof* Proofs::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(tests, id, {}, &Proof::id);
  return found == tests.end() || found->id != id ? nullptr : &*found;
}

Result<Proofs> parse_proofs(std::string_view manifest, std::string_view commit) {
  TRY(json, parse_json(manifest, manifest_limits));
  if (!json.as_object()) return not_a_manifest("it is not an object");
  const auto* record = json.find(commit);
  if (!record) return Proofs{};
  const auto* named = text_of(*record, "commit");
  const auto* dirty = record->find("dirty");
  if (!named || !dirty || !dirty->as_bool()) return not_a_manifest("a record names no commit");
  TRY(times, times_of_suites(*record));
  TRY(tests, tests_of(*record, times));
  return Proofs{.commit = *named, .dirty = *dirty->as_bool(), .tests = std::move(tests)};
}

std::string_view verdict_text(Verdict verdict) {
  constexpr std::array<std::string_view, 3> names{"passed", "failed", "skipped"};
  return names[static_cast<std::size_t>(verdict)];
}

}  // namespace sealbook::controls
