#include "domain/messages/parse_parts.hpp"

#include <algorithm>
#include <optional>

#include "domain/messages/plain_text.hpp"

namespace sealbook::messages {
namespace {

constexpr std::size_t most_complaints = 20;
constexpr std::string_view spaces = " \t";

struct SectionName {
  Section section;
  std::string_view name;
};
constexpr SectionName section_names[] = {{Section::time, "time"},
                                         {Section::place, "place"},
                                         {Section::link, "link"},
                                         {Section::unsubscribe, "unsubscribe"}};

std::optional<Section> find_section(std::string_view name) {
  for (const SectionName& row : section_names)
    if (row.name == name) return row.section;
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

// What an author wrote, to be named in a sentence: nothing that could be more than a name.
std::string named(std::string_view name) {
  const bool is_name = !name.empty() && name.size() <= 60 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
  return is_name ? braced(name) : std::string("that field");
}

std::string known_fields() {
  std::string list;
  for (const FieldRow& row : field_rows) {
    if (!list.empty()) list += ", ";
    list += row.name;
  }
  return list;
}

class Parser {
 public:
  Parser(std::string_view text, Complaints& complaints) : text_(text), complaints_(complaints) {}

  std::vector<PlacedPart> run() {
    while (at_ < text_.size()) {
      const std::size_t open = text_.find("{{", at_);
      add_text(at_, std::min(open, text_.size()));
      if (open == std::string_view::npos) break;
      const std::size_t close = text_.find("}}", open + 2);
      const std::string_view inside = text_.substr(open + 2, close - open - 2);
      if (close != std::string_view::npos && is_raw(inside)) {
        complaints_.add("syntax", open,
                        "What a field holds is always made safe: write " +
                            named(trimmed(inside.substr(1))) + ".");
        at_ = text_.substr(close).starts_with("}}}") ? close + 3 : close + 2;
        continue;
      }
      if (close == std::string_view::npos || inside.contains('\n') || inside.contains('{')) {
        complaints_.add("syntax", open,
                        "A field that begins with {{ has to end with }} on its line.");
        at_ = open + 2;
        continue;
      }
      at_ = close + 2;
      take(open, inside);
    }
    if (section_) complaints_.add("syntax", section_at_, "A section that begins here has no end.");
    return std::move(parts_);
  }

 private:
  // {{{name}}} and {{&name}}: other engines' way to ask for text as it is.
  static bool is_raw(std::string_view inside) {
    return (inside.starts_with('{') || inside.starts_with('&')) &&
           !inside.substr(1).contains('{') && !inside.contains('\n');
  }

  void add_text(std::size_t from, std::size_t until) {
    if (from >= until) return;
    const std::string_view run = text_.substr(from, until - from);
    if (const auto stray = run.find("}}"); stray != std::string_view::npos)
      complaints_.add("syntax", from + stray, "A }} without its {{.");
    parts_.push_back({{std::string(run), std::nullopt, section_, sense_}, from});
  }

  void take(std::size_t open, std::string_view inside) {
    const char first = inside.empty() ? '\0' : inside.front();
    if (first == '#' || first == '^') return begin_section(open, inside);
    if (first == '/') return end_section(open, inside);
    if (first == '!') return take_whole_line(open);
    const std::string_view name = trimmed(inside);
    const FieldRow* row = find_field(name);
    if (row == nullptr) {
      return complaints_.add(
          "unknown_field", open,
          filled("There is no field %; there are: %.", {named(name), known_fields()}));
    }
    parts_.push_back({{{}, row->field, section_, sense_}, open});
  }

  void begin_section(std::size_t open, std::string_view inside) {
    const auto section = find_section(trimmed(inside.substr(1)));
    take_whole_line(open);
    if (!section)
      return complaints_.add(
          "unknown_section", open,
          "There is no such section; there are: time, place, link, unsubscribe.");
    if (section_) return complaints_.add("syntax", open, "Sections do not stand in one another.");
    section_ = section;
    section_at_ = open;
    sense_ = inside.front() == '#' ? Sense::shown : Sense::hidden;
  }

  void end_section(std::size_t open, std::string_view inside) {
    const auto section = find_section(trimmed(inside.substr(1)));
    take_whole_line(open);
    if (!section_ || section != section_)
      return complaints_.add("syntax", open, "No section of that name ends here.");
    section_.reset();
    sense_ = Sense::shown;
  }

  // A tag that says nothing itself takes its line along when it is alone on it.
  void take_whole_line(std::size_t open) {
    const auto line = text_.rfind('\n', open);
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    if (!trimmed(text_.substr(begin, open - begin)).empty()) return;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    if (!trimmed(text_.substr(at_, end - at_)).empty()) return;
    if (begin < open && !parts_.empty() && !parts_.back().part.field) {
      std::string& indent = parts_.back().part.text;
      indent.erase(indent.size() - std::min(indent.size(), open - begin));
      if (indent.empty()) parts_.pop_back();
    }
    at_ = std::min(end + 1, text_.size());
  }

  std::string_view text_;
  Complaints& complaints_;
  std::vector<PlacedPart> parts_;
  std::size_t at_ = 0;
  std::optional<Section> section_;
  Sense sense_ = Sense::shown;
  std::size_t section_at_ = 0;
};

}  // namespace

void Complaints::add(std::string_view rule, std::size_t at, std::string sentence) {
  const std::string_view before = text_.substr(0, at);
  const auto line_start = before.rfind('\n');
  const std::string_view on_line =
      line_start == std::string_view::npos ? before : before.substr(line_start + 1);
  add(rule,
      filled("Line %, column %: %", {std::to_string(std::ranges::count(before, '\n') + 1),
                                     std::to_string(count_characters(on_line) + 1), sentence}));
}

void Complaints::add(std::string_view rule, std::string sentence) {
  if (into_.size() < most_complaints)
    into_.push_back({pointer_, std::string(rule), std::move(sentence)});
}

std::string braced(std::string_view name) { return filled("{{%}}", {name}); }

std::vector<PlacedPart> parse_parts(std::string_view text, Complaints& complaints) {
  return Parser(text, complaints).run();
}

}  // namespace sealbook::messages
