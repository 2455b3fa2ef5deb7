// The facts of a message that does not exist, every one of them recognisable, and the judge that
// finds what a text should not hold. What may be said is written here by hand, not read from the
// table that it checks (fields.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/messages/render.hpp"

namespace sealbook::messages::canaries {

inline constexpr std::string_view given = "Zephyrine";
inline constexpr std::string_view family = "Quillfeather";
inline constexpr std::string_view practitioner = "Dr. Umbrafax";
inline constexpr std::string_view service = "Xylotherapy";
inline constexpr std::string_view reason = "Wombatitis";
inline constexpr std::string_view location = "Pavilion Yodel";

inline MessageFacts facts() {
  MessageFacts f;
  f.message_name = "Harbour";
  f.phone = "+12025550100";
  f.link = SensitiveText("https://book.example.test/l/a1b2c3d4e5f6g7h8");
  f.unsubscribe = SensitiveText("https://book.example.test/u/h8g7f6e5d4c3b2a1");
  f.code = SensitiveText("ABCD-EFGH");
  f.starts_at = Instant::parse("2027-09-29T17:37:00Z");  // a Wednesday, 13:37 in New York
  f.zone = *TimeZone::named("America/New_York");
  f.location = std::string(location);
  f.patient_given = SensitiveText(std::string(given));
  f.patient_family = SensitiveText(std::string(family));
  f.practitioner = SensitiveText(std::string(practitioner));
  f.service = SensitiveText(std::string(service));
  f.reason = SensitiveText(std::string(reason));
  return f;
}

// What the text holds and may not.
inline std::vector<std::string_view> leaks(std::string_view text, Channel channel,
                                           DetailLevel level) {
  std::vector<std::string_view> banned;
  const auto ban = [&banned](std::initializer_list<std::string_view> words) {
    banned.insert(banned.end(), words);
  };
  const bool names_allowed = channel == Channel::letter || channel == Channel::portal;
  if (!names_allowed) ban({given, family});
  if (channel != Channel::portal || level == DetailLevel::neutral)
    ban({practitioner, "Umbrafax", service, reason});
  if (level == DetailLevel::neutral)
    ban({location, "Yodel", "2027", "Wednesday", "Wed ", "September", "Sep 29", "29", "1:37",
         "13:37", "37", "New York", "UTC", "septiembre", "29 sep", "Nueva York", "hora de"});
  std::vector<std::string_view> found;
  for (const std::string_view word : banned)
    if (text.contains(word)) found.push_back(word);
  return found;
}

}  // namespace sealbook::messages::canaries
