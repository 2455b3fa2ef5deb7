#include "net/mail/mime_reader.hpp"

#include <algorithm>

#include "base/bytes.hpp"

namespace sealbook::net::mail {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

const std::string* find_in(const Fields& fields, std::string_view name) {
  const auto found =
      std::ranges::find(fields, name, [](const auto& f) -> std::string_view { return f.first; });
  return found == fields.end() ? nullptr : &found->second;
}

// token or quoted-string after "name=" (RFC 2045 5.1); `text` moves on behind it.
std::string take_parameter_value(std::string_view& text) {
  std::string out;
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find(';'), text.size());
    out = trimmed(text.substr(0, end));
    text.remove_prefix(end);
    return out;
  }
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    if (text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
    out += text.front();
    text.remove_prefix(1);
  }
  text.remove_prefix(std::min(std::min(text.find(';'), text.size()), text.size()));
  return out;
}

void read_type(MimePart& part, std::string_view value) {
  const std::size_t end = std::min(value.find(';'), value.size());
  part.type = to_lower(trimmed(value.substr(0, end)));
  value.remove_prefix(end);
  while (value.starts_with(';') && part.parameters.size() < 20) {
    value.remove_prefix(1);
    const std::size_t equals = value.find_first_of("=;");
    if (equals == std::string_view::npos || value[equals] == ';') {
      value.remove_prefix(std::min(equals, value.size()));
      continue;
    }
    std::string name = to_lower(trimmed(value.substr(0, equals)));
    value.remove_prefix(equals + 1);
    while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
    part.parameters.emplace_back(std::move(name), take_parameter_value(value));
  }
}

// "--boundary" or "--boundary--", blanks behind it allowed (RFC 2046 5.1.1).
enum class Delimiter : std::uint8_t { none, next, last };
Delimiter delimiter_of(std::string_view line, std::string_view boundary) {
  if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) return Delimiter::none;
  std::string_view rest = line.substr(2 + boundary.size());
  const bool is_last = rest.starts_with("--");
  if (is_last) rest.remove_prefix(2);
  if (!trimmed(rest).empty()) return Delimiter::none;
  return is_last ? Delimiter::last : Delimiter::next;
}

// The bodies between delimiters; the line end before a delimiter is the delimiter's.
std::vector<std::string_view> split_parts(std::string_view body, std::string_view boundary,
                                          std::size_t most) {
  std::vector<std::string_view> found;
  std::string_view rest = body;
  std::optional<std::size_t> begin;
  while (!rest.empty() && found.size() <= most) {
    const std::size_t line_begins = body.size() - rest.size();
    const Delimiter delimiter = delimiter_of(take_line(rest), boundary);
    if (delimiter == Delimiter::none) continue;
    if (begin) {
      std::string_view part = body.substr(*begin, line_begins - *begin);
      if (part.ends_with('\n')) part.remove_suffix(1);
      if (part.ends_with('\r')) part.remove_suffix(1);
      found.push_back(part);
    }
    if (delimiter == Delimiter::last) return found;
    begin = body.size() - rest.size();
  }
  if (begin) found.push_back(body.substr(*begin));  // cut off on the way: what there is
  return found;
}

class Reader {
 public:
  explicit Reader(const MimeLimits& limits) : limits_(limits) {}

  Result<MimePart> read(std::string_view text, std::size_t depth) {
    if (depth > limits_.most_depth) return broken("depth", "A mail's parts are nested too deeply.");
    if (++parts_ > limits_.most_parts) return broken("parts", "A mail has too many parts.");
    MimePart part;
    part.fields = take_fields(text);
    if (part.fields.size() > limits_.most_fields)
      return broken("fields", "A mail's header has too many fields.");
    for (const auto& [name, value] : part.fields)
      if (value.size() > limits_.most_field_bytes)
        return broken("field", "A field of a mail's header is too long.");
    part.body = text;
    if (const std::string* type = part.field("content-type")) read_type(part, *type);
    if (const std::string* encoding = part.field("content-transfer-encoding"))
      part.encoding = to_lower(trimmed(*encoding));
    ENSURE(read_inside(part, depth));
    return part;
  }

 private:
  static std::unexpected<Error> broken(std::string_view rule, std::string_view sentence) {
    return fail(invalid_field("/mail", std::string(rule), std::string(sentence)));
  }

  Result<void> read_inside(MimePart& part, std::size_t depth) {
    const std::string* boundary = part.parameter("boundary");
    std::vector<std::string_view> inside;
    if (part.type.starts_with("multipart/") && boundary != nullptr && !boundary->empty() &&
        boundary->size() <= 70)
      inside = split_parts(part.body, *boundary, limits_.most_parts);
    const bool is_message = part.type == "message/rfc822" || part.type == "text/rfc822-headers";
    if (is_message && (part.encoding.empty() || part.encoding == "7bit" || part.encoding == "8bit"))
      inside = {part.body};
    for (const std::string_view text : inside) {
      TRY(child, read(text, depth + 1));
      part.parts.push_back(std::move(child));
    }
    return {};
  }

  const MimeLimits& limits_;
  std::size_t parts_ = 0;
};

std::optional<std::string> from_base64_lines(std::string_view text) {
  std::string packed;
  packed.reserve(text.size());
  for (const char c : text)
    if (c != '\r' && c != '\n' && !is_blank(c)) packed += c;
  const auto bytes = from_base64(packed);
  if (!bytes) return std::nullopt;
  return std::string(as_text(*bytes));
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<std::string> from_quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool has_end = text.contains('\n');
    std::string_view line = take_line(text);
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    bool is_soft = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] != '=') {
        out += line[i];
      } else if (i + 1 == line.size()) {
        is_soft = true;
      } else {
        if (i + 2 >= line.size() || digit(line[i + 1]) < 0 || digit(line[i + 2]) < 0)
          return std::nullopt;
        out += static_cast<char>(digit(line[i + 1]) * 16 + digit(line[i + 2]));
        i += 2;
      }
    }
    if (!is_soft && has_end) out += '\n';
  }
  return out;
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

const std::string* MimePart::field(std::string_view lower_name) const {
  return find_in(fields, lower_name);
}
const std::string* MimePart::parameter(std::string_view lower_name) const {
  return find_in(parameters, lower_name);
}

std::optional<std::string> MimePart::decoded() const {
  if (encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary")
    return std::string(body);
  if (encoding == "base64") return from_base64_lines(body);
  if (encoding == "quoted-printable") return from_quoted_printable(body);
  return std::nullopt;
}

Fields take_fields(std::string_view& text) {
  Fields fields;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (is_blank(line.front())) {
      if (!fields.empty()) fields.back().second += line;
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;  // such as mbox's "From " line
    fields.emplace_back(to_lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
  }
  return fields;
}

Result<MimePart> read_mime(std::string_view message, const MimeLimits& limits) {
  if (message.size() > limits.most_bytes)
    return fail(invalid_field("/mail", "length", "That mail is too long to be read."));
  return Reader(limits).read(message, 1);
}

}  // namespace sealbook::net::mail
