// Tasks as people see and do them: listed, taken, noted, closed with an outcome; and those that the
// program finds each day.
#pragma once

#include <vector>

#include "app/tasks/tasks.hpp"
#include "base/sensitive.hpp"

namespace sealbook::app::tasks {

struct SeenTask {
  TaskRow row;
  std::optional<SensitiveText> note;
};
Result<SeenTask> read(CallContext& ctx, const TaskId& id);
// In order of due and id. Notes stay closed. One journal entry for the whole list.
Result<std::vector<TaskRow>> list(CallContext& ctx, const storage::tasks::Page& page);

struct ChangeTask {
  TaskId id;
  std::optional<Instant> due;
  std::optional<AccountId> owner;
  std::optional<SensitiveText> note;  // "" removes it
  bool tried = false;                 // one more attempt was made
  std::optional<TaskOutcome> outcome;  // closes it
};
// Fails with not_found, stale_version or precondition_failed, state_conflict for one that is done.
Result<Work<SeenTask>> change(CallContext& ctx, const ChangeTask& command);

// Opens what the day asks for: a visit tomorrow, by the clock of its place, that was reminded of and
// not confirmed; somebody who was invited to an event, has not answered for three days after a
// reminder, or at all two days before the event's links end. Answers how many were opened. Called
// every few minutes.
Result<std::size_t> open_todays(App& app, const std::shared_ptr<Tenant>& tenant);

}  // namespace sealbook::app::tasks
