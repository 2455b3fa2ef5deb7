// PlantedBug names mistakes that can be switched on in the engine, to prove that the property test
// would find them (prove_availability --planted).
//
// They exist only where SEALBOOK_PLANTED_BUGS is defined, which no library of the program is; there
// planted() is the constant false and the compiler drops the branch.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sealbook::scheduling {

enum class PlantedBug : std::uint8_t {
  none,
  skipped_time_goes_back,     // a local time in a gap is read with the offset after it
  doubled_time_means_second,  // the later of two readings
  buffer_before_forgotten,
  buffer_after_forgotten,
  touching_counts_as_overlap,
  hold_lives_at_its_expiry,  // busy although now == expires
  grid_anchored_in_utc,
  grid_blind_to_clock_change,  // keeps stepping with the offset of the day's beginning
  horizon_in_hours,            // days of 24 hours instead of local days
  notice_excludes_its_minute,  // starts > now + notice
  visit_may_outlast_hours,     // only the start must lie in the hours
  override_cuts_night_before,  // an override also ends the hours that began the day before
  closures_of_location_ignored,
  overbooking_takes_capacity,  // a claim above the ordinary lanes blocks them
  one_resource_meets_two_needs,
  cursor_repeats_its_opening,
  long_claim_overlooked,  // the look-back for claims that began earlier is too short
};
inline constexpr std::array<std::string_view, 18> planted_bug_names{"none",
                                                                    "skipped_time_goes_back",
                                                                    "doubled_time_means_second",
                                                                    "buffer_before_forgotten",
                                                                    "buffer_after_forgotten",
                                                                    "touching_counts_as_overlap",
                                                                    "hold_lives_at_its_expiry",
                                                                    "grid_anchored_in_utc",
                                                                    "grid_blind_to_clock_change",
                                                                    "horizon_in_hours",
                                                                    "notice_excludes_its_minute",
                                                                    "visit_may_outlast_hours",
                                                                    "override_cuts_night_before",
                                                                    "closures_of_location_ignored",
                                                                    "overbooking_takes_capacity",
                                                                    "one_resource_meets_two_needs",
                                                                    "cursor_repeats_its_opening",
                                                                    "long_claim_overlooked"};
static_assert(planted_bug_names.size() ==
              static_cast<std::size_t>(PlantedBug::long_claim_overlooked) + 1);

#ifdef SEALBOOK_PLANTED_BUGS
inline PlantedBug planted_bug = PlantedBug::none;  // set before threads start
inline bool planted(PlantedBug bug) { return planted_bug == bug; }
#else
constexpr bool planted(PlantedBug) { return false; }
#endif

}  // namespace sealbook::scheduling
