#include "domain/import/csv.hpp"

#include <algorithm>
#include <array>

namespace sealbook::importing {

bool CsvRow::blank() const {
  return fault.empty() && std::ranges::all_of(fields, [](const std::string& field) {
    return field.find_first_not_of(" \t\r\n") == std::string::npos;
  });
}

void CsvReader::end_field() {
  if (row_.fields.size() == most_fields) row_.fault = "too_long";
  else row_.fields.push_back(std::move(field_));
  field_.clear();
  state_ = State::field_start;
}

void CsvReader::end_row() {
  if (!row_.fields.empty() || !field_.empty() || state_ != State::field_start) {
    end_field();
    ++rows_;
    sink_(row_);
  }
  row_ = {};
  row_.line = line_;
  state_ = State::field_start;
}

// Tells the row as far as it was read, the open field as an empty one, and stops.
void CsvReader::give_up(std::string_view fault) {
  row_.fault = fault;
  if (row_.fields.size() < most_fields) row_.fields.emplace_back();
  field_.clear();
  ++rows_;
  sink_(row_);
  state_ = State::ended;
}

void CsvReader::in_quotes(char c) {
  if (c == '"') {
    state_ = State::quote_in_quoted;
    return;
  }
  field_ += c;
  if (field_.size() > longest_field || line_ - quote_line_ > most_lines) give_up("quote_open");
}

// False when the character ends a line and was not taken as part of a field.
bool CsvReader::take(char c) {
  switch (state_) {
    case State::quoted: in_quotes(c); return true;
    case State::quote_in_quoted:
      if (c == '"') {
        field_ += c;
        state_ = State::quoted;
        return true;
      }
      break;
    case State::field_start:
      if (c == '"') {
        state_ = State::quoted;
        quote_line_ = line_;
        return true;
      }
      break;
    case State::plain:
    case State::broken:
    case State::ended: break;
  }
  if (c == '\r' || c == '\n') return false;
  if (c == delimiter_) {
    end_field();
    return true;
  }
  if (state_ == State::quote_in_quoted) {
    if (c == ' ') return true;  // spaces behind a closing quote mean nothing
    row_.fault = "quote";
    state_ = State::broken;
  }
  if (state_ == State::field_start) state_ = State::plain;
  if (field_.size() < longest_field) field_ += c;
  else row_.fault = "too_long";
  return true;
}

bool CsvReader::feed(std::string_view text) {
  for (const char c : text) {
    if (state_ == State::ended) return false;
    const bool second_half = after_cr_ && c == '\n';
    after_cr_ = c == '\r';
    if (take(c)) {
      // A line break inside quotes counts as a line, CR LF as one.
      if ((c == '\n' && !second_half) || c == '\r') ++line_;
      continue;
    }
    if (second_half) {
      row_.line = line_;
      continue;
    }
    ++line_;
    end_row();
  }
  return state_ != State::ended;
}

void CsvReader::finish() {
  if (state_ == State::ended) return;
  if (state_ == State::quoted) {
    give_up("quote_open");
    return;
  }
  end_row();
}

Dialect find_dialect(std::string_view beginning) {
  constexpr std::array candidates{',', ';', '\t'};
  Dialect dialect;
  if (beginning.size() > 5 && (beginning.starts_with("sep=") || beginning.starts_with("SEP=")) &&
      std::ranges::find(candidates, beginning[4]) != candidates.end() &&
      (beginning[5] == '\r' || beginning[5] == '\n')) {
    dialect.delimiter = beginning[4];
    dialect.skip = beginning.substr(5).starts_with("\r\n") ? 7 : 6;
    return dialect;
  }
  std::array<std::size_t, candidates.size()> counts{};
  bool quoted = false;
  for (const char c : beginning) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (c == candidates[i]) ++counts[i];
  }
  const auto most = std::ranges::max_element(counts);
  if (*most > 0) dialect.delimiter = candidates[static_cast<std::size_t>(most - counts.begin())];
  return dialect;
}

}  // namespace sealbook::importing
