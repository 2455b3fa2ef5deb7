// Tasks: things that a person must do, opened by the program and closed with an outcome
// (DECISIONS 29): a mail came back, a message was refused, nobody has answered, a visit tomorrow is
// not confirmed, a visit lost its time.
#pragma once

#include <string_view>

#include "app/call_context.hpp"
#include "storage/tables/tasks.hpp"

namespace sealbook::app::tasks {

using storage::TaskKind;
using storage::TaskOutcome;
using storage::TaskRow;
using storage::TaskState;

struct NewTask {
  TaskKind kind = TaskKind::bounced;
  PatientId patient;
  std::optional<AppointmentId> appointment;
  std::optional<MessageId> message;
  std::int64_t reason = 0;  // a coded reason of the kind
  Instant due;
  // What tells this one from another of its kind for the same person and visit: a contact's blind
  // index, a version. It is hashed, never stored.
  Bytes distinct;
};

// Opens it in the transaction of its cause, whose journal entry stands for it. False when the same
// thing has a task already.
bool open(storage::Transaction& tx, const NewTask& task);
TaskId id_of(const TenantId& tenant, const NewTask& task);

}  // namespace sealbook::app::tasks
