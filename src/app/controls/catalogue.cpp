#include "app/controls/catalogue.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "app/controls/words.hpp"
#include "base/assert.hpp"

namespace sealbook::controls {
namespace {

constexpr std::string_view embedded_files[] = {
#include "controls_catalogue.inc"
};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "ENC-01": letters, a dash, two digits.
bool is_control_id(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos || dash < 2 || dash > 4 || text.size() != dash + 3) return false;
  return std::ranges::all_of(text.substr(0, dash), is_upper) &&
         std::ranges::all_of(text.substr(dash + 1), is_digit);
}

// "S1:28", "S2:136-140".
bool is_source(std::string_view text) {
  if (!text.starts_with("S1:") && !text.starts_with("S2:")) return false;
  const auto lines = text.substr(3);
  const auto dash = lines.find('-');
  const auto number = [](std::string_view part) {
    return !part.empty() && part.size() <= 3 && std::ranges::all_of(part, is_digit);
  };
  if (dash == std::string_view::npos) return number(lines);
  return number(lines.substr(0, dash)) && number(lines.substr(dash + 1));
}

std::optional<Priority> parse_priority(std::string_view text) {
  if (text == "P0") return Priority::p0;
  if (text == "P1") return Priority::p1;
  if (text == "P2") return Priority::p2;
  return std::nullopt;
}

// Cuts the first word off `rest`; both are without spaces at the seam.
std::string_view take_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), end + 1));
  return word;
}

class Reader {
 public:
  Result<Catalogue> read(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      const auto line = text.substr(0, end);
      text.remove_prefix(std::min(text.size(), end + 1));
      ++line_number_;
      ENSURE(take(line));
    }
    ENSURE(finish_row());
    return std::move(catalogue_);
  }

 private:
  Result<void> take(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return {};
    if (line.ends_with(' ')) return wrong("ends in a space");
    if (line.starts_with("  ")) return take_member(line.substr(2));
    ENSURE(finish_row());
    auto rest = line;
    const auto first = take_word(rest);
    return first == "family" ? begin_family(rest) : begin_row(first, rest);
  }

  Result<void> begin_family(std::string_view rest) {
    const auto id = take_word(rest);
    const auto priority = parse_priority(take_word(rest));
    if (!std::ranges::all_of(id, is_upper) || id.size() < 2 || id.size() > 4)
      return wrong("a family's name is two to four capital letters");
    if (!priority) return wrong("a family's priority is P0, P1 or P2");
    if (rest.empty()) return wrong("a family has a title");
    if (!families_.insert(std::string(id)).second) return wrong("the family is there already");
    priority_ = *priority;
    catalogue_.families.push_back({.id = std::string(id), .title = std::string(rest)});
    return {};
  }

  Result<void> begin_row(std::string_view id, std::string_view title) {
    if (!is_control_id(id)) return wrong("a row begins with an id such as ENC-01");
    if (catalogue_.families.empty() || id.substr(0, id.find('-')) != catalogue_.families.back().id)
      return wrong("the row is not of the family above it");
    if (title.empty()) return wrong("a row has a title");
    if (!rows_.insert(std::string(id)).second) return wrong("the row is there already");
    row_.emplace();
    row_->id = id;
    row_->family = catalogue_.families.back().id;
    row_->priority = priority_;
    row_->title = title;
    return {};
  }

  Result<void> take_member(std::string_view rest) {
    if (!row_) return wrong("a member stands before the first row of its family");
    const auto name = take_word(rest);
    if (rest.empty()) return wrong("a member has a value");
    if (name == "does") return set(row_->behaviour, rest);
    if (name == "shows") return set(row_->verify, rest);
    if (name == "gap") return set(row_->gap, rest);
    if (name == "attest") return set(row_->attestable, rest);
    if (name == "probe") return add(row_->probes, rest);
    if (name == "test") return add(row_->tests, rest);
    if (name == "off") return add(row_->off, rest);
    if (name == "source") return add_sources(rest);
    if (name != "priority") return wrong("a row has no such member");
    const auto priority = parse_priority(rest);
    if (!priority) return wrong("a priority is P0, P1 or P2");
    row_->priority = *priority;
    return {};
  }

  Result<void> set(std::string& member, std::string_view value) {
    if (!member.empty()) return wrong("the member is there already");
    member = value;
    return {};
  }

  Result<void> add(std::vector<std::string>& member, std::string_view value) {
    if (value.contains(' ')) return wrong("an id has no spaces; use one line for each");
    if (std::ranges::find(member, value) != member.end()) return wrong("the id is there already");
    member.emplace_back(value);
    return {};
  }

  Result<void> add_sources(std::string_view rest) {
    while (!rest.empty()) {
      const auto source = take_word(rest);
      if (!is_source(source)) return wrong("a source is S1:line, S2:line or S2:first-last");
      ENSURE(add(row_->sources, source));
    }
    return {};
  }

  Result<void> finish_row() {
    if (!row_) return {};
    if (row_->behaviour.empty()) return wrong("the row above does not say what it does");
    if (row_->verify.empty()) return wrong("the row above does not say what a test shows");
    if (!row_->off.empty() && row_->tests.empty())
      return wrong("the row above fails when switched off, but nothing shows it when on");
    catalogue_.rows.push_back(std::move(*row_));
    row_.reset();
    return {};
  }

  std::unexpected<Error> wrong(std::string_view why) const {
    return fail(ErrorCode::invalid, words("Line ", line_number_, " of the catalogue: ", why, "."));
  }

  Catalogue catalogue_;
  std::optional<Control> row_;
  Priority priority_ = Priority::p0;  // of the family
  std::set<std::string, std::less<>> families_;
  std::set<std::string, std::less<>> rows_;
  int line_number_ = 0;
};

}  // namespace

const Control* Catalogue::find(std::string_view id) const {
  const auto found = std::ranges::find(rows, id, &Control::id);
  return found == rows.end() ? nullptr : &*found;
}

Result<Catalogue> parse_catalogue(std::string_view text) { return Reader().read(text); }

const Catalogue& catalogue() {
  static const Catalogue parsed = [] {
    std::string text;
    for (const auto file : embedded_files) text += file;
    auto result = parse_catalogue(text);
    ASSERT(result.has_value());
    return std::move(*result);
  }();
  return parsed;
}

std::string_view priority_text(Priority priority) {
  constexpr std::array<std::string_view, 3> names{"P0", "P1", "P2"};
  return names[static_cast<std::size_t>(priority)];
}

}  // namespace sealbook::controls
