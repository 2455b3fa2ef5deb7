// read_reply() reads what an attendee's calendar sends back (RFC 5546 section 3.2.3, RFC 6047), and
// judge() says whether it counts.
//
// A reply yields which visit, which version of it, who answers and the answer; nothing else of the
// file is looked at, so times, titles and organizers in it change nothing. It counts only when it
// answers the version that we sent last, for the attendee to whom we sent it, from that attendee's
// own verified address.
// Pure; any thread. read_reply fails with `invalid`.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/sensitive.hpp"

namespace sealbook::calendar {

enum class PartStat : std::uint8_t { accepted, declined, tentative };

struct CalendarReply {
  std::string uid;
  std::int64_t sequence = 0;  // absent means 0 (5545, 3.8.7.4)
  PartStat answer = PartStat::tentative;
  SensitiveText attendee;  // lower case
};
// At most 256 KiB, METHOD REPLY, one VEVENT with one ATTENDEE, no RECURRENCE-ID.
Result<CalendarReply> read_reply(std::string_view file);

// What we sent last about a visit, and who is known to have sent the answer.
struct SentInvitation {
  std::string uid;
  std::int64_t sequence = 0;
  SensitiveText attendee;
};
enum class ReplyVerdict : std::uint8_t {
  counts,
  other_visit,      // another uid
  old_version,      // the visit has moved since
  unknown_version,  // one that we never sent
  other_attendee,   // not the person we asked
  other_sender,     // speaks for the attendee from another address
};
// `verified_sender`: the address whose domain vouched for the mail (DKIM or SPF, aligned); empty
// when nothing did.
ReplyVerdict judge(const CalendarReply& reply, const SentInvitation& sent,
                   const SensitiveText& verified_sender);

}  // namespace sealbook::calendar
