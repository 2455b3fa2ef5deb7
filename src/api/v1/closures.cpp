#include "api/v1/closures.hpp"

#include "api/v1/answering.hpp"
#include "app/directory/closures.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

ClosureView view(const app::ClosureEntry& entry) {
  ClosureView v;
  v.id = entry.closure.id;
  if (!entry.closure.location.is_nil()) v.location_id = entry.closure.location;
  if (!entry.closure.resource.is_nil()) v.resource_id = entry.closure.resource;
  v.starts_at = entry.closure.when.starts;
  v.ends_at = entry.closure.when.ends;
  if (!entry.reason.empty()) v.reason = entry.reason;
  return v;
}

Result<Work<ClosureView>> create(CallContext& ctx, const CreateClosureRequest& r) {
  return answering(app::add_closure(ctx, {r.location_id, r.resource_id, {r.starts_at, r.ends_at}, r.reason.value_or("")}), view);
}

Result<ListClosuresResponse> list(CallContext& ctx, const ListClosuresRequest& r) {
  if (r.from && r.to && *r.to <= *r.from) return fail(invalid_field("/to", "range", "The window has to end after it starts."));
  ListClosuresResponse response;
  for (const auto& entry : app::list_closures(ctx, {r.from, r.to})) response.closures.push_back(view(entry));
  return response;
}

NoContent nothing(const ClosureId&) { return {}; }

Result<Work<NoContent>> remove(CallContext& ctx, const RemoveClosureRequest& r) {
  return answering(app::remove_closure(ctx, r.id), nothing);
}

constexpr Endpoint rows[] = {bind_write<CreateClosure, create>(), bind_read<ListClosures, list>(), bind_write<RemoveClosure, remove>()};

}  // namespace

std::span<const Endpoint> closure_endpoints() { return rows; }

}  // namespace sealbook::api
