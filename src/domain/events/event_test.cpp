#include "domain/events/event.hpp"

#include <gtest/gtest.h>

namespace sealbook::events {
namespace {

const Instant start = Instant::from_seconds(1'800'000'000);

Event good() {
  Event event;
  event.services = {ServiceId::from_raw({1})};
  event.dates = {start, start + std::chrono::days(30)};
  event.closes = event.dates.ends;
  return event;
}

// The pointer of the one broken rule; empty when all hold.
std::string broken(const Event& event) {
  const auto valid = validate(event);
  return valid ? "" : valid.error().fields.at(0).pointer;
}

TEST(Event, each_rule_is_named_by_its_pointer) {
  EXPECT_EQ(broken(good()), "");
  Event event = good();
  event.services.clear();
  EXPECT_EQ(broken(event), "/service_ids");
  event = good();
  event.services.push_back(event.services.front());
  EXPECT_EQ(broken(event), "/service_ids");
  event = good();
  event.dates.ends = event.dates.starts;
  EXPECT_EQ(broken(event), "/until");
  event = good();
  event.closes = event.dates.ends + Micros(1);
  EXPECT_EQ(broken(event), "/closes_at");
  event = good();
  event.visits_per_person = 0;
  EXPECT_EQ(broken(event), "/visits_per_person");
  event = good();
  event.change_hours = most_change_hours + 1;
  EXPECT_EQ(broken(event), "/change_hours");
}

TEST(Event, links_end_with_it_to_the_microsecond_and_when_it_is_closed) {
  Event event = good();
  EXPECT_TRUE(is_open(event, event.closes - Micros(1)));
  EXPECT_FALSE(is_open(event, event.closes));
  event.state = State::closed;
  EXPECT_FALSE(is_open(event, start));
}

TEST(Event, a_visit_is_changed_until_so_many_hours_before_it_starts) {
  EXPECT_EQ(change_until(start, 24), start - std::chrono::hours(24));
  EXPECT_EQ(change_until(start, 0), start);
}

}  // namespace
}  // namespace sealbook::events
