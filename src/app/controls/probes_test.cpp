#include "app/controls/probes.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace sealbook::controls {
namespace {

// An installation on which every probe passes.
Facts a_good_installation() {
  Facts f;
  f.now = *Instant::parse("2026-11-22T10:00:00Z");
  f.production = true;
  f.environment = f.store_environment = "prod";
  f.doctor_refusals = std::vector<std::string>{};
  f.tls_min_version = f.tls_max_version = 0x0304;
  f.tls_early_data = false;
  f.cleartext_listener = false;
  f.hsts = "max-age=63072000; includeSubDomains; preload";
  f.cors_origins = std::vector<std::string>{};
  f.engine = Engine::embedded;
  f.page_cipher = "sqlcipher";
  f.pages_open_without_key = false;
  f.store_device = 1;
  f.keyring_device = 2;
  f.keyring_is_own_store = true;
  f.key_file_mode = 0100600;
  f.key_file_beside_store = false;
  f.personal_columns_unsealed = 0;
  f.unwrapped_key_rows = 0;
  f.core_limit_bytes = 0;
  f.dumpable = false;
  f.secrets_locked = true;
  f.journal_writable = true;
  f.checkpoint_verifies = true;
  f.last_checkpoint = f.now - std::chrono::seconds(5);
  f.unsequenced_entries = 3;
  f.clock_behind_journal = false;
  f.operations = 60;
  f.operations_without_permission = 0;
  f.changes_without_audit_action = 0;
  f.tenant_tables_without_class = 0;
  return f;
}

ProbeOutcome outcome(std::string_view id, const Facts& facts) { return find_probe(id)->run(facts).outcome; }

TEST(Probes, all_pass_on_a_good_installation_and_say_so) {
  for (const auto& probe : probes()) {
    const auto result = probe.run(a_good_installation());
    EXPECT_EQ(result.outcome, ProbeOutcome::passed) << probe.id << ": " << result.detail;
    EXPECT_TRUE(result.detail.ends_with('.')) << probe.id;
  }
}

TEST(Probes, none_passes_on_facts_that_nobody_measured) {
  for (const auto& probe : probes()) EXPECT_EQ(probe.run(Facts{}).outcome, ProbeOutcome::unknown) << probe.id;
}

TEST(Probes, are_found_by_their_whole_name) {
  EXPECT_EQ(find_probe("tls.hsts")->id, "tls.hsts");
  EXPECT_EQ(find_probe("tls"), nullptr);
  EXPECT_EQ(find_probe("zzz"), nullptr);
}

// Each probe fails when its control is switched off, and only then.
struct SwitchedOff {
  const char* name;
  std::string_view probe;
  std::function<void(Facts&)> change;
};

class ProbeFails : public testing::TestWithParam<SwitchedOff> {};

TEST_P(ProbeFails, when_its_control_is_switched_off) {
  auto facts = a_good_installation();
  GetParam().change(facts);

  for (const auto& probe : probes()) {
    const bool hit = probe.id == GetParam().probe;
    if (hit) EXPECT_EQ(probe.run(facts).outcome, ProbeOutcome::failed) << probe.id;
  }
}

const std::vector<SwitchedOff> cases{
    {"change_without_entry", "api.every-change-journaled", [](Facts& f) { f.changes_without_audit_action = 1; }},
    {"no_operations", "api.every-change-journaled", [](Facts& f) { f.operations = 0; }},
    {"operation_without_permission", "api.every-operation-guarded",
     [](Facts& f) { f.operations_without_permission = 1; }},
    {"bad_checkpoint", "journal.checkpoint-verifies", [](Facts& f) { f.checkpoint_verifies = false; }},
    {"long_backlog", "journal.keeps-up", [](Facts& f) { f.unsequenced_entries = 10'001; }},
    {"old_checkpoint", "journal.keeps-up", [](Facts& f) { f.last_checkpoint = f.now - std::chrono::minutes(2); }},
    {"clock_set_back", "journal.time-moves-on", [](Facts& f) { f.clock_behind_journal = true; }},
    {"full_disk", "journal.writable", [](Facts& f) { f.journal_writable = false; }},
    {"readable_key_file", "keys.file-private", [](Facts& f) { f.key_file_mode = 0100640; }},
    {"key_file_with_data", "keys.file-private", [](Facts& f) { f.key_file_beside_store = true; }},
    {"one_device", "keys.keyring-apart", [](Facts& f) { f.keyring_device = 1; }},
    {"one_device_accepted", "keys.keyring-apart",
     [](Facts& f) {
       f.keyring_device = 1;
       f.colocation_accepted = true;
     }},
    {"keyring_in_the_store", "keys.keyring-apart", [](Facts& f) { f.keyring_is_own_store = false; }},
    {"plain_key", "keys.wrapped", [](Facts& f) { f.unwrapped_key_rows = 1; }},
    {"keys_with_data", "keys.wrapped", [](Facts& f) { f.keyring_is_own_store = false; }},
    {"development", "mode.production-safe", [](Facts& f) { f.production = false; }},
    {"refused_setting", "mode.production-safe",
     [](Facts& f) { f.doctor_refusals = std::vector<std::string>{"cleartext"}; }},
    {"dumpable", "process.no-core-dumps", [](Facts& f) { f.dumpable = true; }},
    {"core_limit", "process.no-core-dumps", [](Facts& f) { f.core_limit_bytes = 1; }},
    {"no_lock", "process.secrets-locked", [](Facts& f) { f.secrets_locked = false; }},
    {"other_environment", "store.environment-matches", [](Facts& f) { f.environment = "dev"; }},
    {"plain_column", "store.fields-sealed", [](Facts& f) { f.personal_columns_unsealed = 1; }},
    {"plain_pages", "store.pages-encrypted", [](Facts& f) { f.page_cipher = ""; }},
    {"opens_without_key", "store.pages-encrypted", [](Facts& f) { f.pages_open_without_key = true; }},
    {"table_without_class", "store.tables-classed", [](Facts& f) { f.tenant_tables_without_class = 1; }},
    {"no_hsts", "tls.hsts", [](Facts& f) { f.hsts = ""; }},
    {"short_hsts", "tls.hsts", [](Facts& f) { f.hsts = "max-age=3600; includeSubDomains; preload"; }},
    {"hsts_without_subdomains", "tls.hsts", [](Facts& f) { f.hsts = "max-age=63072000; preload"; }},
    {"cleartext", "tls.no-cleartext", [](Facts& f) { f.cleartext_listener = true; }},
    {"tls_1_2", "tls.only-1.3", [](Facts& f) { f.tls_min_version = 0x0303; }},
    {"early_data", "tls.only-1.3", [](Facts& f) { f.tls_early_data = true; }},
    {"any_origin", "web.cors-closed", [](Facts& f) { f.cors_origins = std::vector<std::string>{"*"}; }},
    {"plain_origin", "web.cors-closed",
     [](Facts& f) { f.cors_origins = std::vector<std::string>{"http://pages.example.test"}; }},
};

INSTANTIATE_TEST_SUITE_P(Probes, ProbeFails, testing::ValuesIn(cases),
                         [](const auto& info) { return info.param.name; });

TEST(Probes, each_was_seen_to_fail) {
  std::set<std::string_view> seen;
  for (const auto& one : cases) seen.insert(one.probe);
  for (const auto& probe : probes()) EXPECT_TRUE(seen.contains(probe.id)) << probe.id;
}

TEST(Probes, postgresql_pages_are_for_a_person_to_vouch_for) {
  auto facts = a_good_installation();
  facts.engine = Engine::postgresql;

  EXPECT_EQ(outcome("store.pages-encrypted", facts), ProbeOutcome::unknown);
  EXPECT_EQ(outcome("keys.keyring-apart", facts), ProbeOutcome::passed);
}

TEST(Probes, entries_that_just_came_in_are_no_backlog) {
  auto facts = a_good_installation();
  facts.unsequenced_entries = 10'000;
  facts.last_checkpoint = facts.now - std::chrono::minutes(1);

  EXPECT_EQ(outcome("journal.keeps-up", facts), ProbeOutcome::passed);
}

}  // namespace
}  // namespace sealbook::controls
