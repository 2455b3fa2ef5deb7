#include "domain/events/event.hpp"

#include <algorithm>

namespace sealbook::events {
namespace {

template <class T>
bool each_once(std::vector<T> ids) {
  std::ranges::sort(ids);
  return std::ranges::adjacent_find(ids) == ids.end();
}

}  // namespace

Result<void> validate(const Event& event) {
  Error error = make_error(ErrorCode::invalid);
  const auto require = [&](bool holds, const char* pointer, const char* rule, const char* sentence) {
    if (!holds) error.fields.push_back({pointer, rule, sentence});
  };
  require(!event.services.empty(), "/service_ids", "required", "An event is about at least one service.");
  require(each_once(event.services), "/service_ids", "unique", "Each service is named once.");
  require(each_once(event.locations), "/location_ids", "unique", "Each place is named once.");
  require(event.dates.starts < event.dates.ends, "/until", "range", "The event has to end after it starts.");
  require(event.closes <= event.dates.ends, "/closes_at", "range", "Links end no later than the event itself.");
  require(event.visits_per_person >= 1 && event.visits_per_person <= most_visits, "/visits_per_person", "range",
          "One to twenty visits for each person.");
  require(event.change_hours >= 0 && event.change_hours <= most_change_hours, "/change_hours", "range",
          "Between 0 and 2160 hours before the start.");
  if (error.fields.empty()) return {};
  error.detail = error.fields.front().detail;
  return fail(std::move(error));
}

}  // namespace sealbook::events
