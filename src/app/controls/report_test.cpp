#include "app/controls/report.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "base/json.hpp"

namespace sealbook::controls {
namespace {

Facts some_facts() {
  Facts facts;
  facts.now = *Instant::parse("2026-11-22T10:00:00Z");
  facts.hsts = "max-age=63072000; includeSubDomains; preload";
  return facts;
}

TEST(ControlsReport, json_has_the_fixed_members_for_every_row) {
  const auto text = controls_json(assess_this_build(some_facts()));

  const auto json = parse_json(text, {.max_bytes = 8 * 1024 * 1024, .max_depth = 8});
  ASSERT_TRUE(json);
  ASSERT_NE(json->as_array(), nullptr);
  EXPECT_EQ(json->as_array()->size(), 315U);
  for (const auto& row : *json->as_array()) {
    for (const auto* name : {"id", "source", "title", "state"})
      ASSERT_TRUE(row.find(name) && row.find(name)->as_string()) << name;
    ASSERT_TRUE(row.find("evidence") && row.find("evidence")->as_array());
    EXPECT_TRUE(parse_state(*row.find("state")->as_string()));
  }
}

TEST(ControlsReport, json_carries_a_probe_with_its_result_and_time) {
  const auto rows = assess_this_build(some_facts());
  const auto kept = select(rows, {.family = "TLS-02", .state = {}});
  ASSERT_TRUE(kept);

  const auto json = parse_json(controls_json(*kept));
  ASSERT_TRUE(json);
  const auto& row = json->as_array()->at(0);
  EXPECT_EQ(*row.find("id")->as_string(), "TLS-02");
  EXPECT_EQ(*row.find("source")->as_string(), "S2:34");
  bool found = false;
  for (const auto& evidence : *row.find("evidence")->as_array()) {
    if (*evidence.find("id")->as_string() != "tls.hsts") continue;
    found = true;
    EXPECT_EQ(*evidence.find("kind")->as_string(), "probe");
    EXPECT_EQ(*evidence.find("result")->as_string(), "passed");
    EXPECT_EQ(*evidence.find("at")->as_string(), "2026-11-22T10:00:00Z");
  }
  EXPECT_TRUE(found);
}

TEST(ControlsReport, filters_by_family_row_and_state) {
  const auto rows = assess_this_build(some_facts());

  EXPECT_EQ(select(rows, {.family = "ENC", .state = {}})->size(), 12U);
  EXPECT_EQ(select(rows, {.family = "ENC-01", .state = {}})->size(), 1U);
  const auto absent = select(rows, {.family = "", .state = State::absent});
  ASSERT_TRUE(absent);
  EXPECT_GT(absent->size(), 100U);
  for (const auto& a : *absent) EXPECT_EQ(a.state, State::absent);
}

TEST(ControlsReport, refuses_a_family_that_nobody_knows) {
  const auto rows = assess_this_build(some_facts());
  const auto kept = select(rows, {.family = "XYZ", .state = {}});

  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().code, ErrorCode::invalid);
}

TEST(ControlsReport, state_names_read_back) {
  for (const auto state : all_states) EXPECT_EQ(parse_state(state_text(state)), state);
  EXPECT_FALSE(parse_state("enforced "));
}

TEST(ControlsReport, summary_counts_families_and_states) {
  const auto rows = assess_this_build(some_facts());
  std::ostringstream out;
  print_controls(out, rows, Detail::summary);

  std::istringstream lines(out.str());
  std::string line;
  std::string last;
  int count = 0;
  while (std::getline(lines, line)) {
    EXPECT_FALSE(line.ends_with(' ')) << line;
    last = line;
    ++count;
  }
  EXPECT_EQ(count, 1 + 43 + 1);
  EXPECT_TRUE(last.starts_with("all ")) << last;
  EXPECT_TRUE(last.ends_with(" 315")) << last;
}

TEST(ControlsReport, everything_shows_what_a_row_lacks_within_a_hundred_columns) {
  const auto rows = assess_this_build(some_facts());
  std::ostringstream out;
  print_controls(out, *select(rows, {.family = "RSR", .state = {}}), Detail::everything);

  EXPECT_TRUE(out.str().contains("lacks   Nothing of it is built."));
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 102U) << line;
}

}  // namespace
}  // namespace sealbook::controls
