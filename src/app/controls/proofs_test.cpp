#include "app/controls/proofs.hpp"

#include <gtest/gtest.h>

namespace sealbook::controls {
namespace {

const std::string commit(40, 'a');

// One record with its suites and tests, as the test verbs write it.
std::string manifest(std::string_view tests, std::string_view dirty = "false") {
  return "{\"" + commit + "\": {\"commit\": \"" + commit + "\", \"dirty\": " + std::string(dirty) +
         ", \"diff\": \"\", \"later\": 1, \"suites\": [{\"name\": \"test_base\", \"verb\": \"test\", "
         "\"passed\": 1, \"failed\": 0, \"skipped\": 0, \"at\": \"2026-11-22T02:40:00Z\", \"seconds\": 0.4}], "
         "\"tests\": [" + std::string(tests) + "]}}";
}

std::string test_row(std::string_view id, std::string_view result) {
  return "{\"id\": \"" + std::string(id) + "\", \"suite\": \"test_base\", \"result\": \"" + std::string(result) + "\"}";
}

TEST(Proofs, reads_the_record_of_a_commit) {
  const auto proofs = parse_proofs(
      manifest(test_row("Json.b", "skipped") + "," + test_row("Json.a", "passed")), commit);

  ASSERT_TRUE(proofs) << proofs.error().detail;
  EXPECT_TRUE(proofs->usable());
  EXPECT_EQ(proofs->commit, commit);
  ASSERT_NE(proofs->find("Json.a"), nullptr);
  EXPECT_EQ(proofs->find("Json.a")->verdict, Verdict::passed);
  EXPECT_EQ(proofs->find("Json.a")->at, "2026-11-22T02:40:00Z");
  EXPECT_EQ(proofs->find("Json.b")->verdict, Verdict::skipped);
  EXPECT_EQ(proofs->find("Json"), nullptr);
}

TEST(Proofs, the_worst_run_of_a_test_counts_in_either_order) {
  const auto good = test_row("Json.a", "passed");
  const auto bad = test_row("Json.a", "failed");
  const auto skipped = test_row("Json.a", "skipped");

  EXPECT_EQ(parse_proofs(manifest(good + "," + bad), commit)->find("Json.a")->verdict, Verdict::failed);
  EXPECT_EQ(parse_proofs(manifest(bad + "," + skipped), commit)->find("Json.a")->verdict, Verdict::failed);
  EXPECT_EQ(parse_proofs(manifest(good + "," + skipped), commit)->find("Json.a")->verdict, Verdict::skipped);
  EXPECT_EQ(parse_proofs(manifest(good + "," + bad), commit)->tests.size(), 1U);
}

TEST(Proofs, another_commit_proves_nothing) {
  const auto proofs = parse_proofs(manifest(test_row("Json.a", "passed")), std::string(40, 'b'));

  ASSERT_TRUE(proofs);
  EXPECT_FALSE(proofs->usable());
  EXPECT_EQ(proofs->find("Json.a"), nullptr);
}

TEST(Proofs, a_dirty_tree_proves_nothing) {
  const auto proofs = parse_proofs(manifest(test_row("Json.a", "passed"), "true"), commit);

  ASSERT_TRUE(proofs);
  EXPECT_FALSE(proofs->usable());
}

TEST(Proofs, a_text_that_is_no_manifest_is_refused) {
  const auto refused = [](std::string_view text) {
    const auto proofs = parse_proofs(text, commit);
    return !proofs.has_value();
  };
  EXPECT_TRUE(refused("[]"));
  EXPECT_TRUE(refused("{"));
  EXPECT_TRUE(refused("{\"" + commit + "\": {}}"));
  EXPECT_TRUE(refused(manifest("{\"id\": \"Json.a\"}")));
  EXPECT_TRUE(refused(manifest(test_row("Json.a", "fine"))));
  EXPECT_TRUE(refused(manifest("", "\"no\"")));
}

TEST(Proofs, what_the_build_embeds_is_sorted_and_named_by_its_commit) {
  const auto& embedded = embedded_proofs();

  EXPECT_EQ(embedded.usable(), !embedded.tests.empty() && !embedded.dirty);
  for (const auto& proof : embedded.tests) EXPECT_EQ(embedded.find(proof.id), &proof);
}

}  // namespace
}  // namespace sealbook::controls
