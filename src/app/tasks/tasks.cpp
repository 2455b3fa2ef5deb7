#include "app/tasks/tasks.hpp"

#include "security/crypto/hash.hpp"

namespace sealbook::app::tasks {

TaskId id_of(const TenantId& tenant, const NewTask& task) {
  const std::uint8_t kind = static_cast<std::uint8_t>(task.kind);
  const AppointmentId appointment = task.appointment.value_or(AppointmentId());
  const Hash256 hash = crypto::sha256({as_bytes("sealbook task 1"), tenant.bytes(), ByteView(&kind, 1),
                                       task.patient.bytes(), appointment.bytes(), task.distinct});
  return TaskId::from_bytes(ByteView(hash).first(16));
}

bool open(storage::Transaction& tx, const NewTask& task) {
  TaskRow row;
  row.id = id_of(tx.tenant().id, task);
  row.kind = task.kind;
  row.patient = task.patient;
  row.appointment = task.appointment;
  row.message = task.message;
  row.reason = task.reason;
  row.due = task.due;
  row.opened = row.changed = tx.now();
  return storage::tasks::insert(tx, row);
}

}  // namespace sealbook::app::tasks
