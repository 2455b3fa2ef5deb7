#include "security/audit/sequencer.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "security/audit/proofs.hpp"
#include "security/audit/testing/sample_journal.hpp"
#include "security/audit/verify_bodies.hpp"

namespace sealbook::audit {
namespace {

using testing::prepared_sample;
using testing::sample_tenant;

// A store of tiles that can lose its disk at a chosen step.
class BreakableTiles final : public TileStore {
 public:
  explicit BreakableTiles(TileStore& below) : below_(below) {}
  Result<std::optional<Bytes>> read(std::string_view log, const TileKey& key, unsigned width) override {
    return below_.read(log, key, width);
  }
  Result<std::optional<std::string>> checkpoint(std::string_view log) override { return below_.checkpoint(log); }
  Result<void> recover() override { return is_broken ? broken() : below_.recover(); }
  Result<void> stage(std::span<const TileWrite> tiles) override { return is_broken ? broken() : below_.stage(tiles); }
  Result<void> publish(std::span<const CheckpointWrite> c) override { return is_broken ? broken() : below_.publish(c); }
  Result<void> discard() override { return below_.discard(); }
  std::atomic<bool> is_broken{false};

 private:
  static Result<void> broken() { return fail(ErrorCode::unavailable, "The disk is gone."); }
  TileStore& below_;
};

class SequencerTest : public ::testing::Test {
 protected:
  void add(Sequencer* sequencer, const TenantId& log, int count) {
    for (int i = 0; i < count; ++i) {
      const auto entry = prepared_sample(keys, log, static_cast<std::uint64_t>(i));
      order[log].push_back(entry->id);
      const CommittedEntry committed[] = {journal.add(log, entry)};
      if (sequencer) sequencer->committed(log, committed);
    }
  }
  VerifyReport verify(VerifyOptions options = {}) {
    auto report = verify_folder(folder.audit(), keys.signer.instance_key(), options);
    EXPECT_TRUE(report) << report.error().detail;
    return report.value_or(VerifyReport{});
  }
  // Every entry stands in its log once, in the order of its commit.
  void expect_all_in_order() {
    const VerifyReport report = verify();
    ASSERT_TRUE(report.ok()) << to_text(*report.wrong);
    for (const auto& [log, ids] : order) {
      const auto records = read_records(tiles, log_name(log), 0, ids.size());
      ASSERT_TRUE(records) << records.error().detail;
      ASSERT_EQ(records->size(), ids.size());
      for (std::size_t i = 0; i < ids.size(); ++i) ASSERT_EQ((*records)[i].id, ids[i]) << log_name(log) << " " << i;
      EXPECT_FALSE(read_records(tiles, log_name(log), 0, ids.size() + 1)) << "and nothing follows";
    }
    EXPECT_EQ(journal.waiting(), 0U);
  }

  testing::SampleKeys keys;
  testing::TemporaryFolder folder;
  FileTileStore tiles{folder.audit(), keys.signer.instance_key()};
  testing::MemoryJournalStore journal;
  ManualClock clock{Instant::from_seconds(1'795'000'000)};
  std::map<TenantId, std::vector<EntryId>> order;
};

TEST_F(SequencerTest, what_is_committed_is_published_in_order) {
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, {}, 3);
  ASSERT_TRUE(sequencer.flush());
  add(&sequencer, sample_tenant(1), 600);
  add(&sequencer, sample_tenant(2), 1);
  ASSERT_TRUE(sequencer.flush());
  EXPECT_EQ(sequencer.published_entries(), 604U);

  const VerifyReport report = verify();
  EXPECT_EQ(report.entries, 604U);
  EXPECT_EQ(report.publications, 3U);
  expect_all_in_order();
}

TEST_F(SequencerTest, it_publishes_by_itself_after_a_while) {
  SequencerOptions options;
  options.publish_every = std::chrono::milliseconds(5);
  Sequencer sequencer(tiles, journal, keys.signer, clock, options);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, {}, 2);
  for (int i = 0; i < 1'000 && journal.waiting() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  expect_all_in_order();
}

TEST_F(SequencerTest, it_goes_on_where_it_stopped) {
  for (int run = 0; run < 4; ++run) {
    Sequencer sequencer(tiles, journal, keys.signer, clock);
    ASSERT_TRUE(sequencer.start());
    add(&sequencer, sample_tenant(1), 150);
    add(&sequencer, {}, 1);
    sequencer.stop();
  }
  expect_all_in_order();
}

TEST_F(SequencerTest, rows_that_were_never_sequenced_are_picked_up_at_the_start) {
  add(nullptr, sample_tenant(1), 5'000);
  add(nullptr, sample_tenant(2), 10);
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  ASSERT_TRUE(sequencer.start());
  expect_all_in_order();
}

TEST_F(SequencerTest, rows_that_were_published_and_not_removed_are_not_doubled) {
  journal.keeps_rows = true;
  {
    Sequencer sequencer(tiles, journal, keys.signer, clock);
    ASSERT_TRUE(sequencer.start());
    add(&sequencer, sample_tenant(1), 5'000);
    ASSERT_TRUE(sequencer.flush());
  }
  EXPECT_EQ(journal.waiting(), 5'000U);
  journal.keeps_rows = false;
  add(nullptr, sample_tenant(1), 7);
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  ASSERT_TRUE(sequencer.start());
  EXPECT_EQ(verify().entries, 5'007U);
  expect_all_in_order();
}

TEST_F(SequencerTest, a_queue_that_overflows_reads_the_rows_back) {
  SequencerOptions options;
  options.queue_limit = 50;
  options.publish_entries = 1'000'000;
  options.publish_every = std::chrono::hours(1);
  Sequencer sequencer(tiles, journal, keys.signer, clock, options);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, sample_tenant(1), 300);
  add(&sequencer, sample_tenant(2), 20);
  ASSERT_TRUE(sequencer.flush());
  expect_all_in_order();
}

TEST_F(SequencerTest, polling_finds_rows_of_any_number_order) {
  SequencerOptions options;
  options.source = SequencerOptions::Source::poll;
  Sequencer sequencer(tiles, journal, keys.signer, clock, options);
  ASSERT_TRUE(sequencer.start());
  add(nullptr, sample_tenant(1), 300);
  ASSERT_TRUE(sequencer.flush());
  add(nullptr, sample_tenant(1), 5'000);
  ASSERT_TRUE(sequencer.flush());
  expect_all_in_order();
}

TEST_F(SequencerTest, a_lost_disk_makes_it_unhealthy_until_it_is_back) {
  BreakableTiles breakable(tiles);
  SequencerOptions options;
  options.retry_every = std::chrono::milliseconds(5);
  Sequencer sequencer(breakable, journal, keys.signer, clock, options);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, sample_tenant(1), 300);
  ASSERT_TRUE(sequencer.flush());
  breakable.is_broken = true;
  add(&sequencer, sample_tenant(1), 300);
  EXPECT_FALSE(sequencer.flush());
  EXPECT_FALSE(sequencer.healthy());
  add(&sequencer, sample_tenant(1), 5);
  EXPECT_FALSE(sequencer.flush());

  breakable.is_broken = false;
  for (int i = 0; i < 1'000 && !sequencer.healthy(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_TRUE(sequencer.healthy());
  add(&sequencer, sample_tenant(1), 5);
  EXPECT_TRUE(sequencer.flush());
  expect_all_in_order();
}

TEST_F(SequencerTest, a_lost_database_after_publishing_doubles_nothing) {
  SequencerOptions options;
  options.retry_every = std::chrono::milliseconds(5);
  Sequencer sequencer(tiles, journal, keys.signer, clock, options);
  ASSERT_TRUE(sequencer.start());
  journal.is_broken = true;
  add(&sequencer, sample_tenant(1), 300);
  EXPECT_FALSE(sequencer.flush());
  journal.is_broken = false;
  for (int i = 0; i < 1'000 && !sequencer.healthy(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ASSERT_TRUE(sequencer.flush());
  expect_all_in_order();
}

TEST_F(SequencerTest, times_never_go_back_when_the_clock_does) {
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, {}, 1);
  ASSERT_TRUE(sequencer.flush());
  clock.advance(-std::chrono::hours(1));
  add(&sequencer, {}, 1);
  ASSERT_TRUE(sequencer.flush());
  const auto records = read_records(tiles, "instance", 0, 2);
  ASSERT_TRUE(records);
  EXPECT_LE((*records)[0].sequenced_at, (*records)[1].sequenced_at);
  expect_all_in_order();
}

TEST_F(SequencerTest, older_files_than_the_store_has_seen_are_refused) {
  testing::JournalFiles older;
  {
    Sequencer sequencer(tiles, journal, keys.signer, clock);
    ASSERT_TRUE(sequencer.start());
    add(&sequencer, {}, 3);
    ASSERT_TRUE(sequencer.flush());
    older = testing::load_files(folder.audit());
    add(&sequencer, {}, 3);
  }
  std::filesystem::remove_all(folder.audit());
  for (const auto& [name, bytes] : older) {
    std::filesystem::create_directories((folder.audit() / name).parent_path());
    const FileWrite write[] = {{folder.audit() / name, bytes}};
    ASSERT_TRUE(write_durably(write));
  }
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  const auto started = sequencer.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::integrity);
  EXPECT_NE(started.error().detail.find("log_rollback"), std::string::npos);
}

TEST_F(SequencerTest, a_log_that_was_rolled_back_alone_is_not_signed_on) {
  {
    Sequencer sequencer(tiles, journal, keys.signer, clock);
    ASSERT_TRUE(sequencer.start());
    add(&sequencer, sample_tenant(1), 3);
  }
  std::filesystem::remove_all(folder.audit() / log_name(sample_tenant(1)));
  add(nullptr, sample_tenant(1), 1);
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  const auto started = sequencer.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::integrity);
}

TEST_F(SequencerTest, changed_bodies_are_not_signed_on) {
  {
    Sequencer sequencer(tiles, journal, keys.signer, clock);
    ASSERT_TRUE(sequencer.start());
    add(&sequencer, {}, 3);
  }
  Bytes bytes;
  const auto path = folder.audit() / "instance/bodies/000.p/3";
  ASSERT_TRUE(read_whole(path, bytes).value_or(false));
  bytes[bytes.size() / 2] ^= 1;
  const FileWrite write[] = {{path, bytes}};
  ASSERT_TRUE(write_durably(write));
  add(nullptr, {}, 1);
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  EXPECT_EQ(sequencer.start().error().code, ErrorCode::integrity);
}

TEST_F(SequencerTest, another_key_does_not_continue_the_journal) {
  {
    Sequencer sequencer(tiles, journal, keys.signer, clock);
    ASSERT_TRUE(sequencer.start());
    add(&sequencer, {}, 3);
  }
  const crypto::Ed25519SigningKey other(testing::repeated_byte(8));
  const CheckpointSigner signer(keys.signer.origin(), other);
  Sequencer sequencer(tiles, journal, signer, clock);
  EXPECT_EQ(sequencer.start().error().code, ErrorCode::integrity);
}

TEST_F(SequencerTest, entries_are_found_by_id_and_proved) {
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, sample_tenant(1), 700);
  ASSERT_TRUE(sequencer.flush());
  const std::string log = log_name(sample_tenant(1));
  const auto text = tiles.checkpoint(log);
  ASSERT_TRUE(text && *text);
  const auto checkpoint = open_checkpoint(**text, keys.signer.key_of(log));
  ASSERT_TRUE(checkpoint);
  for (const std::size_t i : {0U, 255U, 256U, 699U}) {
    const auto found = find_entry(tiles, log, order[sample_tenant(1)][i], checkpoint->size);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->index, i);
    const auto proof = inclusion_proof(tiles, log, i, checkpoint->size);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(verify_inclusion(i, checkpoint->size, leaf_hash((*found)->entry), *proof, checkpoint->root));
  }
  EXPECT_FALSE(*find_entry(tiles, log, new_id<EntryId>(), checkpoint->size));
}

TEST_F(SequencerTest, bodies_open_with_the_keys) {
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, sample_tenant(1), 300);
  ASSERT_TRUE(sequencer.flush());
  FolderView view(folder.audit(), keys.signer.instance_key());
  std::uint64_t opened = 0;
  const auto report = verify_bodies(view, keys.signer.instance_key(), "test",
                                    [&](const TenantId&, ByteView) { return &keys.data; },
                                    [&](const TenantId&, std::uint64_t, const OpenedEntry&) { ++opened; });
  ASSERT_TRUE(report && report->ok());
  EXPECT_EQ(opened, 300U);
  const auto elsewhere = verify_bodies(view, keys.signer.instance_key(), "production",
                                       [&](const TenantId&, ByteView) { return &keys.data; });
  ASSERT_TRUE(elsewhere);
  EXPECT_FALSE(elsewhere->ok());
}

TEST_F(SequencerTest, the_folder_of_a_running_server_verifies) {
  SequencerOptions options;
  options.publish_every = std::chrono::milliseconds(1);
  Sequencer sequencer(tiles, journal, keys.signer, clock, options);
  ASSERT_TRUE(sequencer.start());
  add(&sequencer, sample_tenant(1), 1);
  ASSERT_TRUE(sequencer.flush());  // the folder's very first files are moved in one by one
  std::atomic<bool> enough{false};
  std::thread busy([&] {
    while (!enough) {
      add(&sequencer, sample_tenant(1), 40);
      if (!sequencer.flush()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  std::uint64_t last = 0;
  for (int i = 0; i < 10; ++i) {
    const VerifyReport report = verify({.may_be_empty = true});
    EXPECT_TRUE(report.ok()) << to_text(*report.wrong);
    EXPECT_GE(report.entries, last);
    last = report.entries;
  }
  enough = true;
  busy.join();
  expect_all_in_order();
}

// Says on a pipe when a publication is staged and about to be signed in.
class TellingTiles final : public TileStore {
 public:
  TellingTiles(TileStore& below, int pipe) : below_(below), pipe_(pipe) {}
  Result<std::optional<Bytes>> read(std::string_view log, const TileKey& key, unsigned width) override {
    return below_.read(log, key, width);
  }
  Result<std::optional<std::string>> checkpoint(std::string_view log) override { return below_.checkpoint(log); }
  Result<void> recover() override { return below_.recover(); }
  Result<void> stage(std::span<const TileWrite> tiles) override { return below_.stage(tiles); }
  Result<void> publish(std::span<const CheckpointWrite> checkpoints) override {
    if (::write(pipe_, ".", 1) != 1) ::_exit(1);
    return below_.publish(checkpoints);
  }
  Result<void> discard() override { return below_.discard(); }

 private:
  TileStore& below_;
  int pipe_;
};

// kill -9 at any moment: the folder verifies as it lies there, and nothing is lost or doubled.
TEST_F(SequencerTest, a_killed_process_leaves_a_journal_that_verifies) {
  add(nullptr, sample_tenant(1), 4'000);
  add(nullptr, {}, 500);
  journal.keeps_rows = true;  // what a child removes, its parent does not see
  int under_way = 0;
  std::uint64_t most = 0;
  for (int round = 0; round < 30; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      TellingTiles telling(tiles, ends[1]);
      SequencerOptions options;
      options.publish_entries = 16;
      Sequencer sequencer(telling, journal, keys.signer, clock, options);
      (void)sequencer.start();
      ::_exit(0);
    }
    ::close(ends[1]);
    char dot;
    for (int publication = 0; publication <= round % 3; ++publication) (void)!::read(ends[0], &dot, 1);
    ::close(ends[0]);
    std::this_thread::sleep_for(std::chrono::microseconds(round * 300));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    const VerifyReport report = verify({.may_be_empty = true});
    ASSERT_TRUE(report.ok()) << "round " << round << ": " << to_text(*report.wrong);
    EXPECT_GE(report.entries, most) << "published entries stay";
    most = report.entries;
    under_way += report.was_under_way;
  }
  EXPECT_GT(most, 0U);
  std::printf("killed 30 times, %d times in the middle of a publication\n", under_way);
  journal.keeps_rows = false;
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  ASSERT_TRUE(sequencer.start());
  expect_all_in_order();
}

}  // namespace
}  // namespace sealbook::audit
