#include "api/v1/openings.hpp"

#include <algorithm>

#include "api/endpoint/cursor.hpp"
#include "app/booking/holds.hpp"
#include "app/booking/openings.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;

OpeningView view_of(app::FoundOpening&& found) {
  return {std::move(found.offer), found.when.starts, found.when.ends, std::string(found.zone), found.location,
          found.practitioner};
}

CursorScope scope_of(const CallContext& ctx, const SearchOpeningsRequest& request) {
  return {ctx.endpoint_id, ctx.tenant->id(), request.service_id.bytes()};
}

// A position in a search is a minute and two ids; a cursor holds one id, so there are two of them.
std::string cursor_text(const CallContext& ctx, const SearchOpeningsRequest& request,
                        const scheduling::OpeningCursor& at) {
  const auto& key = ctx.tenant->keys()->cursor_mac();
  const CursorScope scope = scope_of(ctx, request);
  return seal_cursor(key, scope, {at.starts, at.practitioner.raw()}) + "." +
         seal_cursor(key, scope, {at.starts, at.location.raw()});
}

Result<std::optional<scheduling::OpeningCursor>> open_position(const CallContext& ctx,
                                                               const SearchOpeningsRequest& request) {
  std::optional<scheduling::OpeningCursor> after;
  if (!request.cursor) return after;
  const auto& key = ctx.tenant->keys()->cursor_mac();
  const std::string_view text = *request.cursor;
  const std::size_t dot = std::min(text.find('.'), text.size());
  const std::string_view rest = dot == text.size() ? std::string_view() : text.substr(dot + 1);
  TRY(who, open_cursor(key, scope_of(ctx, request), text.substr(0, dot)));
  TRY(where, open_cursor(key, scope_of(ctx, request), rest));
  after.emplace(static_cast<scheduling::UtcMinute>(who.order), ResourceId::from_raw(who.id),
                LocationId::from_raw(where.id));
  return after;
}

Result<SearchOpeningsResponse> search(CallContext& ctx, const SearchOpeningsRequest& request) {
  TRY(after, open_position(ctx, request));
  app::SearchOpenings wanted{request.service_id, request.from, request.to, request.location_id,
                             request.practitioner_ids, static_cast<std::size_t>(request.limit), after};
  TRY(found, app::search_openings(ctx, wanted));
  SearchOpeningsResponse response;
  response.openings.reserve(found.openings.size());
  for (auto& opening : found.openings) response.openings.push_back(view_of(std::move(opening)));
  if (found.next) response.next = cursor_text(ctx, request, *found.next);
  response.as_of = found.as_of;
  return response;
}

Result<CheckedTime> check(CallContext& ctx, const CheckTimeRequest& request) {
  TRY(found, app::check_time(ctx, {request.service_id, request.resources, request.starts_at, request.override_reason, request.appointment_id}));
  CheckedTime out{found.offer, found.when.starts, found.when.ends, std::string(found.zone), found.location,
                  found.practitioner, {}};
  for (const scheduling::Flag flag : scheduling::all_flags)
    if (found.flags.has(flag)) out.flags.emplace_back(to_text(flag));
  return out;
}

Result<app::Work<HoldView>> place(CallContext& ctx, const PlaceHoldRequest& request) {
  TRY(work, app::place_hold(ctx, request.offer, Micros(std::chrono::minutes(request.minutes))));
  return app::Work<HoldView>([work = std::move(work)](storage::Transaction& tx) mutable -> Result<HoldView> {
    TRY(hold, work(tx));
    return HoldView{hold.id, hold.expires, hold.when.starts, hold.when.ends, hold.location, hold.practitioner};
  });
}

Result<app::Work<NoContent>> release(CallContext& ctx, const ReleaseHoldRequest& request) {
  TRY(work, app::release_hold(ctx, request.id));
  return app::Work<NoContent>([work = std::move(work)](storage::Transaction& tx) mutable -> Result<NoContent> {
    ENSURE(work(tx));
    return NoContent{};
  });
}

constexpr Endpoint rows[] = {
    bind_read<SearchOpenings, search>(),
    bind_read<CheckTime, check>(),
    bind_write<PlaceHold, place>(),
    bind_write<ReleaseHold, release>(),
};

}  // namespace

std::span<const Endpoint> opening_endpoints() { return rows; }

}  // namespace sealbook::api
