#include <gtest/gtest.h>

#include "domain/scheduling/property_check.hpp"

namespace sealbook::scheduling::testing {
namespace {

// A million cases and the planted bugs run as prove_availability; these are its first.
TEST(Availability, agrees_with_the_oracle_on_random_cases) {
  std::size_t openings = 0, with_openings = 0;
  for (std::uint64_t seed = 1; seed <= 4'000; ++seed) {
    CaseCheck check(seed);
    const std::string difference = check.run();
    ASSERT_EQ(difference, "") << "seed " << seed;
    openings += check.openings();
    with_openings += check.openings() > 0 ? 1 : 0;
  }

  EXPECT_GT(with_openings, 1'000U);  // the cases are not all closed
  EXPECT_GT(openings, 40'000U);
}

}  // namespace
}  // namespace sealbook::scheduling::testing
