#include "app/events/initials.hpp"

namespace sealbook::app::events {
namespace {

// The first code point, so that an accented letter stays whole.
std::string first_letter(const SensitiveText& part) {
  const std::string& text = part.reveal();
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return size == 0 ? std::string() : text.substr(0, size) + ".";
}

void add(std::string& to, const std::string& part) {
  if (part.empty()) return;
  if (!to.empty()) to += ' ';
  to += part;
}

}  // namespace

SensitiveText initials_of(const HumanName& name) {
  std::string out;
  if (!name.given.empty()) add(out, first_letter(name.given.front()));
  add(out, first_letter(name.family));
  return SensitiveText(std::move(out));
}

SensitiveText full_name(const HumanName& name) {
  std::string out;
  for (const auto& given : name.given) add(out, given.reveal());
  add(out, name.family.reveal());
  if (name.second_family) add(out, name.second_family->reveal());
  return SensitiveText(std::move(out));
}

}  // namespace sealbook::app::events
