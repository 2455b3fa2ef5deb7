#include "app/patients/fill_directory.hpp"

#include <chrono>

#include "app/sealing.hpp"
#include "base/log.hpp"

namespace sealbook::app {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::int64_t page = 500;
constexpr auto progress_every = std::chrono::seconds(2);

// The record's names; needs and notes stay closed.
Result<PatientRecord> open_row(App& app, const Tenant& tenant, const storage::PatientRow& row) {
  TRY(key, app.keyring.person_key(tenant.id(), row.key));
  return open_patient(app, tenant.id(), *key, row, false);
}

void fill(App& app, Tenant& tenant) {
  tenant.people().start_filling();
  auto last_told = SteadyClock::now();
  std::int64_t opened = 0;
  PatientId after;
  while (true) {
    // Each page is a snapshot of its own: what commits in between is put by the commits.
    std::vector<storage::PatientRow> rows;
    app.store.read(tenant.ref(), [&](storage::Snapshot& s) { rows = storage::patients::after(s, after, page); });
    for (const storage::PatientRow& row : rows) {
      const auto record = open_row(app, tenant, row);
      if (record) tenant.people().fill(row.id, *record);
      else log::error("patients.not_opened", {{"patient", row.id}, {"error", record.error().code}});
    }
    opened += static_cast<std::int64_t>(rows.size());
    if (rows.size() < static_cast<std::size_t>(page)) break;
    after = rows.back().id;
    if (SteadyClock::now() - last_told < progress_every) continue;
    last_told = SteadyClock::now();
    log::info("patients.filling", {{"tenant", tenant.id()}, {"opened", opened}});
  }
  log::info("patients.filled", {{"tenant", tenant.id()}, {"opened", opened}});
}

}  // namespace

void ensure_filled(App& app, Tenant& tenant) {
  std::call_once(tenant.people_loaded(), [&] { fill(app, tenant); });
}

}  // namespace sealbook::app
