// Openings and the judgement of a visit: one set of rules for search, check, hold and commit.
//
// A visit may be booked when each requirement has a resource of its own at one location, the visit
// lies in the hours of all of them and in no closure, each claim is free, and notice, horizon and
// grid allow it. find_openings() lists exactly the times at which choose_resources() succeeds and
// judge() raises no flag (the property test holds them to it).
//
// All functions are pure and thread-safe; the views must live for the call.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/scheduling/busy.hpp"
#include "domain/scheduling/compiled.hpp"

namespace sealbook::scheduling {

// patient: every rule binds. staff: notice, horizon and grid only warn; hours, closure and overlap
// need permission and a coded reason (DECISIONS 4).
enum class Audience : std::uint8_t { patient, staff };

enum class Flag : std::uint8_t {
  outside_hours = 1,
  closure = 2,
  overlap = 4,
  notice = 8,
  horizon = 16,
  off_grid = 32
};
class Flags {
 public:
  constexpr Flags() = default;
  constexpr void set(Flag flag) { bits_ |= static_cast<std::uint8_t>(flag); }
  constexpr bool has(Flag flag) const { return (bits_ & static_cast<std::uint8_t>(flag)) != 0; }
  constexpr bool none() const { return bits_ == 0; }
  constexpr std::uint8_t bits() const { return bits_; }  // stored in offers; values are frozen
  static constexpr Flags from_bits(std::uint8_t bits) { return Flags(bits & 63); }
  // Those that staff may override only with permission and reason.
  constexpr Flags needing_override() const { return Flags(bits_ & 7); }
  constexpr bool operator==(const Flags&) const = default;

 private:
  constexpr explicit Flags(int bits) : bits_(static_cast<std::uint8_t>(bits)) {}
  std::uint8_t bits_ = 0;
};
inline constexpr Flag all_flags[] = {Flag::outside_hours, Flag::closure, Flag::overlap,
                                     Flag::notice,        Flag::horizon, Flag::off_grid};
std::string_view to_text(Flag flag);  // "outside_hours", "closure", …

// ---- searching ----

// Order of openings: start, then the named resource's id (nil when pooled), then location.
struct OpeningCursor {
  UtcMinute starts = 0;
  ResourceId practitioner;
  LocationId location;
  auto operator<=>(const OpeningCursor&) const = default;
};

struct Opening {
  MinuteSpan visit;  // without buffers
  LocationId location;
  ResourceId practitioner;  // nil: a pool member is chosen at commit
  Flags flags;              // empty for patients; staff may see notice and horizon
  Interval interval() const { return interval_of(visit); }
  OpeningCursor cursor() const { return {visit.starts, practitioner, location}; }
  bool operator==(const Opening&) const = default;
};

struct SearchWindow {
  Instant from;  // a visit starts at or after
  Instant to;    // and before this
  Instant now;
  std::optional<LocationId> location;
  std::span<const ResourceId> practitioners;  // empty: anybody; otherwise listed by name
  std::size_t limit = 20;
  std::optional<OpeningCursor> after;  // continue behind this one
};

struct SearchResult {
  std::vector<Opening> openings;
  std::optional<OpeningCursor> next;  // set when there may be more: pass it as `after`
  // Openings that start before this are all found by following `next`. Earlier than `to` only when
  // the window is longer than the 1100 days that one search covers.
  Instant complete_until;
};
SearchResult find_openings(const ServiceView& service, const SearchWindow& window,
                           const BusyView& busy, Audience audience);

// ---- judging and choosing ----

// Who takes part: one resource per requirement, in the order of Service::needs.
using Chosen = std::vector<ResourceId>;

struct ClaimPlan {
  ResourceId resource;
  Lane lane = 0;  // at or above the resource's capacity: an overbooking
  Interval when;  // with buffers
};

struct Verdict {
  Flags flags;
  Interval visit;
  LocationId location;
  std::vector<ClaimPlan> claims;  // sorted by resource (DECISIONS 3), ready to insert
};

// Judges a visit with these resources. Fails with `invalid` when it can never be a visit of this
// service: `starts_at` is not a whole minute, the location does not give the service, a resource
// fits no requirement, is missing or named twice. Everything else is a flag. An overlap is planned
// in an overbooking lane, so the claims of a flagged verdict can be inserted when it is overridden.
Result<Verdict> judge(const ServiceView& service, const LocationId& location,
                      std::span<const ResourceId> chosen, Instant starts_at, const BusyView& busy,
                      Instant now);

// What a flagged verdict means for the one who asks.
enum class Override : std::uint8_t {
  none,
  permitted
};  // permitted: the permission and a reason are there
// Ok when it may be booked. Otherwise slot_taken (overlap) or outside_hours (hours, closure) or
// invalid with the rule (notice, horizon, off_grid; patients only).
Result<void> allow(const Verdict& verdict, Audience audience, Override override_);

// judge() and allow() in one: what record() calls inside the transaction.
Result<Verdict> may_book(const ServiceView& service, const LocationId& location,
                         std::span<const ResourceId> chosen, Instant starts_at,
                         const BusyView& busy, Instant now, Audience audience,
                         Override override_ = Override::none);

// Fills the requirements that `named` (any subset, any order) leaves open, at commit.
//
// Among the members that are free the order is a hash of start and resource id (rendezvous
// hashing): deterministic, the same on every node, without state, and even over time. A choice that
// would leave a later requirement without anybody is not taken. With Override::permitted members
// that are outside hours, closed or taken follow behind the free ones, in that order, so that
// a person may overbook on purpose. Fails with slot_taken, or with `invalid` as judge() does.
Result<Chosen> choose_resources(const ServiceView& service, const LocationId& location,
                                std::span<const ResourceId> named, Instant starts_at,
                                const BusyView& busy, Instant now,
                                Override override_ = Override::none);

// The resources whose claims must be read before choosing: `named` and, for each requirement they
// leave open, all its candidates. Sorted. Empty when the location does not give the service.
std::vector<ResourceId> resources_to_read(const ServiceView& service, const LocationId& location,
                                          std::span<const ResourceId> named);
// The interval over which to read them: the visit with the widest buffers.
Interval interval_to_read(const Service& service, Instant starts_at);

// Up to `count` openings nearest to `wanted` within 14 days on either side, earliest first: what a
// 409 answers. `window` gives filters, now, and the bounds.
std::vector<Opening> alternatives(const ServiceView& service, const SearchWindow& window,
                                  Instant wanted, const BusyView& busy, Audience audience,
                                  std::size_t count);

}  // namespace sealbook::scheduling
