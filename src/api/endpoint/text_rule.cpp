// What a text may hold (TextRule), and how long it is. The JSON parser has already refused invalid
// UTF-8 and lone surrogates; percent_decode does the same for URLs.
#include <algorithm>

#include "api/endpoint/codec.hpp"

namespace sealbook::api {
namespace {

struct Range {
  char32_t first, last;
};

// Refused in every text: controls, line and paragraph separators, bidi overrides, embeddings and
// isolates (Trojan Source), interlinear annotation, the byte order mark, the zero width space and tag
// characters, with which two names look the same, noncharacters.
constexpr Range refused[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x2028, 0x2029},
                             {0x202a, 0x202e}, {0x2066, 0x2069}, {0xfdd0, 0xfdef},
                             {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0x200b, 0x200b},
                             {0xe0000, 0xe007f}};

bool is_refused(char32_t c) {
  if ((c & 0xfffe) == 0xfffe) return true;  // U+xxFFFE and U+xxFFFF
  return std::ranges::any_of(refused,
                             [c](Range range) { return c >= range.first && c <= range.last; });
}

// The next character of valid UTF-8.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&] { return static_cast<unsigned char>(text[at++]); };
  const unsigned char first = byte();
  if (first < 0x80) return first;
  int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  char32_t c = first & (0x3f >> more);
  for (; more > 0 && at < text.size(); --more) c = c << 6 | (byte() & 0x3f);
  return c;
}

bool all_of(std::string_view text, std::string_view others, bool upper = true) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (upper && c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.contains(c);
  });
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
  const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
  const bool dots = !local.starts_with('.') && !local.ends_with('.') && !text.contains("..");
  return dots && all_of(local, "!#$%&'*+-/=?^_`{|}~.") && all_of(domain, ".-") &&
         domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.') &&
         !domain.starts_with('-');
}

bool is_phone(std::string_view text) {
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.starts_with('+')) text.remove_prefix(1);
  return digits >= 3 && digits <= 15 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || std::string_view(" ()-./").contains(c);
         });
}

bool is_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return false;
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return false;
  return text == "24:00" || (text.substr(0, 2) < "24" && text[3] < '6');
}

bool is_time_zone(std::string_view text) {
  return all_of(text, "/_+-") && !text.starts_with('/') && !text.ends_with('/') &&
         !text.contains("//");
}

bool fits(TextRule rule, std::string_view text) {
  switch (rule) {
    case TextRule::line: return text.find_first_not_of(' ') != std::string_view::npos;
    case TextRule::multiline: return true;
    case TextRule::token:
      return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
    case TextRule::slug:
      return all_of(text, "-", false) && !text.starts_with('-') && !text.ends_with('-');
    case TextRule::email: return is_email(text);
    case TextRule::phone: return is_phone(text);
    case TextRule::language:
      return text.size() >= 2 && text.size() <= 35 && all_of(text, "-") && !text.starts_with('-');
    case TextRule::time_zone: return is_time_zone(text);
    case TextRule::time_of_day: return is_time_of_day(text);
  }
  return false;
}

}  // namespace

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::optional<std::string_view> broken_text_rule(TextRule rule, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    const bool layout = rule == TextRule::multiline && (c == '\n' || c == '\t');
    if (!layout && is_refused(c)) return "characters";
  }
  if (!text.empty() && !fits(rule, text)) return "format";
  return std::nullopt;
}

}  // namespace sealbook::api
