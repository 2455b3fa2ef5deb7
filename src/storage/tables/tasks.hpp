// Tasks: what the program leaves to people (DECISIONS 29). A task's id is a hash of what it is about,
// so that the same thing opens it once.
#pragma once

#include <optional>
#include <vector>

#include "storage/transaction.hpp"

namespace sealbook::storage {

// Numbers are stored: append, never renumber.
enum class TaskKind : std::uint8_t {
  bounced = 0, refused_send = 1, unanswered = 2, wrong_number = 3, unconfirmed_tomorrow = 4, displaced_visit = 5,
};
enum class TaskState : std::uint8_t { open = 0, done = 1 };
enum class TaskOutcome : std::uint8_t { none = 0, reached = 1, not_reached = 2, corrected = 3, not_needed = 4 };

struct TaskRow {
  TaskId id;
  std::int64_t version = 1;
  TaskKind kind = TaskKind::bounced;
  TaskState state = TaskState::open;
  PatientId patient;
  std::optional<AppointmentId> appointment;
  std::optional<MessageId> message;
  std::int64_t reason = 0;  // a messages::Refusal, where the kind has one
  Instant due, opened, changed;
  std::int64_t attempts = 0;
  TaskOutcome outcome = TaskOutcome::none;
  std::optional<AccountId> owner;
  std::optional<Bytes> sealed;  // phi under the person's key: the note
};

namespace tasks {

// False when the same thing has a task already, open or done.
bool insert(Transaction& tx, const TaskRow& row);
std::optional<TaskRow> find(Snapshot& snapshot, const TaskId& id);
// Writes version over version - 1; false when the stored version is another.
bool replace(Transaction& tx, const TaskRow& row);

struct Page {
  TaskState state = TaskState::open;
  std::optional<TaskKind> kind;
  std::optional<PatientId> patient;
  std::optional<AccountId> owner;
  std::optional<std::pair<Instant, TaskId>> after;
  std::int64_t limit = 50;
};
// In order of due and id.
std::vector<TaskRow> list(Snapshot& snapshot, const Page& page);

}  // namespace tasks
}  // namespace sealbook::storage
