// Tasks: what the program leaves to people (DECISIONS 29). A task's id is a hash of what it is about,
// so that the same thing opens it once.
#pragma once

#include <optional>
#include <vector>

#include "domain/tasks/task.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

using sealbook::tasks::TaskKind;
using sealbook::tasks::TaskOutcome;
using sealbook::tasks::TaskState;

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

// Who was invited to an event that goes on, has neither booked nor declined, and was either reminded
// of it by `reminded` or invited by `invited` to one whose links end by `closes`.
struct SilentPerson {
  EventId event;
  PatientId patient;
};
struct Silence {
  Instant reminded, invited, closes;
  SilentPerson after;  // in order of event and person, behind this one
  std::int64_t limit = 200;
};
std::vector<SilentPerson> silent_people(Snapshot& snapshot, const Silence& wanted);

}  // namespace tasks
}  // namespace sealbook::storage
