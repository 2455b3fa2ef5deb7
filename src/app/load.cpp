#include "app/app.hpp"
#include "app/sealing.hpp"
#include "app/templates/templates.hpp"
#include "base/log.hpp"
#include "storage/tables/claims.hpp"
#include "storage/tables/idempotency.hpp"

namespace sealbook::app {
namespace {

using storage::Snapshot;
using storage::TenantRef;

constexpr Micros idempotency_life = std::chrono::hours(24);

// Reads with a snapshot of the tenant and hands out what the function returns.
template <class Read>
auto read_from(App& app, const TenantRef& tenant, Read&& read_it) {
  std::optional<std::invoke_result_t<Read&, Snapshot&>> answer;
  app.store.read(tenant, [&](Snapshot& snapshot) { answer.emplace(read_it(snapshot)); });
  return std::move(*answer);
}

Result<std::string> name_of(const App& app, const keys::TenantKeys& keys, std::string_view table, ByteView id,
                            std::int64_t version, ByteView sealed) {
  TRY(texts, open_texts(app, keys, table, id, version, sealed));
  return texts.get(text_name);
}

struct DirectoryRows {
  std::vector<storage::Row<Location>> locations;
  std::vector<storage::Row<Department>> departments;
  std::vector<storage::Row<Resource>> resources;
  Result<std::vector<storage::ServiceRow>> services;
  Result<std::vector<storage::Row<scheduling::Schedule>>> schedules;
  std::vector<storage::Row<scheduling::Closure>> closures;
};

Result<void> open_services(const App& app, const keys::TenantKeys& keys, std::vector<storage::ServiceRow> rows,
                           Organisation& into) {
  for (auto& row : rows) {
    TRY(texts, open_texts(app, keys, "services", row.value.id.bytes(), row.value.version, row.sealed));
    row.value.name = texts.get(text_name);
    into.services.emplace(row.value.id, ServiceEntry{row.value, texts.get(text_description), row.active,
                                                     row.for_patients, row.position, row.for_everyone});
  }
  return {};
}

Result<void> open_places(const App& app, const keys::TenantKeys& keys, DirectoryRows& rows, Organisation& into) {
  for (auto& row : rows.locations) {
    TRY(name, name_of(app, keys, "locations", row.value.id.bytes(), row.version, row.sealed));
    row.value.name = std::move(name);
    into.locations.emplace(row.value.id, std::move(row.value));
  }
  for (auto& row : rows.departments) {
    TRY(name, name_of(app, keys, "departments", row.value.id.bytes(), row.version, row.sealed));
    row.value.name = std::move(name);
    into.departments.emplace(row.value.id, std::move(row.value));
  }
  for (auto& row : rows.resources) {
    TRY(name, name_of(app, keys, "resources", row.value.id.bytes(), row.version, row.sealed));
    row.value.name = std::move(name);
    into.resources.emplace(row.value.id, std::move(row.value));
  }
  for (auto& row : rows.closures) {
    // A closure's texts are written once; ending it changes the version of the row, not the blob.
    TRY(texts, open_texts(app, keys, "closures", row.value.id.bytes(), 1, row.sealed));
    into.closures.emplace(row.value.id, ClosureEntry{row.value, texts.get(text_reason), row.active});
  }
  return {};
}

Result<std::shared_ptr<Tenant>> open_tenant(App& app, const storage::TenantRow& row) {
  TRY(keys, app.keyring.tenant(row.ref.id));
  TRY(texts, open_texts(app, *keys, "tenants", row.ref.id.bytes(), row.version, row.sealed));
  TenantProfile profile{texts.get(text_slug), texts.get(text_name), texts.get(text_message_name),
                        texts.get(text_phone), row.regime, row.version};
  return std::make_shared<Tenant>(row.ref, std::move(profile), std::move(keys));
}

void load_claims(App& app, const Tenant& tenant) {
  const Instant now = app.store.now();
  const auto live = read_from(app, tenant.ref(), [&](Snapshot& snapshot) {
    return storage::claims::live(snapshot, now - std::chrono::hours(24));
  });
  app.busy.load(live, now);
}

void load_idempotency(App& app, const Tenant& tenant) {
  const auto rows = read_from(app, tenant.ref(), [&](Snapshot& snapshot) {
    return storage::idempotency::since(snapshot, app.store.now() - idempotency_life);
  });
  for (const auto& row : rows) app.idempotency.add(row.key_hash, row.body_hash, row.seq, row.created);
}

void load_tokens(App& app) {
  std::unordered_map<AccountId, std::pair<Principal, bool>> holders;
  std::vector<TenantRef> owners{TenantRef{}};
  for (const auto& tenant : app.tenants.all()) owners.push_back(tenant->ref());
  for (const TenantRef& owner : owners)
    for (const auto& row : read_from(app, owner, [](Snapshot& s) { return storage::accounts::all(s); }))
      holders[row.id] = {Principal{row.id, owner.id, row.role, row.practitioner, row.patient}, row.active};
  for (const auto& row : read_from(app, TenantRef{}, [](Snapshot& s) { return storage::tokens::all(s); })) {
    const auto found = holders.find(row.account);
    if (found == holders.end() || !found->second.second) continue;
    app.tokens.add(row.hash, {found->second.first, row.tenant_no, row.expires});
  }
}

}  // namespace

Result<void> load_organisation(App& app, Tenant& tenant) {
  DirectoryRows rows;
  app.store.read(tenant.ref(), [&](Snapshot& s) {
    rows.locations = storage::locations::all(s);
    rows.departments = storage::departments::all(s);
    rows.resources = storage::resources::all(s);
    rows.services = storage::services::all(s);
    rows.schedules = storage::schedules::all(s);
    rows.closures = storage::closures::all(s);
  });
  TRY(services, std::move(rows.services));
  TRY(schedules, std::move(rows.schedules));
  Organisation read;
  ENSURE(open_places(app, *tenant.keys(), rows, read));
  ENSURE(open_services(app, *tenant.keys(), std::move(services), read));
  for (auto& row : schedules) read.schedules.emplace(row.value.id, ScheduleEntry{row.value, row.active});
  tenant.change([&read](Organisation& into) {
    into.locations = std::move(read.locations);
    into.departments = std::move(read.departments);
    into.resources = std::move(read.resources);
    into.services = std::move(read.services);
    into.schedules = std::move(read.schedules);
    into.closures = std::move(read.closures);
  });
  return {};
}

Result<void> load(App& app) {
  for (const auto& row : read_from(app, TenantRef{}, [](Snapshot& s) { return storage::tenants::all(s); })) {
    TRY(tenant, open_tenant(app, row));
    ENSURE(load_organisation(app, *tenant));
    ENSURE(templates::load(app, *tenant));
    load_claims(app, *tenant);
    load_idempotency(app, *tenant);
    app.tenants.add(std::move(tenant));
  }
  load_tokens(app);
  if (app.session_store != nullptr)
    for (const auto& session : app.session_store->changed_since({})) app.sessions.put(session);
  return {};
}

}  // namespace sealbook::app
