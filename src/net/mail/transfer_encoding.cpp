#include "net/mail/transfer_encoding.hpp"

#include <algorithm>

#include "base/bytes.hpp"

namespace sealbook::net::mail {
namespace {

constexpr std::size_t line_octets = 76;
constexpr std::size_t plain_line_octets = 78;

// The next line without its end; `text` moves on behind it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void append_escaped(std::string& out, unsigned char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  out += '=';
  out += digits[c >> 4];
  out += digits[c & 15];
}

bool stands_as_it_is(unsigned char c) {
  return c == ' ' || c == '\t' || (c > 0x20 && c < 0x7F && c != '=');
}

// Old stores write ">From " for it, and SMTP ends a message at a lone dot.
bool tempts_a_relay(std::string_view line) { return line.starts_with("From ") || line == "."; }

void append_quoted_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto c = static_cast<unsigned char>(line[i]);
    const bool is_last = i + 1 == line.size();
    const bool must = !stands_as_it_is(c) || (is_last && (c == ' ' || c == '\t'));
    const std::size_t needed = must ? 3 : 1;
    if (column + needed > line_octets - 1 && !(is_last && column + needed <= line_octets)) {
      out += "=\r\n";
      column = 0;
    }
    const bool escape = must || (column == 0 && tempts_a_relay(line.substr(i)));
    const std::size_t width = escape ? 3 : 1;
    if (escape) append_escaped(out, c);
    else out += static_cast<char>(c);
    column += width;
  }
  out += "\r\n";
}

}  // namespace

std::string to_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) append_quoted_line(out, take_line(text));
  return out;
}

std::string to_base64_lines(std::string_view bytes) {
  constexpr std::size_t per_line = line_octets / 4 * 3;
  std::string out;
  while (!bytes.empty()) {
    out += to_base64(as_bytes(bytes.substr(0, per_line)));
    out += "\r\n";
    bytes.remove_prefix(std::min(per_line, bytes.size()));
  }
  return out;
}

bool is_plain_7bit(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.size() > plain_line_octets || tempts_a_relay(line)) return false;
    for (const unsigned char c : line)
      if (c < 0x20 || c >= 0x7F) return false;
    if (line.ends_with(' ')) return false;
  }
  return true;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 64);
  while (!text.empty()) {
    out += take_line(text);
    out += "\r\n";
  }
  return out;
}

}  // namespace sealbook::net::mail
