// How long the values of a message may be, and which characters its author may write.
#pragma once

#include "domain/messages/compose.hpp"
#include "domain/messages/parse_parts.hpp"

namespace sealbook::messages {

// Of an SMS every place is counted: longer values are cut, a longer link is refused when rendered.
struct ValueLimits {
  std::size_t message_name, phone, link, code, location, name;
};
constexpr ValueLimits limits_of(Channel channel) {
  return channel == Channel::sms ? ValueLimits{24, 16, 60, 10, 24, 24}
                                 : ValueLimits{100, 40, 500, 16, 100, 100};
}
inline constexpr std::size_t longest_sms_as_written = 600;

// Values as long as they can be.
FieldValues longest_sms_values();

enum class Lines : std::uint8_t { one, many };
// Rules "characters", "plain_text" (tags of HTML), "link" (an address other than {{link}}).
void check_characters(std::string_view text, Channel channel, Lines lines, Complaints& complaints);

}  // namespace sealbook::messages
