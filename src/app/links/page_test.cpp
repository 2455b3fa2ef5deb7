// What pages ask for to show something: cheap, and without waiting.
#include <algorithm>

#include "app/links/testing.hpp"

namespace sealbook::app::links {
namespace {

class LinkViews : public testing::LinkWorld {};
SEALBOOK_ON_BOTH_ENGINES(LinkViews);

// Pages answer refusals at an even pace; a thread that slept for each of them would stop them all.
TEST_P(LinkViews, what_is_only_looked_at_is_refused_without_sleeping) {
  auto quickest = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 20; ++i) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(links::open(app(), {"x", {}, {}, {}}));
    EXPECT_FALSE(session(app(), {"x", {}, {}, {}}));
    EXPECT_FALSE(forget(app(), {"x", {}, {}, {}}));
    quickest = std::min(quickest, std::chrono::steady_clock::now() - start);
  }
  EXPECT_LT(quickest, refusal_floor);
}

TEST_P(LinkViews, a_calendar_is_shown_without_signing_what_nobody_has_picked) {
  WantedOpenings wanted;
  wanted.service = open_service;
  wanted.with_offers = false;
  const auto shown = public_openings(app(), tenant, wanted);
  ASSERT_TRUE(shown && !shown->openings.empty());
  EXPECT_TRUE(std::ranges::all_of(shown->openings, [](const auto& o) { return o.offer.empty(); }));
}

}  // namespace
}  // namespace sealbook::app::links
