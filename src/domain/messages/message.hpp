// The words of the message domain: what a message is for, by which way it goes, and how much it may
// say (DECISIONS 24 to 26).
//
// Numbers are stored: append, never renumber.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sealbook::messages {

enum class Channel : std::uint8_t { email = 0, sms = 1, voice = 2, letter = 3, portal = 4 };

// What a message is for. Consent and opt-outs gate all but `code`, which answers what the person has
// just asked for.
enum class Purpose : std::uint8_t {
  invitation = 0,       // a personal link to an event, the first time
  invitation_again = 1, // to those who have not answered
  code = 2,             // a one-time code that the person asked for
  confirmation = 3,     // a visit was booked
  change = 4,           // it was moved
  cancellation = 5,
  reminder = 6,
};

// How much a message may say, as the person (or the tenant, for them) chose. The name of the patient,
// the reason and the kind of clinic are above every level of a low-trust channel.
enum class DetailLevel : std::uint8_t {
  neutral = 0,  // that there is a message, from whom, and how to call back
  time = 1,     // also day and time, and the neutral name of the place
};

enum class Locale : std::uint8_t { en = 0, es = 1 };
// Ours for a language tag of a record (BCP 47: "es", "es-MX"); nothing where we do not speak it.
constexpr std::optional<Locale> locale_for(std::string_view tag) {
  const auto is = [&](std::string_view language) {
    if (tag.size() < 2 || (tag.size() > 2 && tag[2] != '-')) return false;
    return (tag[0] | 0x20) == language[0] && (tag[1] | 0x20) == language[1];
  };
  if (is("es")) return Locale::es;
  return is("en") ? std::optional(Locale::en) : std::nullopt;
}

}  // namespace sealbook::messages
