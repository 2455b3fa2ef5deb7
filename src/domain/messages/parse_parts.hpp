// The syntax of the template language (template.hpp): text into parts. What the fields may be is
// checked elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/messages/template.hpp"

namespace sealbook::messages {

// Collects broken rules of one member, at most twenty, and says where each is.
class Complaints {
 public:
  Complaints(std::string pointer, std::string_view text, std::vector<FieldError>& into)
      : pointer_(std::move(pointer)), text_(text), into_(into) {}

  // `at` is an offset into the text; the sentence gets its line and column.
  void add(std::string_view rule, std::size_t at, std::string sentence);
  void add(std::string_view rule, std::string sentence);  // about the whole member

 private:
  std::string pointer_;
  std::string_view text_;
  std::vector<FieldError>& into_;
};

struct PlacedPart {
  Part part;
  std::size_t at;  // offset of its first byte
};

std::string braced(std::string_view name);  // "{{name}}"

// Adds a complaint for each thing that is not of the language ("syntax", "unknown_field",
// "unknown_section") and goes on behind it.
std::vector<PlacedPart> parse_parts(std::string_view text, Complaints& complaints);

}  // namespace sealbook::messages
