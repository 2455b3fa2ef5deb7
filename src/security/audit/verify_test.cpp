#include "security/audit/verify.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "security/audit/staging.hpp"
#include "security/audit/testing/mutations.hpp"

namespace sealbook::audit {
namespace {

namespace fs = std::filesystem;
using testing::JournalFiles;
using testing::MapView;
using testing::SampleStates;

const SampleStates& states() {
  static const SampleStates made;
  return made;
}

VerifyReport check(const JournalFiles& files, const VerifyOptions& options = {}) {
  MapView view(files);
  auto report = verify_journal(view, states().keys.signer.instance_key(), options);
  EXPECT_TRUE(report) << report.error().detail;
  return report.value_or(VerifyReport{});
}

TEST(Verify, a_genuine_journal_is_right_at_each_of_its_states) {
  for (const JournalFiles* files : {&states().oldest, &states().middle, &states().present}) {
    const VerifyReport report = check(*files);
    EXPECT_TRUE(report.ok()) << to_text(*report.wrong);
    std::uint64_t bytes = 0;
    for (const auto& [name, content] : *files) bytes += content.size();
    EXPECT_EQ(report.bytes, bytes) << "every byte of every file was looked at";
  }
  EXPECT_EQ(check(states().present).entries, 1'019U);
  EXPECT_EQ(check(states().present).logs.back().log, "logs");
}

TEST(Verify, every_damage_is_found_and_named) {
  testing::Mutator mutator(states(), 2026);
  const VerifyOptions pinned{.pinned = {states().pinned}};
  for (std::size_t i = 0; i < 20 * mutator.kinds(); ++i) {
    const testing::Mutation mutation = mutator.make(i % mutator.kinds());
    const VerifyReport report = check(mutation.files, pinned);
    ASSERT_FALSE(report.ok()) << mutation.kind << " " << i;
    EXPECT_TRUE(testing::Mutator::names_it(mutation, *report.wrong)) << mutation.kind << ": " << to_text(*report.wrong);
  }
}

TEST(Verify, every_byte_of_the_small_log_counts) {
  for (const auto& [name, content] : states().present) {
    if (!name.starts_with("instance/") && name != "logs/checkpoint") continue;
    for (std::size_t i = 0; i < content.size(); i += name.find("bodies") != std::string::npos ? 7 : 3) {
      JournalFiles files = states().present;
      files[name][i] ^= 0x20;
      EXPECT_FALSE(check(files).ok()) << name << " byte " << i;
    }
  }
}

TEST(Verify, an_older_state_is_found_by_a_pinned_checkpoint_alone) {
  EXPECT_TRUE(check(states().oldest).ok()) << "a genuine older state looks genuine";
  const VerifyReport report = check(states().oldest, {.pinned = {states().pinned}});
  ASSERT_FALSE(report.ok());
  EXPECT_NE(report.wrong->what.find("pinned"), std::string::npos);
  EXPECT_TRUE(check(states().middle, {.pinned = {states().pinned}}).ok());
  EXPECT_TRUE(check(states().present, {.pinned = {states().pinned}}).ok());
}

TEST(Verify, a_pinned_checkpoint_of_one_log_holds_that_log) {
  const std::string log = log_name(testing::sample_tenant(1));
  const std::string pinned(as_text(states().middle.at(log + "/checkpoint")));
  EXPECT_TRUE(check(states().present, {.pinned = {pinned}}).ok());
  EXPECT_FALSE(check(states().oldest, {.pinned = {pinned}}).ok());
  const std::string other = states().keys.signer.sign(log, 100, empty_root());
  EXPECT_FALSE(check(states().present, {.pinned = {other}}).ok()) << "a fork that the key signed";
}

TEST(Verify, a_pinned_checkpoint_of_another_key_is_refused) {
  const crypto::Ed25519SigningKey foreign(testing::repeated_byte(8));
  const std::string text = CheckpointSigner(states().keys.signer.origin(), foreign).sign("logs", 1, empty_root());
  MapView view(states().present);
  EXPECT_FALSE(verify_journal(view, states().keys.signer.instance_key(), {.pinned = {text}}));
}

TEST(Verify, an_empty_folder_is_right_only_for_who_knows_that_nothing_was_published) {
  EXPECT_FALSE(check({}).ok());
  EXPECT_TRUE(check({}, {.may_be_empty = true}).ok());
  EXPECT_FALSE(check({}, {.pinned = {states().pinned}, .may_be_empty = true}).ok());
}

// Every state that a stop can leave behind: the present publication staged, and any number of its
// files moved into place already.
TEST(Verify, a_publication_under_way_is_read_as_finished) {
  const NoteKey key = states().keys.signer.instance_key();
  const JournalFiles& before = states().middle;
  const JournalFiles& after = states().present;
  std::vector<std::string> moving;
  for (const auto& [name, bytes] : after)
    if ((!before.contains(name) || before.at(name) != bytes) && name != "logs/checkpoint") moving.push_back(name);
  const testing::TemporaryFolder folder;
  const auto put = [](const fs::path& path, const Bytes& bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  for (const auto& [name, bytes] : before)
    if (after.contains(name)) put(folder.audit() / name, bytes);
  const fs::path next = staging_folder(folder.audit());
  for (const std::string& name : moving) put(next / staged_name(name), after.at(name));
  put(next / "logs~checkpoint", after.at("logs/checkpoint"));

  for (const std::string& name : moving) {
    const auto report = verify_folder(folder.audit(), key);
    ASSERT_TRUE(report);
    ASSERT_TRUE(report->ok()) << "before moving " << name << ": " << to_text(*report->wrong);
    EXPECT_TRUE(report->was_under_way);
    put(folder.audit() / name, after.at(name));
    fs::remove(next / staged_name(name));
  }
  const auto report = verify_folder(folder.audit(), key);
  ASSERT_TRUE(report && report->ok());
  EXPECT_EQ(report->entries, 1'019U);
  fs::remove(next / "logs~checkpoint");
  EXPECT_FALSE(verify_folder(folder.audit(), key)->ok()) << "without the staged checkpoint the files are too many";
}

TEST(Verify, links_and_other_things_have_no_place_in_a_journal) {
  const testing::TemporaryFolder folder;
  for (const auto& [name, bytes] : states().present) {
    fs::create_directories((folder.audit() / name).parent_path());
    const FileWrite write[] = {{folder.audit() / name, bytes}};
    ASSERT_TRUE(write_durably(write));
  }
  const NoteKey key = states().keys.signer.instance_key();
  ASSERT_TRUE(verify_folder(folder.audit(), key)->ok());
  fs::rename(folder.audit() / "instance/checkpoint", folder.path() / "elsewhere");
  fs::create_symlink(folder.path() / "elsewhere", folder.audit() / "instance/checkpoint");
  EXPECT_FALSE(verify_folder(folder.audit(), key)->ok());
}

}  // namespace
}  // namespace sealbook::audit
