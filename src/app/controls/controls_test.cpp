#include "app/controls/controls.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sealbook::controls {
namespace {

const Instant now = *Instant::parse("2026-11-22T10:00:00Z");

// A row that one test shows, seen to fail without the control, with a probe that passes below.
Catalogue a_catalogue() {
  Control row{.id = "TLS-07", .family = "TLS", .title = "No cleartext", .behaviour = "b", .verify = "v"};
  row.probes = {"tls.no-cleartext"};
  row.tests = {"Config.cleartext_is_refused"};
  row.off = {"Config.cleartext_is_served_without_the_rule"};
  Catalogue rows;
  rows.families = {{.id = "TLS", .title = "In transit"}};
  rows.rows = {row};
  return rows;
}

Proofs good_proofs() {
  return {.commit = std::string(40, 'a'),
          .dirty = false,
          .tests = {{"Config.cleartext_is_refused", Verdict::passed, "2026-11-22T02:40:00Z"},
                    {"Config.cleartext_is_served_without_the_rule", Verdict::passed, "2026-11-22T02:40:00Z"}}};
}

Facts good_facts() {
  Facts facts;
  facts.now = now;
  facts.cleartext_listener = false;
  return facts;
}

Assessment judged(const Catalogue& rows, const Proofs& proofs, const Facts& facts,
                  std::span<const Attestation> words = {}) {
  return assess(rows, proofs, facts, words).at(0);
}

bool lacks(const Assessment& a, std::string_view part) {
  return std::ranges::any_of(a.missing, [&](const std::string& reason) { return reason.contains(part); });
}

TEST(Controls, a_row_is_enforced_when_everything_speaks_for_it) {
  const auto rows = a_catalogue();
  const auto a = judged(rows, good_proofs(), good_facts());

  EXPECT_EQ(a.state, State::enforced);
  EXPECT_TRUE(a.missing.empty());
  ASSERT_EQ(a.evidence.size(), 3U);
  EXPECT_EQ(a.evidence[0].result, "passed");
  EXPECT_EQ(a.evidence[0].commit, std::string(40, 'a'));
  EXPECT_EQ(a.evidence[0].at, "2026-11-22T02:40:00Z");
  EXPECT_EQ(a.evidence[1].kind, EvidenceKind::switched_off);
  EXPECT_EQ(a.evidence[2].kind, EvidenceKind::probe);
  EXPECT_EQ(a.evidence[2].at, "2026-11-22T10:00:00Z");
}

TEST(Controls, without_a_manifest_nothing_is_more_than_partial) {
  const auto rows = a_catalogue();
  const auto a = judged(rows, Proofs{}, good_facts());

  EXPECT_EQ(a.state, State::partial);
  EXPECT_EQ(a.evidence[0].result, "not run");
  EXPECT_TRUE(lacks(a, "no results of tests"));
}

TEST(Controls, a_dirty_build_enforces_nothing) {
  const auto rows = a_catalogue();
  auto proofs = good_proofs();
  proofs.dirty = true;

  EXPECT_EQ(judged(rows, proofs, good_facts()).state, State::partial);
}

TEST(Controls, a_skipped_failed_or_absent_test_keeps_a_row_partial) {
  const auto rows = a_catalogue();
  for (const std::size_t which : {0U, 1U}) {
    for (const auto verdict : {Verdict::skipped, Verdict::failed}) {
      auto proofs = good_proofs();
      proofs.tests[which].verdict = verdict;
      const auto a = judged(rows, proofs, good_facts());
      EXPECT_EQ(a.state, State::partial);
      EXPECT_TRUE(lacks(a, proofs.tests[which].id));
    }
    auto proofs = good_proofs();
    proofs.tests.erase(proofs.tests.begin() + static_cast<std::ptrdiff_t>(which));
    EXPECT_EQ(judged(rows, proofs, good_facts()).state, State::partial);
  }
}

TEST(Controls, a_row_never_seen_to_fail_is_partial) {
  auto rows = a_catalogue();
  rows.rows[0].off.clear();

  const auto a = judged(rows, good_proofs(), good_facts());
  EXPECT_EQ(a.state, State::partial);
  EXPECT_TRUE(lacks(a, "switched off"));
}

TEST(Controls, a_probe_that_fails_or_sees_nothing_keeps_a_row_partial) {
  const auto rows = a_catalogue();
  auto facts = good_facts();
  facts.cleartext_listener = true;
  EXPECT_EQ(judged(rows, good_proofs(), facts).state, State::partial);

  facts.cleartext_listener.reset();
  EXPECT_EQ(judged(rows, good_proofs(), facts).state, State::partial);
}

TEST(Controls, a_probe_that_does_not_exist_keeps_a_row_partial) {
  auto rows = a_catalogue();
  rows.rows[0].probes = {"tls.imagined"};

  EXPECT_EQ(judged(rows, good_proofs(), good_facts()).state, State::partial);
}

TEST(Controls, a_probe_alone_enforces_nothing) {
  auto rows = a_catalogue();
  rows.rows[0].tests.clear();
  rows.rows[0].off.clear();

  const auto a = judged(rows, good_proofs(), good_facts());
  EXPECT_EQ(a.state, State::partial);
  EXPECT_TRUE(lacks(a, "No test"));
}

TEST(Controls, what_is_still_to_be_built_keeps_a_row_partial) {
  auto rows = a_catalogue();
  rows.rows[0].gap = "the redirecting port";

  const auto a = judged(rows, good_proofs(), good_facts());
  EXPECT_EQ(a.state, State::partial);
  EXPECT_TRUE(lacks(a, "the redirecting port"));
}

TEST(Controls, a_row_without_tests_and_probes_is_absent) {
  auto rows = a_catalogue();
  rows.rows[0].tests.clear();
  rows.rows[0].off.clear();
  rows.rows[0].probes.clear();

  EXPECT_EQ(judged(rows, good_proofs(), good_facts()).state, State::absent);
}

class Attested : public testing::Test {
 protected:
  Attested() {
    rows.rows[0].attestable = "a disk";
    facts.now = now;
  }
  State state(Instant at, Instant expires, std::string control = "TLS-07") {
    const Attestation word{.control = std::move(control), .by = "acc_1", .at = at, .expires_at = expires,
                           .reference = "report"};
    return judged(rows, Proofs{}, facts, std::span(&word, 1)).state;
  }
  Catalogue rows = a_catalogue();
  Facts facts = good_facts();
  Micros day = std::chrono::hours(24);
};

TEST_F(Attested, by_a_word_in_force) { EXPECT_EQ(state(now - day, now + day), State::attested); }

TEST_F(Attested, not_after_its_end_nor_before_its_beginning) {
  EXPECT_EQ(state(now - day, now), State::partial);
  EXPECT_EQ(state(now + day, now + day + day), State::partial);
}

TEST_F(Attested, not_for_another_row) { EXPECT_EQ(state(now - day, now + day, "TLS-06"), State::partial); }

TEST_F(Attested, not_where_the_row_offers_nothing_to_attest) {
  rows.rows[0].attestable.clear();
  EXPECT_EQ(state(now - day, now + day), State::partial);
}

TEST_F(Attested, is_less_than_enforced) {
  const Attestation word{.control = "TLS-07", .by = "acc_1", .at = now, .expires_at = now + day, .reference = {}};
  EXPECT_EQ(judged(rows, good_proofs(), facts, std::span(&word, 1)).state, State::enforced);
}

TEST(Controls, this_build_judges_every_row_and_claims_nothing_on_unmeasured_facts) {
  const auto all = assess_this_build(Facts{});

  EXPECT_EQ(all.size(), 315U);
  for (const auto& a : all) {
    if (!a.control->probes.empty()) EXPECT_NE(a.state, State::enforced) << a.control->id;
    EXPECT_EQ(a.missing.empty(), a.state == State::enforced) << a.control->id;
  }
}

}  // namespace
}  // namespace sealbook::controls
