// The two forms in which an assessment is shown: JSON for programs, a table for people.
//
// The JSON array is what GET /v1/controls answers under "controls" and what
// `sealbook controls --json` prints; `id`, `source`, `title`, `state` and `evidence` are fixed names.
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>

#include "app/controls/controls.hpp"

namespace sealbook::controls {

struct Filter {
  std::string family;          // "ENC", or a row's id "ENC-01"; empty: all
  std::optional<State> state;
};

// Nothing when the word is not a state.
std::optional<State> parse_state(std::string_view text);

// The rows that the filter keeps. Fails with ErrorCode::invalid when no row bears such a name.
Result<std::vector<Assessment>> select(std::span<const Assessment> rows, const Filter& filter);

std::string source_text(const Control& row);       // "S1:28, S2:136-140"
std::string_view kind_text(EvidenceKind kind);     // "switched-off"

// A JSON array, one object per row.
std::string controls_json(std::span<const Assessment> rows);

enum class Detail : std::uint8_t { summary, rows, everything };

// summary: counts per family and state. rows: one line per row as well. everything: with what each
// row asks, its evidence and what it lacks.
void print_controls(std::ostream& out, std::span<const Assessment> rows, Detail detail);

}  // namespace sealbook::controls
