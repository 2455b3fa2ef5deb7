// The rows of an organisation's directory: locations, departments, resources, services, schedules
// and closures. Few and read whole at start; `sealed` holds what people typed (names).
//
// insert() adds a first version; replace() writes version + 1 over the version that was read and
// answers false when somebody was faster. Nothing is deleted: `active` goes to 0.
#pragma once

#include <vector>

#include "domain/directory/location.hpp"
#include "domain/directory/resource.hpp"
#include "domain/scheduling/availability.hpp"
#include "domain/scheduling/hours.hpp"
#include "domain/scheduling/service.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

// A value without its names, and the blob that holds them.
template <class T>
struct Row {
  T value;
  Bytes sealed;
  bool active = true;
  std::uint32_t version = 1;
};

// Who may see and book a service.
struct ServiceRow {
  scheduling::Service value;
  Bytes sealed;
  bool active = true;
  bool for_patients = true;
  std::int64_t position = 0;  // order in lists
  bool for_everyone = false;  // implies for_patients
};

namespace locations {
void insert(Transaction& tx, const Location& location, ByteView sealed);
bool replace(Transaction& tx, const Location& location, ByteView sealed);
std::vector<Row<Location>> all(Snapshot& snapshot);
}  // namespace locations

namespace departments {
void insert(Transaction& tx, const Department& department, ByteView sealed);
std::vector<Row<Department>> all(Snapshot& snapshot);
}  // namespace departments

namespace resources {
void insert(Transaction& tx, const Resource& resource, ByteView sealed);
bool replace(Transaction& tx, const Resource& resource, ByteView sealed);
std::vector<Row<Resource>> all(Snapshot& snapshot);
}  // namespace resources

namespace services {
void insert(Transaction& tx, const ServiceRow& row);
bool replace(Transaction& tx, const ServiceRow& row);
Result<std::vector<ServiceRow>> all(Snapshot& snapshot);
}  // namespace services

namespace schedules {
void insert(Transaction& tx, const scheduling::Schedule& schedule);
bool replace(Transaction& tx, const scheduling::Schedule& schedule, bool active);
Result<std::vector<Row<scheduling::Schedule>>> all(Snapshot& snapshot);
}  // namespace schedules

namespace closures {
void insert(Transaction& tx, const scheduling::Closure& closure, ByteView sealed);
bool remove(Transaction& tx, const ClosureId& id);
std::vector<Row<scheduling::Closure>> all(Snapshot& snapshot);
}  // namespace closures

}  // namespace sealbook::storage
