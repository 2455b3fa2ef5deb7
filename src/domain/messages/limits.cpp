#include "domain/messages/limits.hpp"

#include <algorithm>

#include "domain/messages/day_text.hpp"
#include "domain/messages/plain_text.hpp"

namespace sealbook::messages {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// The first thing that a mail program would make a link of: "://", "www.", "example.test". A single
// letter before the dot is an abbreviation ("p.m.").
std::size_t find_link(std::string_view text) {
  if (const auto at = text.find("://"); at != std::string_view::npos) return at;
  for (std::size_t dot = 2; dot + 2 < text.size(); ++dot)
    if (text[dot] == '.' && is_alnum(text[dot - 1]) && is_alnum(text[dot - 2]) &&
        is_letter(text[dot + 1]) && is_letter(text[dot + 2]))
      return dot - 2;
  return std::string_view::npos;
}

std::size_t find_tag(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '<' && (is_letter(text[at + 1]) || text[at + 1] == '/' || text[at + 1] == '!'))
      return at;
    if (text[at] != '&') continue;
    const auto end = text.find(';', at);
    if (end == std::string_view::npos || end == at + 1 || end - at > 10) continue;
    const auto entity = text.substr(at + 1, end - at - 1);
    if (std::ranges::all_of(entity, [](char c) { return is_alnum(c) || c == '#'; })) return at;
  }
  return std::string_view::npos;
}

// The text with its fields blanked: "organisation.phone" is no host name.
std::string without_fields(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("{{"); at != std::string::npos; at = out.find("{{", at)) {
    const std::size_t end = std::min(out.find("}}", at), out.size());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(at),
              out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
  return out;
}

void check_character(char32_t c, std::size_t at, Channel channel, Lines lines,
                     Complaints& complaints) {
  if (c == '\n' && lines == Lines::many) return;
  if (c == '\n') return complaints.add("characters", at, "A subject is one line.");
  if (c == '\t' && lines == Lines::many && channel != Channel::sms) return;
  if (is_unsafe(c) || c == 0xfffd)
    return complaints.add("characters", at,
                          "A character that is invisible or changes how the rest is read.");
  if (channel != Channel::sms || sms_places(c) > 0) return;
  std::string sentence = "A character that an SMS cannot carry";
  if (const char32_t plain = without_accent(c); plain < 0x80)
    sentence += std::string("; write ") + static_cast<char>(plain);
  complaints.add("characters", at, sentence + ".");
}

}  // namespace

FieldValues longest_sms_values() {
  const ValueLimits limits = limits_of(Channel::sms);
  FieldValues values;
  const auto set = [&values](FieldName field, std::size_t length) {
    values[static_cast<std::size_t>(field)] = std::string(length, 'x');
  };
  set(FieldName::organisation_message_name, limits.message_name);
  set(FieldName::organisation_phone, limits.phone);
  set(FieldName::link, limits.link);
  set(FieldName::unsubscribe, limits.link);
  set(FieldName::code, limits.code);
  set(FieldName::appointment_starts_at, longest_brief_day_and_time);
  set(FieldName::appointment_day, longest_brief_day);
  set(FieldName::appointment_time, longest_brief_time);
  set(FieldName::appointment_location, limits.location);
  return values;
}

void check_characters(std::string_view text, Channel channel, Lines lines, Complaints& complaints) {
  const std::string written = without_fields(text);
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t here = at;
    check_character(next_character(written, at), here, channel, lines, complaints);
  }
  if (const auto at = find_tag(written); at != std::string::npos)
    complaints.add("plain_text", at,
                   "Messages are plain text; HTML would be shown as it is written.");
  if (const auto at = find_link(written); at != std::string::npos)
    complaints.add("link", at,
                   "A message has one link, {{link}}; no other address may stand in it.");
}

}  // namespace sealbook::messages
