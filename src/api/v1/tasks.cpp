#include "api/v1/tasks.hpp"

#include "api/endpoint/cursor.hpp"
#include "api/v1/answering.hpp"
#include "app/tasks/manage.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
using app::tasks::SeenTask;
using app::tasks::TaskRow;

TaskView view_of(const TaskRow& row) {
  TaskView v;
  v.id = row.id;
  v.version = row.version;
  v.kind = row.kind;
  v.state = row.state;
  v.patient_id = row.patient;
  v.appointment_id = row.appointment;
  v.message_id = row.message;
  if (row.reason != 0) v.reason = static_cast<messages::Refusal>(row.reason);
  v.due_at = row.due;
  v.opened_at = row.opened;
  v.changed_at = row.changed;
  v.attempts = row.attempts;
  if (row.outcome != storage::TaskOutcome::none) v.outcome = row.outcome;
  v.owner_id = row.owner;
  return v;
}
TaskView seen(const SeenTask& task) {
  TaskView v = view_of(task.row);
  v.note = task.note;
  return v;
}

Result<TaskView> get(CallContext& ctx, const TaskIdRequest& r) {
  TRY(task, app::tasks::read(ctx, r.id));
  return seen(task);
}

Bytes filters_of(const ListTasksRequest& r) {
  Bytes filters{r.state ? static_cast<std::uint8_t>(*r.state) : std::uint8_t{255},
                r.kind ? static_cast<std::uint8_t>(*r.kind) : std::uint8_t{255}};
  append(filters, r.patient_id.value_or(PatientId()).bytes());
  append(filters, r.owner_id.value_or(AccountId()).bytes());
  return filters;
}

Result<ListTasksResponse> list(CallContext& ctx, const ListTasksRequest& r) {
  const Bytes filters = filters_of(r);
  const CursorScope scope{ctx.endpoint_id, ctx.tenant->id(), filters};
  const auto& key = ctx.tenant->keys()->cursor_mac();
  storage::tasks::Page page{r.state.value_or(storage::TaskState::open), r.kind, r.patient_id, r.owner_id, {}, r.limit};
  if (r.cursor) {
    TRY(at, open_cursor(key, scope, *r.cursor));
    page.after.emplace(Instant::from_micros(at.order), TaskId::from_raw(at.id));
  }
  TRY(rows, app::tasks::list(ctx, page));
  ListTasksResponse response;
  for (const TaskRow& row : rows) response.tasks.push_back(view_of(row));
  if (rows.size() == static_cast<std::size_t>(r.limit))
    response.next = seal_cursor(key, scope, {rows.back().due.micros(), rows.back().id.raw()});
  return response;
}

Result<Work<TaskView>> change(CallContext& ctx, const ChangeTaskRequest& r) {
  return answering(app::tasks::change(ctx, {r.id, r.due_at, r.owner_id, r.note, r.tried.value_or(false), r.outcome}), seen);
}

constexpr Endpoint rows[] = {bind_read<ListTasks, list>(), bind_read<GetTask, get>(), bind_write<ChangeTask, change>()};

}  // namespace

std::span<const Endpoint> task_endpoints() { return rows; }

}  // namespace sealbook::api
