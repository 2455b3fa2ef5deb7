// Tasks: what the program leaves to people.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/ledger_enums.hpp"
#include "base/sensitive.hpp"

namespace sealbook::api {

struct TaskView {
  TaskId id;
  std::int64_t version = 1;
  storage::TaskKind kind = storage::TaskKind::bounced;
  storage::TaskState state = storage::TaskState::open;
  PatientId patient_id;
  std::optional<AppointmentId> appointment_id;
  std::optional<MessageId> message_id;
  std::optional<messages::Refusal> reason;
  Instant due_at, opened_at, changed_at;
  std::int64_t attempts = 0;
  std::optional<storage::TaskOutcome> outcome;
  std::optional<AccountId> owner_id;
  std::optional<SensitiveText> note;
  static constexpr Field fields[] = {
      field<&TaskView::id>("id", DataClass::operational, "Its public name."),
      field<&TaskView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&TaskView::kind>("kind", DataClass::operational, "What there is to do."),
      field<&TaskView::state>("state", DataClass::operational, "Open, or done."),
      field<&TaskView::patient_id>("patient_id", DataClass::phi, "Whom it is about."),
      field<&TaskView::appointment_id>("appointment_id", DataClass::phi, "Which visit, where it is about one."),
      field<&TaskView::message_id>("message_id", DataClass::operational, "Which message, where it is about one."),
      field<&TaskView::reason>("reason", DataClass::operational, "Why a message did not leave or came back."),
      field<&TaskView::due_at>("due_at", DataClass::operational, "From when on it waits for somebody."),
      field<&TaskView::opened_at>("opened_at", DataClass::operational, "When it was opened."),
      field<&TaskView::changed_at>("changed_at", DataClass::operational, "When it was last changed."),
      field<&TaskView::attempts>("attempts", DataClass::operational, "How often somebody has tried."),
      field<&TaskView::outcome>("outcome", DataClass::operational, "Of one that is done."),
      field<&TaskView::owner_id>("owner_id", DataClass::operational, "Who does it."),
      field<&TaskView::note>("note", DataClass::phi, "When one task is asked for; sealed under the person's key."),
  };
};

struct TaskIdRequest {
  TaskId id;
  static constexpr Field fields[] = {
      field<&TaskIdRequest::id>("id", DataClass::operational, "The task.", {.where = Where::path}),
  };
};
struct GetTask {
  using Request = TaskIdRequest;
  using Response = TaskView;
  static constexpr EndpointSpec spec = checked({
      .id = "getTask", .method = Method::get, .path = "/v1/tasks/{id}", .summary = "Shows one task, with its note.",
      .access = needs(Permission::task_manage), .audit = AuditAction::task_viewed});
};

struct ListTasksRequest {
  std::optional<storage::TaskState> state;
  std::optional<storage::TaskKind> kind;
  std::optional<PatientId> patient_id;
  std::optional<AccountId> owner_id;
  std::optional<std::string> cursor;
  std::int64_t limit = 50;
  static constexpr Field fields[] = {
      field<&ListTasksRequest::state>("state", DataClass::operational, "Open when absent.", {.where = Where::query}),
      field<&ListTasksRequest::kind>("kind", DataClass::operational, "Of this kind.", {.where = Where::query}),
      field<&ListTasksRequest::patient_id>("patient_id", DataClass::phi, "About this person.", {.where = Where::query}),
      field<&ListTasksRequest::owner_id>("owner_id", DataClass::operational, "Done by this account.", {.where = Where::query}),
      field<&ListTasksRequest::cursor>("cursor", DataClass::operational, "The `next` of the page before.", {.where = Where::query, .max = 400, .text = TextRule::token}),
      field<&ListTasksRequest::limit>("limit", DataClass::operational, "At most so many.", {.where = Where::query, .presence = Presence::optional, .min = 1, .max = 200}),
  };
};
struct ListTasksResponse {
  std::vector<TaskView> tasks;
  std::optional<std::string> next;
  static constexpr Field fields[] = {
      field<&ListTasksResponse::tasks>("tasks", DataClass::phi, "By due time."),
      field<&ListTasksResponse::next>("next", DataClass::operational, "There are more: pass it as `cursor`."),
  };
};
struct ListTasks {
  using Request = ListTasksRequest;
  using Response = ListTasksResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listTasks", .method = Method::get, .path = "/v1/tasks", .summary = "Lists what people have to do.",
      .access = needs(Permission::task_manage), .audit = AuditAction::task_viewed});
};

struct ChangeTaskRequest {
  TaskId id;
  std::optional<Instant> due_at;
  std::optional<AccountId> owner_id;
  std::optional<SensitiveText> note;
  std::optional<bool> tried;
  std::optional<storage::TaskOutcome> outcome;
  static constexpr Field fields[] = {
      field<&ChangeTaskRequest::id>("id", DataClass::operational, "The task.", {.where = Where::path}),
      field<&ChangeTaskRequest::due_at>("due_at", DataClass::operational, "Puts it off."),
      field<&ChangeTaskRequest::owner_id>("owner_id", DataClass::operational, "Who does it."),
      field<&ChangeTaskRequest::note>("note", DataClass::phi, "Empty removes it.", {.min = 0, .max = 2000, .text = TextRule::multiline}),
      field<&ChangeTaskRequest::tried>("tried", DataClass::operational, "Somebody has tried once more."),
      field<&ChangeTaskRequest::outcome>("outcome", DataClass::operational, "Closes it."),
  };
};
struct ChangeTask {
  using Request = ChangeTaskRequest;
  using Response = TaskView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeTask", .method = Method::patch, .path = "/v1/tasks/{id}", .summary = "Takes a task, puts it off, notes something, or closes it with an outcome.",
      .access = needs(Permission::task_manage), .audit = AuditAction::task_changed,
      .errors = {ErrorCode::state_conflict, ErrorCode::stale_version}, .if_match = IfMatch::required});
};

std::span<const Endpoint> task_endpoints();

}  // namespace sealbook::api
