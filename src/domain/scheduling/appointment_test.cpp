#include "domain/scheduling/appointment.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sealbook::scheduling {
namespace {

// Written by hand from FHIR R4's statuses and DECISIONS 22; "." means that the event is refused.
struct Row {
  const char* from;
  const char* after[event_count];  // book reschedule cancel confirm check_in no_show reinstate
                                   // reassign amend
};
constexpr Row table[] = {
    {"proposed", {"booked", "proposed", "cancelled", ".", ".", ".", ".", "proposed", "proposed"}},
    {"pending", {"booked", "pending", "cancelled", "pending", ".", ".", ".", "pending", "pending"}},
    {"booked",
     {".", "booked", "cancelled", "booked", "checked-in", "noshow", ".", "booked", "booked"}},
    {"arrived", {".", ".", "cancelled", ".", "checked-in", ".", ".", "arrived", "arrived"}},
    {"fulfilled", {".", ".", ".", ".", ".", ".", ".", ".", "fulfilled"}},
    {"cancelled", {".", ".", ".", ".", ".", ".", "booked", ".", "."}},
    {"noshow", {".", ".", ".", ".", ".", ".", "booked", ".", "noshow"}},
    {"entered-in-error", {".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"checked-in", {".", ".", "cancelled", ".", ".", ".", ".", "checked-in", "checked-in"}},
    {"waitlist", {"booked", ".", "cancelled", ".", ".", ".", ".", ".", "waitlist"}},
};

TEST(Appointment, takes_each_event_in_each_status_as_the_table_says) {
  ASSERT_EQ(std::size(table), status_count);
  for (const Row& row : table) {
    const auto from = parse_status(row.from);
    ASSERT_TRUE(from) << row.from;
    for (std::size_t e = 0; e < event_count; ++e) {
      const auto result = after(*from, static_cast<Event>(e));
      const std::string cell =
          std::string(row.from) + " " + std::string(to_text(static_cast<Event>(e)));
      if (row.after[e] == std::string(".")) {
        ASSERT_FALSE(result) << cell;
        EXPECT_EQ(result.error().code, ErrorCode::state_conflict) << cell;
        EXPECT_NE(result.error().detail.find(row.from), std::string::npos) << cell;
      } else {
        ASSERT_TRUE(result) << cell;
        EXPECT_EQ(to_text(*result), row.after[e]) << cell;
      }
    }
  }
}

TEST(Appointment, occupies_time_while_somebody_may_come_or_has_come) {
  for (const char* status : {"pending", "booked", "arrived", "fulfilled", "noshow", "checked-in"})
    EXPECT_TRUE(occupies(*parse_status(status))) << status;
  for (const char* status : {"proposed", "cancelled", "entered-in-error", "waitlist"})
    EXPECT_FALSE(occupies(*parse_status(status))) << status;
}

TEST(Appointment, is_no_noshow_once_the_clinic_has_cancelled) {
  const Status cancelled = after(Status::booked, Event::cancel).value();
  EXPECT_EQ(after(cancelled, Event::no_show).error().code, ErrorCode::state_conflict);
}

TEST(Appointment, is_a_noshow_only_after_it_has_begun) {
  const Instant starts = *Instant::parse("2026-06-01T09:00:00Z");
  EXPECT_FALSE(may_mark_no_show(starts, starts - Micros(1)));
  EXPECT_TRUE(may_mark_no_show(starts, starts));
}

TEST(Reasons, are_read_back_from_their_text) {
  for (int i = 0; i < 10; ++i) {
    const auto reason = static_cast<CancelReason>(i);
    EXPECT_EQ(parse_cancel_reason(to_text(reason)), reason);
    const auto status = static_cast<Status>(i);
    EXPECT_EQ(parse_status(to_text(status)), status);
  }
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(parse_override_reason(to_text(static_cast<OverrideReason>(i))),
              static_cast<OverrideReason>(i));
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(parse_reassign_reason(to_text(static_cast<ReassignReason>(i))),
              static_cast<ReassignReason>(i));
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(parse_reinstate_reason(to_text(static_cast<ReinstateReason>(i))),
              static_cast<ReinstateReason>(i));
  EXPECT_FALSE(parse_cancel_reason("because"));
  EXPECT_FALSE(parse_override_reason(""));
  EXPECT_FALSE(parse_status("checked_in"));
  EXPECT_EQ(parse_initiator("clinic"), Initiator::clinic);
}

TEST(Reasons, say_whose_decision_a_cancellation_was) {
  EXPECT_EQ(initiator_of(CancelReason::patient_request), Initiator::patient);
  EXPECT_EQ(initiator_of(CancelReason::clinic_request), Initiator::clinic);
  EXPECT_EQ(initiator_of(CancelReason::practitioner_unavailable), Initiator::clinic);
  EXPECT_EQ(initiator_of(CancelReason::site_closed), Initiator::clinic);
  EXPECT_EQ(initiator_of(CancelReason::no_longer_needed), Initiator::patient);
}

}  // namespace
}  // namespace sealbook::scheduling
