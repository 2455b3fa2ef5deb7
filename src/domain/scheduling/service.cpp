#include "domain/scheduling/service.hpp"

#include <set>

namespace sealbook::scheduling {
namespace {

void check_range(Minutes value, Minutes least, Minutes most, const char* pointer,
                 const char* sentence, std::vector<FieldError>& errors) {
  if (value < least || value > most) errors.push_back({pointer, "range", sentence});
}

void check_needs(const Service& service, std::vector<FieldError>& errors) {
  if (service.needs.empty() || service.needs.size() > 8)
    errors.push_back({"/needs", "length", "A service needs one to eight resources."});
  for (std::size_t i = 0; i < service.needs.size(); ++i) {
    const auto& pool = service.needs[i].pool;
    const std::string pointer = "/needs/" + std::to_string(i) + "/pool";
    if (pool.size() > 10'000)
      errors.push_back({pointer, "length", "A pool has at most 10000 members."});
    if (std::set<ResourceId>(pool.begin(), pool.end()).size() != pool.size())
      errors.push_back({pointer, "unique", "A pool names each member once."});
  }
}

}  // namespace

Result<void> validate(const Service& service) {
  using std::chrono::days;
  using std::chrono::hours;
  std::vector<FieldError> errors;
  check_range(service.duration, Minutes(1), days(7), "/duration",
              "A visit takes one minute to seven days.", errors);
  check_range(service.buffer_before, Minutes(0), hours(24), "/buffer_before",
              "A buffer takes at most a day.", errors);
  check_range(service.buffer_after, Minutes(0), hours(24), "/buffer_after",
              "A buffer takes at most a day.", errors);
  check_range(service.min_notice, Minutes(0), days(366), "/min_notice",
              "Notice is at most 366 days.", errors);
  check_range(service.grid, Minutes(1), Minutes(1440), "/grid",
              "Starts are 1 to 1440 minutes apart.", errors);
  if (service.horizon_days < 0 || service.horizon_days > 1096)
    errors.push_back({"/horizon_days", "range", "The horizon is 0 to 1096 days."});
  check_needs(service, errors);
  if (errors.empty()) return {};
  Error error = make_error(ErrorCode::invalid, errors.front().detail);
  error.fields = std::move(errors);
  return fail(std::move(error));
}

}  // namespace sealbook::scheduling
