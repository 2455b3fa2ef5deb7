#include "ui/html.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace sealbook::ui {
namespace {

constexpr std::array<std::string_view, 7> void_elements{"br",   "hr",   "img", "input",
                                                        "link", "meta", "wbr"};

bool is_own_path(std::string_view path) {
  if (path.empty()) return false;
  if (path != "." && path.front() != '/' && path.front() != '?' && path.front() != '#')
    return false;
  // "//host" would leave this server, and a backslash is a slash to some browsers.
  if (path.starts_with("//")) return false;
  return std::ranges::none_of(
      path, [](char c) { return c == '\\' || static_cast<unsigned char>(c) <= 0x20; });
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  out.reserve(out.size() + text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        const bool forbidden = (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
        if (forbidden) out += "\xEF\xBF\xBD";
        else out += c;
      }
    }
  }
}

Html& Html::add(const SensitiveText& text) {
  append_escaped(text_, text.reveal());
  return *this;
}

void Html::close(std::string_view name) {
  if (std::ranges::find(void_elements, name) != void_elements.end()) return;
  text_.append("</").append(name).append(">");
}

Attribute attr(AttributeName name, std::string_view value) {
  std::string text = " " + std::string(name.text()) + "=\"";
  append_escaped(text, value);
  text += '"';
  return Attribute(std::move(text));
}

Attribute flag(AttributeName name) { return Attribute(" " + std::string(name.text())); }

Attribute Attribute::address(std::string_view name, std::string_view path) {
  ASSERT(is_own_path(path));
  std::string text = " " + std::string(name) + "=\"";
  append_escaped(text, path);
  text += '"';
  return Attribute(std::move(text));
}

Attribute href(std::string_view path) { return Attribute::address("href", path); }
Attribute source(std::string_view path) { return Attribute::address("src", path); }
Attribute action(std::string_view path) { return Attribute::address("action", path); }

Attribute tel(std::string_view phone) {
  std::string text = " href=\"tel:";
  for (const char c : phone)
    if ((c >= '0' && c <= '9') || c == '+') text += c;
  return Attribute(text + '"');
}

Html document(std::string_view language, const Html& head, const Html& body) {
  Html out;
  out.text_ = "<!DOCTYPE html>\n<html lang=\"";
  append_escaped(out.text_, language);
  out.text_.append("\"><head>").append(head.text_).append("</head>");
  out.text_.append(body.text_).append("</html>\n");
  return out;
}

Html script(std::string_view path) {
  ASSERT(is_own_path(path));
  Html out;
  out.text_ = "<script type=\"module\" src=\"";
  append_escaped(out.text_, path);
  out.text_ += "\"></script>";
  return out;
}

}  // namespace sealbook::ui
