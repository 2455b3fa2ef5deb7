#include "domain/calendar/content_lines.hpp"

#include <algorithm>
#include <optional>

#include "base/assert.hpp"

namespace sealbook::calendar {
namespace {

constexpr std::size_t fold_octets = 75;  // RFC 5545, 3.1, without the line break

bool printable(char c) { return c >= 0x20 && c <= 0x7e; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

struct CodePoint {
  char32_t value = 0xFFFD;
  std::size_t size = 1;  // octets taken from the text
};

// One code point; a wrong sequence gives U+FFFD for its first octet.
CodePoint next_code_point(std::string_view text) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = octet(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  char32_t value = lead & (0xFF >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text[i])) return {};
    value = value << 6 | (octet(i) & 0x3F);
  }
  const char32_t least = size == 4 ? 0x10000 : size == 3 ? 0x800 : 0x80;
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, size};
}

bool breaks_line(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}
// Control characters, and those that turn the reading direction of what follows them.
bool dropped(char32_t c) {
  return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::string clean(std::string_view text, char line_break) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = next_code_point(text.substr(i));
    if (point.value == 0xFFFD && point.size == 1) {
      out += "\xEF\xBF\xBD";
    } else if (breaks_line(point.value)) {
      const bool pair = point.value == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      out += line_break;
      i += pair ? 1 : 0;
    } else if (!dropped(point.value)) {
      out += text.substr(i, point.size);
    }
    i += point.size;
  }
  return out;
}

// 3.3.11: in TEXT.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
  }
  return out;
}

// RFC 6868, 3.1: what a quoted parameter cannot hold.
std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : clean_parameter(value)) {
    if (c == '^') out += "^^";
    else if (c == '"') out += "^'";
    else out += c;
  }
  return out += '"';
}

bool plain_parameter(std::string_view value) {
  return !value.empty() && std::ranges::all_of(value, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '/' || c == '_';
  });
}

// 3.1: a long line goes on behind CRLF and a space, which counts.
void append_folded(std::string& out, std::string_view line) {
  std::size_t room = fold_octets;
  while (line.size() > room) {
    std::size_t cut = room;
    while (is_continuation(line[cut])) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = fold_octets - 1;
  }
  out.append(line).append("\r\n");
}

bool stands_in_mailto(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("-._~!$'*+@").contains(c);
}

}  // namespace

void ContentLines::begin(std::string_view component) { value("BEGIN", component); }
void ContentLines::end(std::string_view component) { value("END", component); }

void ContentLines::value(std::string_view name, std::string_view value,
                         WrittenParameters parameters) {
  ASSERT(std::ranges::all_of(value, printable));
  line(name, value, parameters);
}

void ContentLines::text(std::string_view name, std::string_view value,
                        WrittenParameters parameters) {
  line(name, escaped(clean_text(value)), parameters);
}

void ContentLines::line(std::string_view name, std::string_view value,
                        WrittenParameters parameters) {
  ASSERT(plain_parameter(name));
  std::string whole(name);
  for (const WrittenParameter& parameter : parameters) {
    ASSERT(plain_parameter(parameter.name));
    whole.append(";").append(parameter.name).append("=");
    whole +=
        plain_parameter(parameter.value) ? std::string(parameter.value) : quoted(parameter.value);
  }
  whole.append(":").append(value);
  append_folded(out_, whole);
}

std::string clean_text(std::string_view text) { return clean(text, '\n'); }
std::string clean_parameter(std::string_view text) { return clean(text, ' '); }

Result<std::string> mailto(std::string_view address, std::string_view pointer) {
  const auto at = address.find('@');
  const bool whole =
      address.size() <= 254 && at != 0 && at + 1 < address.size() &&
      std::ranges::count(address, '@') == 1 && clean_text(address) == address &&
      std::ranges::none_of(address, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
  if (!whole)
    return fail(invalid_field(std::string(pointer), "email", "An e-mail address is needed here."));
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out = "mailto:";
  for (const char c : address) {
    const auto octet = static_cast<unsigned char>(c);
    if (stands_in_mailto(c)) out += c;
    else out.append({'%', hex[octet >> 4], hex[octet & 15]});
  }
  return out;
}

Result<std::string> checked_uid(std::string_view uid) {
  if (uid.empty() || uid.size() > 255 ||
      !std::ranges::all_of(uid, [](char c) { return printable(c) && c != ' '; }))
    return fail(invalid_field("/uid", "uid", "A uid is 1 to 255 printable characters."));
  return std::string(uid);
}

std::string utc_text(Instant instant) {
  std::string out;
  for (const char c : Instant::from_seconds(instant.seconds()).text())
    if (c != '-' && c != ':') out += c;
  return out;
}

}  // namespace sealbook::calendar
