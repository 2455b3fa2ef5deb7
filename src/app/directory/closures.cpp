#include "app/directory/closures.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/tasks/displaced.hpp"
#include "base/random.hpp"

namespace sealbook::app {

Result<Work<ClosureEntry>> add_closure(CallContext& ctx, const AddClosure& command) {
  const auto organisation = ctx.tenant->organisation();
  if (command.resource && organisation->find_resource(*command.resource) == nullptr)
    return unknown_member("/resource_id", "resource");
  ENSURE(ensure_own_hours(ctx, command.resource.value_or(ResourceId())));
  if (command.location && organisation->find_location(*command.location) == nullptr)
    return unknown_member("/location_id", "location");
  if (command.when.ends <= command.when.starts)
    return fail(invalid_field("/ends_at", "range", "A closure ends after it starts."));
  const ClosureEntry entry{{new_id<ClosureId>(), command.when, command.location.value_or(LocationId()),
                            command.resource.value_or(ResourceId())},
                           command.reason, true};
  const ClosureId id = entry.closure.id;
  note_change(ctx, AuditAction::closure_created, audit::ResourceKind::closure, id.raw(), 0, 1);
  RowTexts texts;
  if (!command.reason.empty()) texts.fields.emplace(text_reason, command.reason);
  auto sealed = seal_texts(ctx.app, *ctx.tenant->keys(), "closures", id.bytes(), 1, texts);
  return Work<ClosureEntry>([tenant = ctx.tenant, entry, sealed = std::move(sealed)](storage::Transaction& tx) {
    storage::closures::insert(tx, entry.closure, sealed);
    tasks::Displacing lost{entry.closure.when, std::nullopt, std::nullopt, {}};
    if (entry.closure.location != LocationId()) lost.location = entry.closure.location;
    if (entry.closure.resource != ResourceId()) lost.resource = entry.closure.resource;
    tasks::open_displaced(tx, lost);
    tx.after_commit([tenant, entry] {
      tenant->change([&](Organisation& o) { o.closures.insert_or_assign(entry.closure.id, entry); });
    });
    return Result<ClosureEntry>(entry);
  });
}

Result<Work<ClosureId>> remove_closure(CallContext& ctx, const ClosureId& id) {
  const auto organisation = ctx.tenant->organisation();
  const auto found = organisation->closures.find(id);
  if (found == organisation->closures.end() || !found->second.active) return unknown_row("closure");
  ENSURE(ensure_own_hours(ctx, found->second.closure.resource));
  note_change(ctx, AuditAction::closure_removed, audit::ResourceKind::closure, id.raw(), 1, 2);
  return Work<ClosureId>([tenant = ctx.tenant, id](storage::Transaction& tx) -> Result<ClosureId> {
    if (!storage::closures::remove(tx, id)) return unknown_row("closure");
    tx.after_commit([tenant, id] {
      tenant->change([&](Organisation& o) {
        if (const auto there = o.closures.find(id); there != o.closures.end()) there->second.active = false;
      });
    });
    return id;
  });
}

std::vector<ClosureEntry> list_closures(const CallContext& ctx, const ClosureFilter& filter) {
  std::vector<ClosureEntry> out;
  const auto organisation = ctx.tenant->organisation();
  for (const auto& [id, entry] : organisation->closures) {
    if (!entry.active) continue;
    if (filter.from && entry.closure.when.ends <= *filter.from) continue;
    if (filter.to && entry.closure.when.starts >= *filter.to) continue;
    out.push_back(entry);
    if (ctx.principal.role == Role::patient) out.back().reason.clear();
  }
  std::ranges::sort(out, {}, [](const ClosureEntry& e) { return std::tie(e.closure.when, e.closure.id); });
  return out;
}

}  // namespace sealbook::app
