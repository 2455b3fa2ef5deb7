#include "app/directory/departments.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "base/random.hpp"

namespace sealbook::app {

Result<Work<Department>> add_department(CallContext& ctx, const AddDepartment& command) {
  ENSURE(ensure_whole_directory(ctx));
  if (ctx.tenant->organisation()->find_location(command.location) == nullptr)
    return unknown_member("/location_id", "location");
  const Department department{new_id<DepartmentId>(), 1, command.name, command.location, ActiveState::active};
  note_change(ctx, AuditAction::department_created, audit::ResourceKind::department, department.id.raw(), 0, 1);
  auto sealed = seal_name(ctx, "departments", department.id.bytes(), 1, department.name);
  return Work<Department>([tenant = ctx.tenant, department, sealed = std::move(sealed)](storage::Transaction& tx) {
    storage::departments::insert(tx, department, sealed);
    tx.after_commit([tenant, department] {
      tenant->change([&](Organisation& o) { o.departments.insert_or_assign(department.id, department); });
    });
    return Result<Department>(department);
  });
}

std::vector<Department> list_departments(const CallContext& ctx) {
  std::vector<Department> out;
  const auto organisation = ctx.tenant->organisation();
  for (const auto& [id, department] : organisation->departments)
    if (shows(ctx, department.state)) out.push_back(department);
  std::ranges::sort(out, {}, [](const Department& d) { return std::tie(d.name, d.id); });
  return out;
}

}  // namespace sealbook::app
