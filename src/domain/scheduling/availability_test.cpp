#include "domain/scheduling/availability.hpp"

#include <gtest/gtest.h>

#include <map>

namespace sealbook::scheduling {
namespace {

Instant at(const char* text) { return Instant::parse(text).value(); }
ResourceId resource(std::uint8_t n) { return ResourceId::from_raw({n}); }
const LocationId site = LocationId::from_raw({1});
const Instant now = at("2026-06-01T06:00:00Z");  // a Monday

// One site in UTC, open from nine to noon every day; practitioners 1.., rooms 101.. .
class Clinic {
 public:
  Service service{.id = ServiceId::from_raw({7}), .needs = {Requirement{}}};
  std::vector<Claim> claims;
  std::vector<Closure> closures;
  std::string zone = "Etc/UTC";
  LocalHours hours{540, 720};
  std::uint8_t practitioners = 1, rooms = 0, lanes = 1;

  Clinic& busy(std::uint8_t who, const char* from, const char* to, Lane lane = 0,
               std::optional<Instant> expires = {}) {
    const auto n = static_cast<std::uint8_t>(claims.size() + 1);
    claims.push_back({ClaimId::from_raw({n}), resource(who), lane, {at(from), at(to)}, expires});
    return *this;
  }
  std::shared_ptr<const CompiledService> view() const {
    LocationResources location{site, TimeZone::named(zone).value(), {}};
    for (std::uint8_t n = 1; n <= practitioners; ++n)
      add(location, resource(n), ResourceKind::practitioner);
    for (std::uint8_t n = 101; n < 101 + rooms; ++n) add(location, resource(n), ResourceKind::room);
    return CompiledService::make(service, std::span(&location, 1));
  }
  std::string openings(SearchWindow window, Audience audience = Audience::patient) const {
    std::string all;
    for (const Opening& o : find_openings(*view(), window, BusyRows(claims), audience).openings)
      all += o.interval().starts.text().substr(11, 5) + " ";
    return all;
  }
  std::string openings() const { return openings(today()); }
  Result<Verdict> book(std::vector<ResourceId> chosen, const char* when,
                       Audience audience = Audience::patient,
                       Override override_ = Override::none) const {
    return may_book(*view(), site, chosen, at(when), BusyRows(claims), now, audience, override_);
  }
  Flags flags(std::uint8_t who, const char* when) const {
    const ResourceId chosen[] = {resource(who)};
    return judge(*view(), site, chosen, at(when), BusyRows(claims), now).value().flags;
  }
  static SearchWindow today() {
    return {.from = now, .to = at("2026-06-02T00:00:00Z"), .now = now, .limit = 100};
  }

 private:
  void add(LocationResources& location, ResourceId id, ResourceKind kind) const {
    HoursRules rules{location.zone, kind, {}, {}, {}};
    if (kind == ResourceKind::practitioner) {
      rules.own.emplace_back();
      for (auto& day : rules.own[0].weekly) day = {hours};
    }
    for (const Closure& closure : closures)
      if (closes(closure, site, id)) rules.closures.push_back(closure);
    location.resources.push_back(
        {id, kind, lanes,
         CompiledHours::make(rules, {now - Minutes(60), now + std::chrono::days(40)})});
  }
};

std::string rule_of(const Result<Verdict>& result) {
  return result.has_value() || result.error().fields.empty() ? "" : result.error().fields[0].rule;
}

TEST(Availability, lists_starts_on_the_grid_that_fit_into_the_hours) {
  Clinic clinic;
  clinic.service.duration = Minutes(45);
  clinic.service.grid = Minutes(30);
  EXPECT_EQ(clinic.openings(), "09:00 09:30 10:00 10:30 11:00 ");
}

TEST(Availability, a_visit_touching_another_is_free) {
  Clinic clinic;
  clinic.service.grid = Minutes(30);
  clinic.busy(1, "2026-06-01T10:00:00Z", "2026-06-01T10:30:00Z");
  EXPECT_EQ(clinic.openings(), "09:00 09:30 10:30 11:00 11:30 ");
}

TEST(Availability, buffers_keep_others_away_but_may_stand_outside_the_hours) {
  Clinic clinic;
  clinic.service.grid = Minutes(30);
  clinic.service.buffer_before = Minutes(30);
  clinic.service.buffer_after = Minutes(15);
  clinic.busy(1, "2026-06-01T10:30:00Z", "2026-06-01T10:45:00Z");
  EXPECT_EQ(clinic.openings(), "09:00 09:30 11:30 ");

  clinic.service.needs[0].buffers = Buffers::ignore;
  EXPECT_EQ(clinic.openings(), "09:00 09:30 10:00 11:00 11:30 ");
}

TEST(Availability, keeps_the_grid_on_the_wall_clock_of_a_half_hour_zone) {
  // FIELD 13: Kathmandu is 5:45 ahead; nine o'clock there is 03:15Z.
  Clinic clinic;
  clinic.zone = "Asia/Kathmandu";
  clinic.service.grid = Minutes(60);
  SearchWindow window = Clinic::today();
  window.from = at("2026-06-02T00:00:00Z");
  window.to = at("2026-06-03T00:00:00Z");
  EXPECT_EQ(clinic.openings(window), "03:15 04:15 05:15 ");
}

TEST(Availability, holds_patients_to_notice_and_horizon_and_shows_staff_what_lies_beyond) {
  Clinic clinic;
  clinic.service.grid = Minutes(60);
  clinic.service.min_notice = Minutes(4 * 60);  // until 10:00
  clinic.service.horizon_days = 0;
  SearchWindow window = Clinic::today();
  window.to = at("2026-06-02T10:00:00Z");

  EXPECT_EQ(clinic.openings(window), "10:00 11:00 ");
  EXPECT_EQ(clinic.openings(window, Audience::staff), "09:00 10:00 11:00 09:00 ");
  const auto found = find_openings(*clinic.view(), window, BusyRows({}), Audience::staff).openings;
  EXPECT_TRUE(found[0].flags.has(Flag::notice));
  EXPECT_TRUE(found[1].flags.none());
  EXPECT_TRUE(found[3].flags.has(Flag::horizon));
}

TEST(Availability, frees_a_hold_at_the_instant_it_expires) {
  for (const std::int64_t micros : {-1, 0, 1}) {
    Clinic clinic;
    clinic.service.grid = Minutes(60);
    clinic.busy(1, "2026-06-01T10:00:00Z", "2026-06-01T10:30:00Z", 0, now + Micros(micros));
    EXPECT_EQ(clinic.openings(), micros > 0 ? "09:00 11:00 " : "09:00 10:00 11:00 ") << micros;
    EXPECT_EQ(clinic.flags(1, "2026-06-01T10:00:00Z").has(Flag::overlap), micros > 0) << micros;
  }
}

TEST(Availability, counts_capacity_by_lane_and_leaves_overbookings_aside) {
  Clinic clinic;
  clinic.service.grid = Minutes(60);
  clinic.lanes = 2;
  clinic.busy(1, "2026-06-01T09:00:00Z", "2026-06-01T11:00:00Z", 0);
  clinic.busy(1, "2026-06-01T10:00:00Z", "2026-06-01T10:30:00Z", 1);
  clinic.busy(1, "2026-06-01T11:00:00Z", "2026-06-01T11:30:00Z", 2);  // above the ordinary lanes

  EXPECT_EQ(clinic.openings(), "09:00 11:00 ");
  EXPECT_EQ(clinic.book({resource(1)}, "2026-06-01T09:00:00Z")->claims[0].lane, 1);
  EXPECT_EQ(clinic.book({resource(1)}, "2026-06-01T11:00:00Z")->claims[0].lane, 0);
}

TEST(Availability, orders_by_start_then_practitioner_and_continues_behind_a_cursor) {
  Clinic clinic;
  clinic.practitioners = 3;
  clinic.service.grid = Minutes(60);
  clinic.busy(2, "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z");
  SearchWindow window = Clinic::today();
  window.limit = 3;

  std::string all;
  for (;;) {
    const auto page =
        find_openings(*clinic.view(), window, BusyRows(clinic.claims), Audience::patient);
    for (const Opening& o : page.openings)
      all += o.interval().starts.text().substr(11, 2) + "-" +
             std::to_string(o.practitioner.raw()[0]) + " ";
    if (!page.next) break;
    EXPECT_EQ(page.openings.size(), 3U);
    window.after = page.next;
  }

  EXPECT_EQ(all, "09-1 09-3 10-1 10-2 10-3 11-1 11-2 11-3 ");
}

TEST(Availability, a_pool_gives_one_opening_per_time_and_no_name) {
  Clinic clinic;
  clinic.practitioners = 2;
  clinic.service.grid = Minutes(60);
  clinic.service.needs[0].listing = Listing::pooled;
  clinic.busy(1, "2026-06-01T09:00:00Z", "2026-06-01T11:00:00Z")
      .busy(2, "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z");

  const auto found =
      find_openings(*clinic.view(), Clinic::today(), BusyRows(clinic.claims), Audience::patient)
          .openings;
  ASSERT_EQ(found.size(), 2U);  // 09:00 by the second, 11:00 by either
  EXPECT_TRUE(found[0].practitioner.is_nil());

  const ResourceId wanted[] = {resource(1)};
  SearchWindow by_name = Clinic::today();
  by_name.practitioners = wanted;
  const auto named =
      find_openings(*clinic.view(), by_name, BusyRows(clinic.claims), Audience::patient).openings;
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].practitioner, resource(1));
}

TEST(Availability, takes_a_practitioner_and_a_room_together) {
  // FIELD 20.
  Clinic clinic;
  clinic.rooms = 2;
  clinic.service.grid = Minutes(60);
  clinic.service.needs = {Requirement{}, Requirement{.kind = ResourceKind::room, .pool = {}}};
  clinic.busy(101, "2026-06-01T09:00:00Z", "2026-06-01T11:00:00Z")
      .busy(102, "2026-06-01T10:00:00Z", "2026-06-01T10:10:00Z");

  EXPECT_EQ(clinic.openings(), "09:00 11:00 ");
  const ResourceId named[] = {resource(1)};
  const auto chosen = choose_resources(*clinic.view(), site, named, at("2026-06-01T09:00:00Z"),
                                       BusyRows(clinic.claims), now);
  EXPECT_EQ(chosen, (Chosen{resource(1), resource(102)}));
  EXPECT_EQ(choose_resources(*clinic.view(), site, named, at("2026-06-01T10:00:00Z"),
                             BusyRows(clinic.claims), now)
                .error()
                .code,
            ErrorCode::slot_taken);
  EXPECT_EQ(resources_to_read(*clinic.view(), site, named),
            (std::vector{resource(1), resource(101), resource(102)}));
}

TEST(Availability, needs_two_different_members_for_two_requirements_of_a_kind) {
  Clinic clinic;
  clinic.practitioners = 2;
  clinic.service.grid = Minutes(60);
  clinic.service.needs = {Requirement{}, Requirement{.pool = {resource(2)}}};

  EXPECT_EQ(clinic.openings(),
            "09:00 10:00 11:00 ");  // the first with the second, never the second with itself
  const auto chosen =
      choose_resources(*clinic.view(), site, {}, at("2026-06-01T09:00:00Z"), BusyRows({}), now);
  EXPECT_EQ(chosen, (Chosen{resource(1), resource(2)}));
  clinic.busy(1, "2026-06-01T09:00:00Z", "2026-06-01T12:00:00Z");
  EXPECT_EQ(clinic.openings(), "");
}

TEST(MayBook, refuses_patients_by_rule_and_warns_staff) {
  Clinic clinic;
  clinic.service.min_notice = Minutes(4 * 60);
  clinic.service.horizon_days = 10;
  const struct {
    const char* when;
    const char* rule;
  } cases[] = {{"2026-06-01T09:30:00Z", "notice"},
               {"2026-06-12T09:30:00Z", "horizon"},
               {"2026-06-02T09:37:00Z", "grid"}};
  for (const auto& c : cases) {
    EXPECT_EQ(rule_of(clinic.book({resource(1)}, c.when)), c.rule);
    EXPECT_TRUE(clinic.book({resource(1)}, c.when, Audience::staff)) << c.rule;
  }
  EXPECT_TRUE(clinic.book({resource(1)}, "2026-06-11T11:30:00Z"));  // the tenth day after today
}

TEST(MayBook, lets_staff_override_hours_closures_and_overlaps_only_with_permission) {
  Clinic clinic;
  clinic.closures = {{.when = {at("2026-06-01T11:00:00Z"), at("2026-06-01T11:10:00Z")}}};
  clinic.busy(1, "2026-06-01T10:15:00Z", "2026-06-01T10:30:00Z");
  const struct {
    const char* when;
    ErrorCode code;
    Flag flag;
  } cases[] = {{"2026-06-01T10:00:00Z", ErrorCode::slot_taken, Flag::overlap},
               {"2026-06-01T11:00:00Z", ErrorCode::outside_hours, Flag::closure},
               {"2026-06-01T11:45:00Z", ErrorCode::outside_hours, Flag::outside_hours}};
  for (const auto& c : cases) {
    EXPECT_EQ(clinic.book({resource(1)}, c.when).error().code, c.code);
    EXPECT_EQ(clinic.book({resource(1)}, c.when, Audience::staff).error().code, c.code);
    const auto allowed = clinic.book({resource(1)}, c.when, Audience::staff, Override::permitted);
    ASSERT_TRUE(allowed);
    EXPECT_TRUE(allowed->flags.has(c.flag));
    EXPECT_EQ(allowed->claims[0].lane, c.flag == Flag::overlap ? 1 : 0);  // an overbooking lane
  }
}

TEST(MayBook, lets_staff_enter_a_visit_of_last_week_and_a_walk_in) {
  // DECISIONS 4; the compiled range begins an hour ago, so the past is expanded on the spot.
  Clinic clinic;
  const auto past = clinic.book({resource(1)}, "2026-05-29T10:07:00Z", Audience::staff);
  ASSERT_TRUE(past);
  EXPECT_TRUE(past->flags.has(Flag::notice));
  EXPECT_TRUE(past->flags.has(Flag::off_grid));
  EXPECT_FALSE(past->flags.has(Flag::outside_hours));
  EXPECT_TRUE(clinic.flags(1, "2026-05-29T12:07:00Z").has(Flag::outside_hours));
}

TEST(MayBook, refuses_what_can_never_be_a_visit_of_the_service) {
  Clinic clinic;
  clinic.rooms = 1;
  clinic.service.needs = {Requirement{}, Requirement{.kind = ResourceKind::room, .pool = {}}};
  const char* when = "2026-06-01T09:00:00Z";
  EXPECT_EQ(rule_of(clinic.book({resource(1)}, when)), "length");
  EXPECT_EQ(rule_of(clinic.book({resource(1), resource(1)}, when)), "unique");
  EXPECT_EQ(rule_of(clinic.book({resource(1), resource(9)}, when)), "offered");
  EXPECT_EQ(rule_of(clinic.book({resource(101), resource(1)}, when)), "offered");
  EXPECT_EQ(rule_of(clinic.book({resource(1), resource(101)}, "2026-06-01T09:00:30Z")),
            "whole_minute");
  EXPECT_EQ(rule_of(clinic.book({resource(1), resource(101)}, "2038-06-01T09:00:00Z")), "range");
  const ResourceId both[] = {resource(1), resource(101)};
  EXPECT_EQ(rule_of(may_book(*clinic.view(), LocationId::from_raw({9}), both, at(when),
                             BusyRows({}), now, Audience::patient)),
            "offered");
  const ResourceId unfit[] = {resource(1), resource(9)};
  EXPECT_EQ(choose_resources(*clinic.view(), site, unfit, at(when), BusyRows({}), now)
                .error()
                .fields.at(0)
                .pointer,
            "/resources/1");
}

TEST(ChooseResources, spreads_over_a_pool_and_is_the_same_every_time) {
  Clinic clinic;
  clinic.practitioners = 4;
  std::map<ResourceId, int> chosen_count;
  for (int day = 0; day < 30; ++day)
    for (int quarter = 0; quarter < 11; ++quarter) {
      const Instant when =
          at("2026-06-01T09:00:00Z") + std::chrono::days(day) + Minutes(15 * quarter);
      const auto first = choose_resources(*clinic.view(), site, {}, when, BusyRows({}), now);
      EXPECT_EQ(first.value(),
                choose_resources(*clinic.view(), site, {}, when, BusyRows({}), now).value());
      ++chosen_count[first->at(0)];
    }
  ASSERT_EQ(chosen_count.size(), 4U);
  for (const auto& [who, count] : chosen_count) EXPECT_NEAR(count, 330 / 4, 30);
}

TEST(ChooseResources, overbooks_only_when_asked_to_and_takes_the_free_first) {
  Clinic clinic;
  clinic.practitioners = 2;
  clinic.busy(1, "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z");
  const Instant when = at("2026-06-01T09:00:00Z");
  EXPECT_EQ(choose_resources(*clinic.view(), site, {}, when, BusyRows(clinic.claims), now,
                             Override::permitted)
                ->at(0),
            resource(2));
  clinic.busy(2, "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z");
  EXPECT_EQ(
      choose_resources(*clinic.view(), site, {}, when, BusyRows(clinic.claims), now).error().code,
      ErrorCode::slot_taken);
  EXPECT_TRUE(choose_resources(*clinic.view(), site, {}, when, BusyRows(clinic.claims), now,
                               Override::permitted));
}

TEST(Alternatives, are_the_nearest_openings_on_either_side_in_order) {
  Clinic clinic;
  clinic.service.grid = Minutes(30);
  clinic.busy(1, "2026-06-01T10:30:00Z", "2026-06-01T11:30:00Z");
  SearchWindow window = Clinic::today();
  window.to = at("2026-06-20T00:00:00Z");
  std::string near;
  for (const Opening& o : alternatives(*clinic.view(), window, at("2026-06-01T10:30:00Z"),
                                       BusyRows(clinic.claims), Audience::patient, 3))
    near += o.interval().starts.text().substr(11, 5) + " ";
  EXPECT_EQ(near, "09:30 10:00 11:30 ");
}

TEST(Flags, keep_their_stored_values) {
  int value = 1;
  for (const Flag flag : all_flags) {
    Flags flags;
    flags.set(flag);
    EXPECT_EQ(flags.bits(), value);
    EXPECT_FALSE(to_text(flag).empty());
    value *= 2;
  }
  EXPECT_EQ(Flags::from_bits(255).needing_override().bits(), 7);
}

}  // namespace
}  // namespace sealbook::scheduling
