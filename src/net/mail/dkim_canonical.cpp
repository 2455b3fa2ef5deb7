#include "net/mail/dkim_canonical.hpp"

#include <algorithm>

namespace sealbook::net::mail {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Runs of blanks become one space; those at the end go.
void append_squeezed(std::string& out, std::string_view line) {
  bool pending = false;
  for (const char c : line) {
    if (is_blank(c)) {
      pending = true;
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out += c;
  }
}

}  // namespace

MessageParts split_message(std::string_view message) {
  MessageParts parts;
  while (!message.empty() && !message.starts_with("\r\n")) {
    std::size_t end = message.find("\r\n");
    while (end != std::string_view::npos && end + 2 < message.size() && is_blank(message[end + 2]))
      end = message.find("\r\n", end + 2);
    parts.fields.push_back(message.substr(0, end));
    message.remove_prefix(end == std::string_view::npos ? message.size() : end + 2);
  }
  if (!message.empty()) parts.body = message.substr(2);
  return parts;
}

std::vector<std::string_view> fields_named(const MessageParts& parts, std::string_view lower_name) {
  std::vector<std::string_view> found;
  for (const std::string_view field : parts.fields) {
    std::string_view name = field.substr(0, field.find(':'));
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    if (std::ranges::equal(name, lower_name, {}, lower)) found.push_back(field);
  }
  return found;
}

std::string relaxed_field(std::string_view field) {
  const std::size_t colon = std::min(field.find(':'), field.size());
  std::string_view name = field.substr(0, colon);
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  std::string out;
  for (const char c : name) out += lower(c);
  out += ':';
  std::string unfolded;
  for (const char c : field.substr(std::min(colon + 1, field.size())))
    if (c != '\r' && c != '\n') unfolded += c;
  std::string_view value = unfolded;
  while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
  append_squeezed(out, value);
  return out;
}

std::string relaxed_body(std::string_view body) {
  std::string out;
  std::size_t kept = 0;  // up to here no empty line at the end
  while (!body.empty()) {
    const std::size_t end = body.find("\r\n");
    const std::size_t before = out.size();
    append_squeezed(out, body.substr(0, end));
    const bool is_empty = out.size() == before;
    out += "\r\n";
    if (!is_empty) kept = out.size();
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 2);
  }
  out.resize(kept);
  return out;
}

}  // namespace sealbook::net::mail
