#include "ui/demo/mail_text.hpp"

#include <algorithm>
#include <optional>

#include "base/bytes.hpp"

namespace sealbook::ui {
namespace {

constexpr int deepest_part = 4;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

// Line ends as one kind, so that everything below knows "\n" only.
std::string unix_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (c != '\r') out += c;
  return out;
}

struct Part {
  std::string headers;  // unfolded
  std::string_view body;
};

Part split(std::string_view text) {
  const std::size_t blank = text.find("\n\n");
  Part part;
  for (const char c : text.substr(0, blank)) {
    if ((c == ' ' || c == '\t') && part.headers.ends_with('\n')) part.headers.back() = ' ';
    else part.headers += c;
  }
  if (blank != std::string_view::npos) part.body = text.substr(blank + 2);
  return part;
}

std::string header(const Part& part, std::string_view name) {
  std::string_view rest = part.headers;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || lower_case(line.substr(0, colon)) != name) continue;
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    return value == std::string_view::npos ? std::string() : std::string(line.substr(value));
  }
  return {};
}

int hex(char c) {
  const char l = lower(c);
  return l >= '0' && l <= '9' ? l - '0' : l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

enum class Underscores { stay, are_spaces };

std::string from_quoted(std::string_view text, Underscores underscores) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
    } else if (text[i] == '=' && i + 2 < text.size() && hex(text[i + 1]) >= 0 &&
               hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '_' && underscores == Underscores::are_spaces ? ' ' : text[i];
    }
  }
  return out;
}

std::string from_base64_lines(std::string_view text) {
  std::string dense;
  for (const char c : text)
    if (c != '\n' && c != ' ') dense += c;
  const auto bytes = from_base64(dense);
  return bytes ? std::string(as_text(*bytes)) : std::string(text);
}

// RFC 2047 encoded words; spaces between two of them are not shown.
std::string decoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t at = text.find("=?");
    const std::size_t charset = at == std::string_view::npos ? at : text.find('?', at + 2);
    const std::size_t end =
        charset == std::string_view::npos ? charset : text.find("?=", charset + 3);
    if (end == std::string_view::npos) return out.append(text);
    const std::string_view before = text.substr(0, at);
    if (out.empty() || before.find_first_not_of(' ') != std::string_view::npos) out.append(before);
    const std::string_view word = text.substr(charset + 3, end - charset - 3);
    out += lower(text[charset + 1]) == 'b' ? from_base64_lines(word)
                                           : from_quoted(word, Underscores::are_spaces);
    text.remove_prefix(end + 2);
  }
  return out;
}

std::string boundary_of(std::string_view content_type) {
  const std::size_t at = lower_case(content_type).find("boundary=");
  if (at == std::string_view::npos) return {};
  std::string_view value = content_type.substr(at + 9);
  if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
  return std::string(value.substr(0, value.find(';')));
}

void read_part(const Part& part, ShownMail& mail, std::optional<std::string>& text, int depth) {
  const std::string type = header(part, "content-type");
  const std::string media = lower_case(type.substr(0, type.find(';')));
  if (const std::string boundary = boundary_of(type); !boundary.empty() && depth < deepest_part) {
    const std::string mark = "--" + boundary;
    std::size_t at = part.body.find(mark);
    while (at != std::string_view::npos) {
      const std::size_t starts = part.body.find('\n', at);
      const std::size_t ends =
          starts == std::string_view::npos ? starts : part.body.find("\n" + mark, starts);
      if (ends == std::string_view::npos) break;
      read_part(split(part.body.substr(starts + 1, ends - starts - 1)), mail, text, depth + 1);
      at = ends + 1;
    }
    return;
  }
  if (text || (!media.empty() && media != "text/plain")) {
    mail.others.push_back(media.empty() ? "text/plain" : media);
    return;
  }
  const std::string encoding = lower_case(header(part, "content-transfer-encoding"));
  if (encoding == "quoted-printable") text = from_quoted(part.body, Underscores::stay);
  else if (encoding == "base64") text = from_base64_lines(part.body);
  else text = std::string(part.body);
}

}  // namespace

ShownMail read_mail(std::string_view eml) {
  const std::string lines = unix_lines(eml);
  const Part whole = split(lines);
  ShownMail mail;
  mail.from = decoded_words(header(whole, "from"));
  mail.to = decoded_words(header(whole, "to"));
  mail.subject = decoded_words(header(whole, "subject"));
  mail.date = header(whole, "date");
  std::optional<std::string> text;
  read_part(whole, mail, text, 0);
  mail.text = unix_lines(text.value_or(""));
  return mail;
}

}  // namespace sealbook::ui
