#include "ui/form.hpp"

#include <algorithm>

#include "base/cbor.hpp"

namespace sealbook::ui {
namespace {

std::unexpected<Error> refuse(std::string_view rule, std::string_view sentence) {
  return fail(invalid_field("", std::string(rule), std::string(sentence)));
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_plain(std::string_view text) {
  return is_valid_utf8(text) && std::ranges::none_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7f;
         });
}

}  // namespace

std::string_view Fields::get(std::string_view name) const { return find(name).value_or(""); }

std::optional<std::string_view> Fields::find(std::string_view name) const {
  for (const auto& [key, value] : fields_)
    if (key == name) return value;
  return std::nullopt;
}

Result<Fields> parse_fields(std::string_view encoded) {
  if (encoded.size() > longest_form) return refuse("length", "The form is too long.");
  Fields out;
  while (!encoded.empty()) {
    const std::size_t end = encoded.find('&');
    const std::string_view pair = encoded.substr(0, end);
    encoded = end == std::string_view::npos ? std::string_view() : encoded.substr(end + 1);
    const std::size_t sign = pair.find('=');
    if (sign == std::string_view::npos || sign == 0)
      return refuse("form", "A field has no name or no value.");
    auto name = decoded(pair.substr(0, sign));
    auto value = decoded(pair.substr(sign + 1));
    if (!name || !value) return refuse("form", "A percent escape is broken.");
    if (value->size() > longest_value || name->size() > 64)
      return refuse("length", "A field is too long.");
    if (!is_plain(*name) || !is_plain(*value))
      return refuse("text", "A field holds characters that are no text.");
    if (out.find(*name)) return refuse("doubled", "A field stands twice.");
    if (out.fields_.size() == most_fields) return refuse("count", "There are too many fields.");
    out.fields_.emplace_back(std::move(*name), std::move(*value));
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || c == '/' || c == ':';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace sealbook::ui
