#include "app/controls/report.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include "app/controls/words.hpp"
#include "base/json.hpp"

namespace sealbook::controls {
namespace {

using Counts = std::array<int, all_states.size()>;

void write_evidence(JsonWriter& out, const Evidence& evidence) {
  out.begin_object();
  out.member("kind", kind_text(evidence.kind));
  out.member("id", evidence.id);
  out.member("result", evidence.result);
  if (!evidence.commit.empty()) out.member("commit", evidence.commit);
  if (!evidence.at.empty()) out.member("at", evidence.at);
  if (!evidence.detail.empty()) out.member("detail", evidence.detail);
  out.end_object();
}

void write_row(JsonWriter& out, const Assessment& a) {
  const auto& row = *a.control;
  out.begin_object();
  out.member("id", row.id);
  out.member("source", source_text(row));
  out.member("title", row.title);
  out.member("state", state_text(a.state));
  out.key("evidence").begin_array();
  for (const auto& evidence : a.evidence) write_evidence(out, evidence);
  out.end_array();
  out.member("family", row.family);
  out.member("priority", priority_text(row.priority));
  out.member("behaviour", row.behaviour);
  out.member("verify", row.verify);
  if (!row.attestable.empty()) out.member("attestable", row.attestable);
  out.key("missing").begin_array();
  for (const auto& reason : a.missing) out.string(reason);
  out.end_array();
  out.end_object();
}

// Characters on a terminal, as far as our own texts go: code points of UTF-8.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Breaks a sentence into lines of at most 100 columns, each behind `indent` spaces.
void print_wrapped(std::ostream& out, std::string_view label, std::string_view text) {
  constexpr std::size_t indent = 10;
  constexpr std::size_t width = 100;
  out << left(words("  ", label), indent);
  std::size_t column = indent;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    if (column != indent && column + 1 + columns(word) > width) {
      out << '\n' << std::string(indent, ' ');
      column = indent;
    } else if (column != indent) {
      out << ' ';
      ++column;
    }
    out << word;
    column += columns(word);
  }
  out << '\n';
}

void print_row(std::ostream& out, const Assessment& a, Detail detail) {
  const auto& row = *a.control;
  out << left(row.id, 9) << priority_text(row.priority) << ' '
      << left(std::string(state_text(a.state)), 10) << row.title << '\n';
  if (detail != Detail::everything) return;
  if (!row.sources.empty()) print_wrapped(out, "source", source_text(row));
  print_wrapped(out, "does", row.behaviour);
  print_wrapped(out, "shows", row.verify);
  for (const auto& e : a.evidence) {
    auto line = words(kind_text(e.kind), " ", e.id, ": ", e.result);
    if (!e.at.empty()) line += ", " + e.at;
    if (!e.commit.empty()) line += ", commit " + e.commit.substr(0, 12);
    if (!e.detail.empty()) line += ". " + e.detail;
    print_wrapped(out, "seen", line);
  }
  for (const auto& reason : a.missing) print_wrapped(out, "lacks", reason);
  out << '\n';
}

void print_summary(std::ostream& out, std::span<const Assessment> rows) {
  std::map<std::string_view, Counts> counts;
  std::vector<std::string_view> order;
  Counts total{};
  for (const auto& a : rows) {
    const auto [place, is_new] = counts.try_emplace(a.control->family);
    if (is_new) order.push_back(a.control->family);
    ++place->second[static_cast<std::size_t>(a.state)];
    ++total[static_cast<std::size_t>(a.state)];
  }
  const auto line = [&](std::string_view name, const Counts& n, std::string_view title) {
    int sum = 0;
    for (const int count : n) sum += count;
    out << left(std::string(name), 7);
    for (const int count : n) out << right(count == 0 ? "." : std::to_string(count), 10);
    out << right(std::to_string(sum), 7) << (title.empty() ? "" : "   ") << title << '\n';
  };
  out << left("family", 7);
  for (const auto state : all_states) out << right(std::string(state_text(state)), 10);
  out << right("rows", 7) << '\n';
  for (const auto family : order) {
    const auto known = std::ranges::find(catalogue().families, family, &Family::id);
    line(family, counts[family], known == catalogue().families.end() ? "" : known->title);
  }
  line("all", total, "");
}

}  // namespace

std::string source_text(const Control& row) {
  std::string text;
  for (const auto& source : row.sources) text += (text.empty() ? "" : ", ") + source;
  return text;
}

std::string_view kind_text(EvidenceKind kind) {
  switch (kind) {
    case EvidenceKind::test: return "test";
    case EvidenceKind::switched_off: return "switched-off";
    case EvidenceKind::probe: return "probe";
    case EvidenceKind::attestation: return "attestation";
  }
  return "";
}

std::optional<State> parse_state(std::string_view text) {
  for (const auto state : all_states)
    if (state_text(state) == text) return state;
  return std::nullopt;
}

Result<std::vector<Assessment>> select(std::span<const Assessment> rows, const Filter& filter) {
  std::vector<Assessment> kept;
  bool known = filter.family.empty();
  for (const auto& a : rows) {
    const bool named = filter.family.empty() || a.control->family == filter.family ||
                       a.control->id == filter.family;
    known = known || named;
    if (named && (!filter.state || a.state == *filter.state)) kept.push_back(a);
  }
  if (!known) return fail(ErrorCode::invalid, "No family or row bears that name.");
  return kept;
}

std::string controls_json(std::span<const Assessment> rows) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const auto& a : rows) write_row(out, a);
  out.end_array();
  return text;
}

void print_controls(std::ostream& out, std::span<const Assessment> rows, Detail detail) {
  if (detail != Detail::summary) {
    for (const auto& a : rows) print_row(out, a, detail);
    if (detail == Detail::rows && !rows.empty()) out << '\n';
  }
  print_summary(out, rows);
}

}  // namespace sealbook::controls
