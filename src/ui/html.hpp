// Html is a piece of a page that is safe by construction (CONTROLS WEB-04): it is made of elements
// whose names are checked when the program is compiled, and of text that is escaped on its way in.
//
//   el("p", attr("class", "lead"), "Call ", el("a", tel(phone), phone))
//
// A string is always text. There is no door for markup in a string: an attribute that a browser
// would run or follow (on…, style, href, src, action) cannot be named through attr(), addresses are
// made by href(), tel() and action(), which take a path of this server or a phone number only.
// Threads: values, as std::string.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/sensitive.hpp"

namespace sealbook::ui {

// Appends text as HTML text or a quoted attribute's value: & < > " ' become references, and
// controls that HTML forbids become U+FFFD.
void append_escaped(std::string& out, std::string_view text);

namespace html_detail {
constexpr bool is_name(std::string_view name) {
  if (name.empty() || name.front() < 'a' || name.front() > 'z') return false;
  for (const char c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  return true;
}
void not_an_element_name();
void that_attribute_is_not_written_by_hand();
}  // namespace html_detail

// An element's name; a literal, looked at by the compiler.
class ElementName {
 public:
  template <std::size_t N>
  consteval ElementName(const char (&name)[N]) : name_(name, N - 1) {  // NOLINT: implicit by design
    // Scripts and styles are files of this server; see Layout.
    if (!html_detail::is_name(name_) || name_ == "script" || name_ == "style" || name_ == "base" ||
        name_ == "iframe" || name_ == "object" || name_ == "embed")
      html_detail::not_an_element_name();
  }
  std::string_view text() const { return name_; }

 private:
  std::string_view name_;
};

class AttributeName {
 public:
  template <std::size_t N>
  consteval AttributeName(const char (&name)[N])
      : name_(name, N - 1) {  // NOLINT: implicit by design
    constexpr std::string_view others[] = {"style",  "href", "src",    "action", "formaction",
                                           "srcdoc", "data", "poster", "srcset", "background"};
    if (!html_detail::is_name(name_) || name_.starts_with("on"))
      html_detail::that_attribute_is_not_written_by_hand();
    for (const std::string_view other : others)
      if (name_ == other) html_detail::that_attribute_is_not_written_by_hand();
  }
  std::string_view text() const { return name_; }

 private:
  std::string_view name_;
};

class Attribute {
 public:
  Attribute() = default;  // none

 private:
  friend class Html;
  friend Attribute attr(AttributeName name, std::string_view value);
  friend Attribute flag(AttributeName name);
  friend Attribute href(std::string_view path);
  friend Attribute source(std::string_view path);
  friend Attribute action(std::string_view path);
  friend Attribute tel(std::string_view phone);
  explicit Attribute(std::string text) : text_(std::move(text)) {}
  static Attribute address(std::string_view name, std::string_view path);
  std::string text_;
};

Attribute attr(AttributeName name, std::string_view value);
Attribute flag(AttributeName name);  // an attribute without a value
// A path of this server ("/…", "?…", "#…" or "."); anything else is a bug (ASSERT).
Attribute href(std::string_view path);
Attribute source(std::string_view path);
Attribute action(std::string_view path);
// Digits and + only are kept.
Attribute tel(std::string_view phone);

class Html {
 public:
  Html() = default;

  // Text joins escaped, pieces as they are.
  Html& add(const Html& piece) {
    text_ += piece.text_;
    return *this;
  }
  Html& add(std::string_view text) {
    append_escaped(text_, text);
    return *this;
  }
  Html& add(const SensitiveText& text);

  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

  template <class... Parts>
  friend Html el(ElementName name, const Parts&... parts);
  friend Html document(std::string_view language, const Html& head, const Html& body);
  // A script of this server, by its path.
  friend Html script(std::string_view path);

 private:
  void put(const Attribute& attribute) { text_ += attribute.text_; }
  template <class Part>
  void put_attribute(const Part& part) {
    if constexpr (std::is_same_v<Part, Attribute>) put(part);
  }
  template <class Part>
  void put_content(const Part& part) {
    if constexpr (!std::is_same_v<Part, Attribute>) add(part);
  }
  void open(std::string_view name) { text_.append("<").append(name); }
  void close(std::string_view name);

  std::string text_;
};

// An element with its attributes and its content, in the order in which they are given. Elements
// that HTML never closes (input, meta, …) get no end tag.
template <class... Parts>
Html el(ElementName name, const Parts&... parts) {
  Html out;
  out.open(name.text());
  (out.put_attribute(parts), ...);
  out.text_ += '>';
  (out.put_content(parts), ...);
  out.close(name.text());
  return out;
}

Html document(std::string_view language, const Html& head, const Html& body);
Html script(std::string_view path);

// The piece, or nothing.
inline Html when(bool wanted, const Html& piece) { return wanted ? piece : Html(); }
inline Attribute when(bool wanted, const Attribute& attribute) {
  return wanted ? attribute : Attribute();
}

}  // namespace sealbook::ui
