// render() turns a template and the facts of one message into its text.
//
// The detail level decides what is shown; the channel's limit is held once more here, whatever the
// template. Values are made safe for the channel: one line, no control characters, no bidi
// overrides, nothing that a mail program would turn into a link. Only `link` and `unsubscribe` are
// links; each gets a line of its own. Day and time are those of the visit's zone, in the template's
// language, and the zone is named; the machine's locale plays no part. Pure; threads: any.
#pragma once

#include <optional>
#include <string>

#include "base/sensitive.hpp"
#include "domain/messages/template.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::messages {

// What one message is about. What the channel may not carry can be left empty.
struct MessageFacts {
  std::string message_name;  // of the tenant
  std::string phone;
  SensitiveText link;         // https://…; ASCII
  SensitiveText unsubscribe;  // the same; empty: none
  SensitiveText code;         // letters, digits and hyphens
  std::optional<Instant> starts_at;
  std::optional<TimeZone> zone;  // of the visit; without it there is no day and time
  std::string location;          // its neutral name; empty: not known or none
  // Never in a low-trust channel; a portal or letter template may name them.
  SensitiveText patient_given, patient_family, practitioner, service, reason;
};

struct RenderedMessage {
  SensitiveText subject;  // one line; empty on channels without a subject
  SensitiveText text;     // lines ended by \n; an SMS holds GSM 03.38 characters only
};

// Fails with `invalid` (pointer "/facts/link" …, rule "required", "link", "characters" or "length")
// when a fact that the template shows is missing or not what it should be, or an SMS grows over 160
// characters: nothing is sent then.
Result<RenderedMessage> render(const Template& made, const MessageFacts& facts, DetailLevel level);

}  // namespace sealbook::messages
