#include "net/mail/header_text.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "base/bytes.hpp"
#include "base/cbor.hpp"

namespace sealbook::net::mail {
namespace {

constexpr std::size_t line_octets = 76;
constexpr std::size_t encoded_word_octets = 75;  // RFC 2047 2
constexpr std::string_view word_opens = "=?UTF-8?B?", word_ends = "?=";

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }

// In valid UTF-8: C1 controls (U+0080 to U+009F), line and paragraph separator (U+2028, U+2029).
bool has_unicode_break(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto a = static_cast<unsigned char>(text[i]), b = static_cast<unsigned char>(text[i + 1]);
    if (a == 0xC2 && b < 0xA0) return true;
    if (a == 0xE2 && b == 0x80 && i + 2 < text.size()) {
      const auto c = static_cast<unsigned char>(text[i + 2]);
      if (c == 0xA8 || c == 0xA9) return true;
    }
  }
  return false;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

// atext of RFC 5322 3.2.3.
bool is_atom_character(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").contains(static_cast<char>(c));
}

bool is_dot_atom(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.' || text.contains(".."))
    return false;
  return std::ranges::all_of(text,
                             [](unsigned char c) { return c == '.' || is_atom_character(c); });
}

bool is_host(std::string_view text) {
  if (text.size() > 253 || !is_dot_atom(text)) return false;
  std::size_t label = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ends = c == '.';
    if (!ends && c != '-' && !(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z'))
      return false;
    if (c == '-' && (label == 0 || i + 1 == text.size() || text[i + 1] == '.')) return false;
    label = ends ? 0 : label + 1;
    if (label > 63) return false;
  }
  return true;
}

// Encoded words of at most 75 octets, none of which splits a character.
std::vector<std::string> encoded_words(std::string_view text) {
  constexpr std::size_t room = (encoded_word_octets - word_opens.size() - word_ends.size()) / 4 * 3;
  std::vector<std::string> words;
  while (!text.empty()) {
    std::size_t take = std::min(room, text.size());
    while (take < text.size() && take > 1 &&
           (static_cast<unsigned char>(text[take]) & 0xC0) == 0x80)
      --take;
    words.push_back(std::string(word_opens) + to_base64(as_bytes(text.substr(0, take))) +
                    std::string(word_ends));
    text.remove_prefix(take);
  }
  return words;
}

bool needs_encoding(std::string_view text) {
  if (!is_ascii(text) || text.contains("=?")) return true;
  // What folding could lose, and words that no fold could keep on a line.
  if (text.starts_with(' ') || text.ends_with(' ') || text.contains("  ")) return true;
  std::size_t word = 0;
  for (const char c : text) {
    word = c == ' ' ? 0 : word + 1;
    if (word >= line_octets) return true;
  }
  return false;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

bool is_phrase_of_atoms(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return c == ' ' || is_atom_character(c);
  });
}

// Writes words with a space between them, and a fold where a line would grow too long.
void append_folded(std::string& out, std::string_view name, const std::vector<std::string>& words) {
  std::size_t line = name.size() + 1;
  out += name;
  out += ':';
  bool first = true;
  for (const std::string& word : words) {
    if (!first && line + 1 + word.size() > line_octets) {
      out += "\r\n";
      line = 0;
    }
    out += ' ';
    out += word;
    line += 1 + word.size();
    first = false;
  }
  out += "\r\n";
}

std::vector<std::string> split_at_spaces(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace

Result<void> check_header_value(std::string_view pointer, std::string_view value) {
  const auto broken = [&](std::string_view rule, std::string_view sentence) {
    return fail(invalid_field(std::string(pointer), std::string(rule), std::string(sentence)));
  };
  if (std::ranges::any_of(value, [](unsigned char c) { return is_control(c); }))
    return broken(
        "controls",
        "A line break, NUL or another control character may not stand in a mail's header.");
  if (!is_valid_utf8(value)) return broken("encoding", "A mail's header has to be UTF-8.");
  if (has_unicode_break(value))
    return broken("controls",
                  "A line separator or control character may not stand in a mail's header.");
  return {};
}

bool is_plain_address(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || address.size() > 254) return false;
  return is_dot_atom(address.substr(0, at)) && is_host(address.substr(at + 1));
}

std::string date_text(Instant at) {
  const std::chrono::sys_seconds seconds{std::chrono::seconds(at.seconds())};
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(seconds - day);
  constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[48];
  const std::string_view weekday = days[std::chrono::weekday(day).c_encoding()];
  const std::string_view month = months[static_cast<unsigned>(date.month()) - 1];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000", weekday.data(),
                static_cast<unsigned>(date.day()), month.data(), static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

void HeaderBlock::add(std::string_view name, std::string_view value) {
  append_folded(text_, name, split_at_spaces(value));
}

void HeaderBlock::add_text(std::string_view name, std::string_view value) {
  append_folded(text_, name, needs_encoding(value) ? encoded_words(value) : split_at_spaces(value));
}

void HeaderBlock::add_mailbox(std::string_view name, std::string_view display,
                              std::string_view address) {
  std::vector<std::string> words;
  if (needs_encoding(display) || display.size() > 60) words = encoded_words(display);
  else if (is_phrase_of_atoms(display)) words = split_at_spaces(display);
  else if (!display.empty()) words.push_back(quoted(display));
  words.push_back(words.empty() ? std::string(address) : "<" + std::string(address) + ">");
  append_folded(text_, name, words);
}

}  // namespace sealbook::net::mail
