#include "app/directory/services.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

constexpr PointerNames request_names = {{"/duration", "/duration_minutes"},
                                        {"/buffer_before", "/buffer_before_minutes"},
                                        {"/buffer_after", "/buffer_after_minutes"},
                                        {"/min_notice", "/notice_minutes"},
                                        {"/grid", "/grid_minutes"}};

// The members of pools and the places exist, and a pool holds what its requirement is about.
Result<void> ensure_known(const Organisation& organisation, const scheduling::Service& rules) {
  for (std::size_t i = 0; i < rules.needs.size(); ++i) {
    const auto& need = rules.needs[i];
    for (std::size_t k = 0; k < need.pool.size(); ++k) {
      const std::string pointer = "/needs/" + std::to_string(i) + "/pool/" + std::to_string(k);
      const Resource* member = organisation.find_resource(need.pool[k]);
      if (member == nullptr) return unknown_member(pointer, to_text(need.kind));
      if (member->kind != need.kind)
        return fail(invalid_field(pointer, "kind", "This is not a " + std::string(to_text(need.kind)) + "."));
    }
  }
  for (std::size_t i = 0; i < rules.locations.size(); ++i)
    if (organisation.find_location(rules.locations[i]) == nullptr)
      return unknown_member("/location_ids/" + std::to_string(i), "location");
  return {};
}

Result<void> ensure_rules(const Organisation& organisation, const scheduling::Service& rules) {
  if (auto valid = scheduling::validate(rules); !valid)
    return fail(with_pointers(std::move(valid).error(), request_names));
  return ensure_known(organisation, rules);
}

storage::ServiceRow sealed_row(const CallContext& ctx, const ServiceEntry& entry) {
  RowTexts texts{{{text_name, entry.rules.name}}};
  if (!entry.description.empty()) texts.fields.emplace(text_description, entry.description);
  return {entry.rules,
          seal_texts(ctx.app, *ctx.tenant->keys(), "services", entry.rules.id.bytes(), entry.rules.version, texts),
          entry.active, entry.for_patients, entry.position, entry.for_everyone};
}

void keep_after_commit(storage::Transaction& tx, const std::shared_ptr<Tenant>& tenant, const ServiceEntry& entry) {
  tx.after_commit([tenant, entry] {
    tenant->change([&](Organisation& o) { o.services.insert_or_assign(entry.rules.id, entry); });
  });
}

void apply(const ChangeService& command, ServiceEntry& entry) {
  const auto set = [](const auto& from, auto& to) {
    if (from) to = *from;
  };
  set(command.name, entry.rules.name);
  set(command.description, entry.description);
  set(command.duration, entry.rules.duration);
  set(command.buffer_before, entry.rules.buffer_before);
  set(command.buffer_after, entry.rules.buffer_after);
  set(command.min_notice, entry.rules.min_notice);
  set(command.grid, entry.rules.grid);
  set(command.horizon_days, entry.rules.horizon_days);
  set(command.for_patients, entry.for_patients);
  set(command.for_everyone, entry.for_everyone);
  set(command.active, entry.active);
  set(command.needs, entry.rules.needs);
  set(command.locations, entry.rules.locations);
}

bool names_a_member(const ChangeService& c) {
  return c.name || c.description || c.duration || c.buffer_before || c.buffer_after || c.min_notice || c.grid ||
         c.horizon_days || c.for_patients || c.for_everyone || c.active || c.needs || c.locations;
}

bool shows_service(const CallContext& ctx, const ServiceEntry& entry) {
  return ctx.principal.role != Role::patient || (entry.active && entry.for_patients);
}

}  // namespace

Result<Work<ServiceEntry>> add_service(CallContext& ctx, const AddService& command) {
  ENSURE(ensure_whole_directory(ctx));
  const auto organisation = ctx.tenant->organisation();
  ServiceEntry entry{command.rules, command.description, true, command.for_patients, 1, command.for_everyone};
  entry.rules.id = new_id<ServiceId>();
  entry.rules.version = 1;
  ENSURE(ensure_rules(*organisation, entry.rules));
  for (const auto& [id, other] : organisation->services) entry.position = std::max(entry.position, other.position + 1);
  note_change(ctx, AuditAction::service_created, audit::ResourceKind::service, entry.rules.id.raw(), 0, 1);
  return Work<ServiceEntry>([tenant = ctx.tenant, entry, row = sealed_row(ctx, entry)](storage::Transaction& tx) {
    storage::services::insert(tx, row);
    keep_after_commit(tx, tenant, entry);
    return Result<ServiceEntry>(entry);
  });
}

Result<Work<ServiceEntry>> change_service(CallContext& ctx, const ChangeService& command) {
  ENSURE(ensure_whole_directory(ctx));
  const auto organisation = ctx.tenant->organisation();
  const ServiceEntry* before = organisation->find_service(command.id);
  if (before == nullptr) return unknown_row("service");
  ENSURE(check_if_match(ctx, before->rules.version));
  ENSURE(ensure_changes_something({names_a_member(command)}));
  ServiceEntry entry = *before;
  apply(command, entry);
  ++entry.rules.version;
  ENSURE(ensure_rules(*organisation, entry.rules));
  const bool closes = before->active && !entry.active;
  note_change(ctx, closes ? AuditAction::service_closed : AuditAction::service_changed, audit::ResourceKind::service,
              entry.rules.id.raw(), before->rules.version, entry.rules.version);
  return Work<ServiceEntry>([tenant = ctx.tenant, entry, row = sealed_row(ctx, entry),
                             named = ctx.if_match.has_value()](storage::Transaction& tx) -> Result<ServiceEntry> {
    if (!storage::services::replace(tx, row)) return moved_on(named);
    keep_after_commit(tx, tenant, entry);
    return entry;
  });
}

Result<ServiceEntry> read_service(const CallContext& ctx, const ServiceId& id) {
  const auto organisation = ctx.tenant->organisation();
  const ServiceEntry* entry = organisation->find_service(id);
  if (entry == nullptr || !shows_service(ctx, *entry)) return unknown_row("service");
  return *entry;
}

std::vector<ServiceEntry> list_services(const CallContext& ctx) {
  std::vector<ServiceEntry> out;
  const auto organisation = ctx.tenant->organisation();
  for (const auto& [id, entry] : organisation->services)
    if (shows_service(ctx, entry)) out.push_back(entry);
  std::ranges::sort(out, {}, [](const ServiceEntry& e) { return std::tie(e.position, e.rules.id); });
  return out;
}

}  // namespace sealbook::app
