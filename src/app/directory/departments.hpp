// Parts of the organisation at a site.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct AddDepartment {
  std::string name;
  LocationId location;
};
// Fails with not_found for a location that is not the tenant's.
Result<Work<Department>> add_department(CallContext& ctx, const AddDepartment& command);

std::vector<Department> list_departments(const CallContext& ctx);  // by name

}  // namespace sealbook::app
