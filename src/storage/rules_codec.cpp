#include "storage/rules_codec.hpp"

#include "base/cbor.hpp"

namespace sealbook::storage {
namespace {

using scheduling::LocalHours;
using scheduling::Requirement;

namespace rules {
enum : std::uint64_t { duration = 1, buffer_before, buffer_after, notice, horizon, grid, needs, locations };
}
namespace need {
enum : std::uint64_t { kind = 1, pool, buffers, listing };
}
namespace hours {
enum : std::uint64_t { weekly = 1, overrides, valid_from, valid_to };
}

std::uint64_t count_of(Minutes minutes) { return static_cast<std::uint64_t>(minutes.count()); }

Result<Minutes> take_minutes(CborReader& in) {
  TRY(value, in.uint());
  return Minutes(static_cast<std::int64_t>(value));
}

template <class IdType>
Result<std::vector<IdType>> take_ids(CborReader& in) {
  TRY(run, in.bytes());
  if (run.size() % 16 != 0) return fail(ErrorCode::integrity);
  return decode_ids<IdType>(run);
}

Result<Requirement> take_need(CborReader& in) {
  Requirement out;
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    switch (key) {
      case need::kind: { TRY(v, in.uint()); out.kind = static_cast<ResourceKind>(v); break; }
      case need::pool: { TRY(v, take_ids<ResourceId>(in)); out.pool = std::move(v); break; }
      case need::buffers: { TRY(v, in.uint()); out.buffers = static_cast<scheduling::Buffers>(v); break; }
      case need::listing: { TRY(v, in.uint()); out.listing = static_cast<scheduling::Listing>(v); break; }
      default: ENSURE(in.skip());
    }
  }
  return out;
}

void put_hours(CborWriter& out, const std::vector<LocalHours>& list) {
  out.array(list.size() * 2);
  for (const LocalHours& h : list)
    out.uint(static_cast<std::uint64_t>(h.starts)).uint(static_cast<std::uint64_t>(h.ends));
}

Result<std::vector<LocalHours>> take_hours(CborReader& in) {
  TRY(n, in.array());
  if (n % 2 != 0) return fail(ErrorCode::integrity);
  std::vector<LocalHours> list;
  for (std::size_t i = 0; i < n / 2; ++i) {
    TRY(starts, in.uint());
    TRY(ends, in.uint());
    list.push_back({static_cast<std::int32_t>(starts), static_cast<std::int32_t>(ends)});
  }
  return list;
}

std::int64_t day_number(LocalDay day) { return day.time_since_epoch().count(); }
LocalDay day_from(std::int64_t number) { return LocalDay(std::chrono::days(number)); }

Result<void> take_weekly(CborReader& in, scheduling::Schedule& schedule) {
  TRY(n, in.array());
  if (n != schedule.weekly.size()) return fail(ErrorCode::integrity);
  for (auto& day : schedule.weekly) {
    TRY(list, take_hours(in));
    day = std::move(list);
  }
  return {};
}

Result<void> take_overrides(CborReader& in, scheduling::Schedule& schedule) {
  TRY(n, in.array());
  for (std::size_t i = 0; i < n / 2; ++i) {
    TRY(day, in.integer());
    TRY(list, take_hours(in));
    schedule.overrides.push_back({day_from(day), std::move(list)});
  }
  return {};
}

}  // namespace

Bytes encode_rules(const scheduling::Service& service) {
  Bytes body;
  CborWriter out(body);
  out.map(8);
  out.key(rules::duration).uint(count_of(service.duration));
  out.key(rules::buffer_before).uint(count_of(service.buffer_before));
  out.key(rules::buffer_after).uint(count_of(service.buffer_after));
  out.key(rules::notice).uint(count_of(service.min_notice));
  out.key(rules::horizon).uint(static_cast<std::uint64_t>(service.horizon_days));
  out.key(rules::grid).uint(count_of(service.grid));
  out.key(rules::needs).array(service.needs.size());
  for (const Requirement& r : service.needs) {
    out.map(4);
    out.key(need::kind).uint(static_cast<std::uint64_t>(r.kind));
    out.key(need::pool).bytes(encode_ids(r.pool));
    out.key(need::buffers).uint(static_cast<std::uint64_t>(r.buffers));
    out.key(need::listing).uint(static_cast<std::uint64_t>(r.listing));
  }
  out.key(rules::locations).bytes(encode_ids(service.locations));
  return body;
}

Result<void> decode_rules(ByteView body, scheduling::Service& service) {
  CborReader in(body);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    switch (key) {
      case rules::duration: { TRY(v, take_minutes(in)); service.duration = v; break; }
      case rules::buffer_before: { TRY(v, take_minutes(in)); service.buffer_before = v; break; }
      case rules::buffer_after: { TRY(v, take_minutes(in)); service.buffer_after = v; break; }
      case rules::notice: { TRY(v, take_minutes(in)); service.min_notice = v; break; }
      case rules::horizon: { TRY(v, in.uint()); service.horizon_days = static_cast<std::int32_t>(v); break; }
      case rules::grid: { TRY(v, take_minutes(in)); service.grid = v; break; }
      case rules::needs: {
        TRY(n, in.array());
        for (std::size_t r = 0; r < n; ++r) {
          TRY(requirement, take_need(in));
          service.needs.push_back(std::move(requirement));
        }
        break;
      }
      case rules::locations: { TRY(v, take_ids<LocationId>(in)); service.locations = std::move(v); break; }
      default: ENSURE(in.skip());
    }
  }
  return in.finish();
}

Bytes encode_hours(const scheduling::Schedule& schedule) {
  Bytes body;
  CborWriter out(body);
  out.map(2U + (schedule.valid_from ? 1U : 0U) + (schedule.valid_to ? 1U : 0U));
  out.key(hours::weekly).array(schedule.weekly.size());
  for (const auto& day : schedule.weekly) put_hours(out, day);
  out.key(hours::overrides).array(schedule.overrides.size() * 2);
  for (const auto& o : schedule.overrides) {
    out.integer(day_number(o.day));
    put_hours(out, o.hours);
  }
  if (schedule.valid_from) out.key(hours::valid_from).integer(day_number(*schedule.valid_from));
  if (schedule.valid_to) out.key(hours::valid_to).integer(day_number(*schedule.valid_to));
  return body;
}

Result<void> decode_hours(ByteView body, scheduling::Schedule& schedule) {
  CborReader in(body);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    switch (key) {
      case hours::weekly: ENSURE(take_weekly(in, schedule)); break;
      case hours::overrides: ENSURE(take_overrides(in, schedule)); break;
      case hours::valid_from: { TRY(v, in.integer()); schedule.valid_from = day_from(v); break; }
      case hours::valid_to: { TRY(v, in.integer()); schedule.valid_to = day_from(v); break; }
      default: ENSURE(in.skip());
    }
  }
  return in.finish();
}

}  // namespace sealbook::storage
