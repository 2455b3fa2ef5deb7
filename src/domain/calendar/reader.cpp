#include "domain/calendar/reader.hpp"

#include <algorithm>

#include "base/cbor.hpp"
#include "domain/calendar/content_lines.hpp"

namespace sealbook::calendar {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = upper(c);
  return out;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (upper(c) >= 'A' && upper(c) <= 'Z') || c == '-' || c == '_';
  });
}

// Neither a control character (a tab is none here) nor broken UTF-8.
bool is_calendar_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\t') || c == 0x7F) return false;
  }
  return is_valid_utf8(text);
}

// RFC 6868, 3.2.
std::string decoded_parameter(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char next = i + 1 < value.size() ? value[i + 1] : '\0';
    if (value[i] == '^' && (next == '^' || next == 'n' || next == '\'')) {
      out += next == 'n' ? '\n' : next == '^' ? '^' : '"';
      ++i;
    } else {
      out += value[i];
    }
  }
  return out;
}

// The lines of a file, unfolded one by one.
class Lines {
 public:
  Lines(std::string_view file, const ReadLimits& limits) : rest_(file), limits_(limits) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }
  bool done() const { return rest_.empty(); }
  std::size_t number() const { return number_; }  // of the line that next() gave
  Result<std::string> next() {
    number_ = physical_ + 1;
    if (++count_ > limits_.lines) return error("lines", "The file has too many lines.");
    std::string line;
    do {
      const auto end = rest_.find('\n');
      std::string_view piece = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      if (piece.ends_with('\r')) piece.remove_suffix(1);
      if (line.size() + piece.size() > limits_.line_octets)
        return error("length", "The line is too long.");
      line += piece;
      ++physical_;
      if (!folded()) break;
      rest_.remove_prefix(1);
    } while (true);
    if (!is_calendar_text(line))
      return error("characters", "The line has control characters or is not UTF-8.");
    return line;
  }
  std::unexpected<Error> error(std::string_view rule, std::string_view detail) const {
    return fail(line_error(number_, std::string(rule), std::string(detail)));
  }

 private:
  bool folded() const { return rest_.starts_with(' ') || rest_.starts_with('\t'); }

  std::string_view rest_;
  const ReadLimits& limits_;
  std::size_t number_ = 0;
  std::size_t physical_ = 0;
  std::size_t count_ = 0;
};

// Cuts a line at `;`, `:` and `,` outside quotes (3.1).
class LineParser {
 public:
  explicit LineParser(std::string_view line) : rest_(line) {}

  // Empty when the line is not one.
  std::optional<ReadProperty> property(std::size_t most_parameters) {
    ReadProperty out;
    const auto name = until(";:");
    if (!name || !is_name(*name)) return std::nullopt;
    out.name = upper(*name);
    while (rest_.starts_with(';')) {
      rest_.remove_prefix(1);
      auto next = parameter();
      if (!next || out.parameters.size() == most_parameters) return std::nullopt;
      out.parameters.push_back(std::move(*next));
    }
    if (!rest_.starts_with(':')) return std::nullopt;
    out.value = rest_.substr(1);
    return out;
  }

 private:
  std::optional<std::string_view> until(std::string_view stops) {
    const auto at = rest_.find_first_of(stops);
    if (at == std::string_view::npos) return std::nullopt;
    const auto piece = rest_.substr(0, at);
    rest_.remove_prefix(at);
    return piece;
  }

  std::optional<ReadParameter> parameter() {
    const auto name = until("=;:");
    if (!name || !is_name(*name) || !rest_.starts_with('=')) return std::nullopt;
    ReadParameter out{upper(*name), {}};
    do {
      rest_.remove_prefix(1);  // the = or the comma
      if (!out.value.empty()) out.value += ',';
      std::optional<std::string_view> value;
      if (rest_.starts_with('"')) {
        rest_.remove_prefix(1);
        value = until("\"");
        if (value) rest_.remove_prefix(1);
      } else {
        value = until(",;:");
        if (value && value->contains('"')) return std::nullopt;
      }
      if (!value) return std::nullopt;
      out.value += decoded_parameter(*value);
    } while (rest_.starts_with(','));
    return out;
  }

  std::string_view rest_;
};

// Reads what stands between BEGIN and END of `into`.
Result<void> read_into(ReadComponent& into, Lines& lines, const ReadLimits& limits,
                       std::size_t depth) {
  while (!lines.done()) {
    TRY(line, lines.next());
    if (line.empty()) continue;
    auto property = LineParser(line).property(limits.parameters);
    if (!property) return lines.error("property", "The line is no property.");
    property->line = lines.number();
    if (property->name == "END") {
      if (upper(property->value) != into.name)
        return lines.error("nesting", "A component ends that did not begin here.");
      return {};
    }
    if (property->name != "BEGIN") {
      into.properties.push_back(std::move(*property));
      continue;
    }
    if (depth == limits.depth) return lines.error("depth", "Components nest too deep.");
    if (!is_name(property->value)) return lines.error("property", "A component needs a name.");
    into.components.push_back({lines.number(), upper(property->value), {}, {}});
    ENSURE(read_into(into.components.back(), lines, limits, depth + 1));
  }
  return lines.error("nesting", "The file ends inside a component.");
}

}  // namespace

std::string_view ReadProperty::parameter(std::string_view wanted) const {
  for (const ReadParameter& parameter : parameters)
    if (parameter.name == wanted) return parameter.value;
  return {};
}

const ReadProperty* ReadComponent::find(std::string_view wanted) const {
  const auto found = std::ranges::find(properties, wanted, &ReadProperty::name);
  return found == properties.end() ? nullptr : &*found;
}

std::size_t ReadComponent::count(std::string_view wanted) const {
  return static_cast<std::size_t>(std::ranges::count(properties, wanted, &ReadProperty::name));
}

Result<ReadComponent> read_calendar(std::string_view file, const ReadLimits& limits) {
  if (file.size() > limits.octets) return fail(line_error(1, "size", "The file is too large."));
  Lines lines(file, limits);
  std::optional<ReadComponent> calendar;
  while (!lines.done()) {
    TRY(line, lines.next());
    if (line.empty()) continue;
    if (calendar) return lines.error("nesting", "Something follows the calendar.");
    if (upper(line) != "BEGIN:VCALENDAR")
      return lines.error("calendar", "The file does not begin with a calendar.");
    calendar = ReadComponent{lines.number(), "VCALENDAR", {}, {}};
    ENSURE(read_into(*calendar, lines, limits, 1));
  }
  if (!calendar) return fail(line_error(1, "calendar", "The file has no calendar."));
  return std::move(*calendar);
}

std::string text_of(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char next = i + 1 < value.size() ? value[i + 1] : '\0';
    const bool escape =
        value[i] == '\\' && next != '\0' && std::string_view("\\;,nN").contains(next);
    if (escape) ++i;
    out += !escape ? value[i] : next == 'n' || next == 'N' ? '\n' : next;
  }
  return out;
}

Error line_error(std::size_t line, std::string rule, std::string detail) {
  return invalid_field("/lines/" + std::to_string(line), std::move(rule), std::move(detail));
}

std::optional<std::int64_t> number_of(std::string_view value) {
  if (value.empty() || value.size() > 9) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : value) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::string address_of(std::string_view uri) {
  if (uri.size() < 7 || upper(uri.substr(0, 7)) != "MAILTO:") return {};
  uri = uri.substr(7, uri.substr(7).find('?'));
  const auto digit = [](char c) { return std::string_view("0123456789ABCDEF").find(upper(c)); };
  std::string out;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    const bool escape =
        uri[i] == '%' && i + 2 < uri.size() && digit(uri[i + 1]) < 16 && digit(uri[i + 2]) < 16;
    out += lower(escape ? static_cast<char>(digit(uri[i + 1]) * 16 + digit(uri[i + 2])) : uri[i]);
    if (escape) i += 2;
  }
  if (!mailto(out, "")) return {};
  return out;
}

}  // namespace sealbook::calendar
