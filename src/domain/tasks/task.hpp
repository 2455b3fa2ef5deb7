// The words of tasks: what there is to do, how far it is, and what came of it.
//
// Numbers are stored: append, never renumber.
#pragma once

#include <cstdint>

namespace sealbook::tasks {

enum class TaskKind : std::uint8_t {
  bounced = 0,               // a mail came back
  refused_send = 1,          // a message may not leave, for a reason that a person can mend
  unanswered = 2,            // invited again and again, and silent
  wrong_number = 3,          // somebody else has that number
  unconfirmed_tomorrow = 4,  // reminded of, not confirmed
  displaced_visit = 5,       // lost its time
};
enum class TaskState : std::uint8_t { open = 0, done = 1 };
enum class TaskOutcome : std::uint8_t { none = 0, reached = 1, not_reached = 2, corrected = 3, not_needed = 4 };

}  // namespace sealbook::tasks
