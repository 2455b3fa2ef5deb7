// A visit that loses its time: what was booked stays booked when a calendar or a place closes, and
// somebody has to call its person. This opens the task, in the transaction that closes.
#pragma once

#include <functional>

#include "app/tasks/tasks.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app::tasks {

struct Displacing {
  Interval span;                        // looked at: visits that overlap it and have not begun
  std::optional<LocationId> location;   // none: at every place
  std::optional<ResourceId> resource;   // none: whoever they are with
  std::function<bool(const Interval&)> takes;  // whether a visit then loses its time; empty: all do
};
// One task per visit and version of it that its person was told. Answers how many were opened.
std::size_t open_displaced(storage::Transaction& tx, const Displacing& what);

}  // namespace sealbook::app::tasks
