// Reading and proving the journal on a whole world: engine, keyring, sequencer, tiles.
#include <gtest/gtest.h>

#include <thread>

#include "app/audit/journal.hpp"
#include "base/random.hpp"
#include "cli/testing/world.hpp"
#include "security/audit/merkle.hpp"

namespace sealbook {
namespace {

using app::JournalQuery;
using cli::testing::World;

class ReadJournal : public testing::TestWithParam<sql::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == sql::Engine::postgres && !sql::testing::postgres_dsn())
      GTEST_SKIP() << "SEALBOOK_TEST_POSTGRES is not set: no PostgreSQL to test on";
    world_.emplace(cli::testing::WorldOptions{.engine = GetParam()});
    ASSERT_TRUE(world().sequencer().flush());
    known_ = world().sequencer().published_entries();
  }
  World& world() { return *world_; }

  void book(std::size_t n) {
    const auto booked = world().book(world().visit(), world().slot(n), {world().practitioners()[0]}, world().patients()[0]);
    ASSERT_TRUE(booked) << booked.error().detail;
    ++booked_;
  }
  app::CallContext reader() { return world().call(Permission::audit_read); }
  // A row shows only when no older transaction of the whole server is open, and other tests share that
  // server: waits for what was booked here, for half a minute at most.
  void wait_for_what_was_booked() {
    for (int i = 0; i < 300 && world().sequencer().published_entries() < known_ + booked_; ++i) {
      ASSERT_TRUE(world().sequencer().flush());
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  app::JournalPage page(const JournalQuery& query) {
    wait_for_what_was_booked();
    auto ctx = reader();
    auto found = app::read_journal(ctx, query);
    EXPECT_TRUE(found) << (found ? "" : found.error().detail);
    return found ? std::move(*found) : app::JournalPage();
  }

 private:
  std::optional<World> world_;
  std::uint64_t known_ = 0, booked_ = 0;  // entries from before, and of this test's bookings
};
SEALBOOK_ON_BOTH_ENGINES(ReadJournal);

TEST_P(ReadJournal, shows_what_was_written_a_moment_ago) {
  book(0);
  const auto first = page({.limit = 1});
  ASSERT_EQ(first.entries.size(), 1U);
  EXPECT_EQ(first.entries[0].entry.action, AuditAction::appointment_booked);
  EXPECT_EQ(first.entries[0].entry.subjects, std::vector{world().patients()[0]});
}

// The table of waiting rows is empty after each publication: numbers must go on all the same.
TEST_P(ReadJournal, gives_a_place_to_entries_after_every_publication) {
  const auto before = page({.limit = 1});
  ASSERT_EQ(before.entries.size(), 1U);
  for (std::size_t n = 0; n < 3; ++n) {
    book(n);
    ASSERT_TRUE(world().sequencer().flush());
  }
  const auto after = page({.limit = 1});
  ASSERT_EQ(after.entries.size(), 1U);
  EXPECT_EQ(after.entries[0].index, before.entries[0].index + 3);
}

TEST_P(ReadJournal, goes_backwards_page_by_page_without_gap_or_repeat) {
  for (std::size_t n = 0; n < 5; ++n) book(n);
  std::vector<std::uint64_t> seen;
  std::optional<std::uint64_t> below;
  do {
    const auto found = page({.below = below, .limit = 2});
    for (const auto& entry : found.entries) seen.push_back(entry.index);
    below = found.next;
  } while (below);
  ASSERT_GE(seen.size(), 5U);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], seen.size() - 1 - i);
}

TEST_P(ReadJournal, opens_no_more_than_its_cap_and_says_where_to_go_on) {
  for (std::size_t n = 0; n < 6; ++n) book(n);
  // Nobody of that kind is in the log: only the cap ends a call before the log's start.
  JournalQuery nobody{.actor = new_id<AccountId>(), .limit = 50, .scan_limit = 4};
  const auto first = page(nobody);
  EXPECT_TRUE(first.entries.empty());
  const auto size = page({.limit = 1}).entries.at(0).index + 1;
  ASSERT_TRUE(first.next);
  EXPECT_EQ(*first.next, size - 4);
  std::size_t calls = 1;
  for (auto below = first.next; below; ++calls) {
    nobody.below = below;
    const auto more = page(nobody);
    EXPECT_TRUE(more.entries.empty());
    below = more.next;
  }
  EXPECT_EQ(calls, (size + 3) / 4);
}

TEST_P(ReadJournal, filters_by_action_resource_subject_actor_and_time) {
  book(0);
  const auto booked = page({.limit = 1}).entries.at(0);
  ASSERT_EQ(booked.entry.action, AuditAction::appointment_booked);
  const auto only = [&](JournalQuery query) {
    query.limit = 200;
    const auto found = page(query);
    return found.entries.size() == 1 && found.entries[0].id == booked.id;
  };
  EXPECT_TRUE(only({.action = AuditAction::appointment_booked}));
  EXPECT_TRUE(only({.resource = app::parse_any_id(app::id_text_of(booked.entry.resource))}));
  EXPECT_TRUE(only({.action = AuditAction::appointment_booked, .subject = world().patients()[0]}));
  EXPECT_TRUE(only({.from = booked.entry.at, .to = booked.entry.at + Micros(1)}));
  EXPECT_TRUE(page({.from = booked.entry.at + Micros(1), .action = AuditAction::appointment_booked}).entries.empty());
  EXPECT_TRUE(page({.to = booked.entry.at, .action = AuditAction::appointment_booked}).entries.empty());
  EXPECT_TRUE(page({.action = AuditAction::appointment_booked, .subject = world().patients()[1]}).entries.empty());
  EXPECT_TRUE(page({.resource = app::AnyId{HoldId::prefix, booked.entry.resource.id}}).entries.empty());
}

TEST_P(ReadJournal, notes_that_it_was_read_and_about_whom) {
  auto ctx = reader();
  ASSERT_TRUE(app::read_journal(ctx, {.subject = world().patients()[2]}));
  ASSERT_EQ(ctx.entries.size(), 1U);
  EXPECT_EQ(ctx.entries[0].action, AuditAction::audit_read);
  EXPECT_EQ(ctx.entries[0].subjects, std::vector{world().patients()[2]});
}

TEST_P(ReadJournal, proves_an_entry_right_after_its_write) {
  book(0);
  const auto entry = page({.limit = 1}).entries.at(0);
  auto ctx = world().call(Permission::audit_verify);
  for (const std::optional<std::uint64_t> hint : {std::optional<std::uint64_t>(), std::optional(entry.index)}) {
    const auto proof = app::prove_entry(ctx, entry.id, hint);
    ASSERT_TRUE(proof) << proof.error().detail;
    const auto checkpoint = audit::open_checkpoint(
        proof->checkpoint, audit::log_key(world().journal_key(), audit::log_name(world().tenant().id())));
    ASSERT_TRUE(checkpoint);
    const Hash256 leaf = audit::leaf_hash(proof->entry);
    EXPECT_TRUE(audit::verify_inclusion(proof->index, checkpoint->size, leaf, proof->hashes, checkpoint->root));
    EXPECT_FALSE(audit::verify_inclusion(proof->index, checkpoint->size, audit::leaf_hash(as_bytes("other")),
                                         proof->hashes, checkpoint->root));
  }
  EXPECT_EQ(app::prove_entry(ctx, new_id<EntryId>(), std::nullopt).error().code, ErrorCode::not_found);
  EXPECT_EQ(app::prove_entry(ctx, entry.id, entry.index - 1).error().code, ErrorCode::not_found);
}

TEST_P(ReadJournal, proves_that_the_log_only_grew) {
  book(0);
  ASSERT_TRUE(world().sequencer().flush());
  auto ctx = world().call(Permission::audit_verify);
  const auto key = audit::log_key(world().journal_key(), audit::log_name(world().tenant().id()));
  const auto older = audit::open_checkpoint(app::read_checkpoint(ctx).value(), key);
  book(1);
  ASSERT_TRUE(world().sequencer().flush());
  const auto newer = audit::open_checkpoint(app::read_checkpoint(ctx).value(), key);
  ASSERT_TRUE(older && newer);
  ASSERT_GT(newer->size, older->size);
  const auto proof = app::prove_growth(ctx, older->size, std::nullopt);
  ASSERT_TRUE(proof);
  EXPECT_TRUE(proof->checkpoint);
  EXPECT_TRUE(audit::verify_consistency(older->size, newer->size, proof->hashes, older->root, newer->root));
  EXPECT_FALSE(audit::verify_consistency(older->size, newer->size, proof->hashes, newer->root, older->root));
  EXPECT_EQ(app::prove_growth(ctx, newer->size + 1, std::nullopt).error().code, ErrorCode::invalid);
  EXPECT_EQ(app::prove_growth(ctx, 0, newer->size + 1).error().fields.at(0).pointer, "/to");
}

TEST_P(ReadJournal, gives_tiles_of_exactly_the_width_asked_for_and_no_bodies) {
  for (std::size_t n = 0; n < 3; ++n) book(n);
  ASSERT_TRUE(world().sequencer().flush());
  auto ctx = world().call(Permission::audit_verify);
  const auto tile = app::read_tile(ctx, "tile/0/000.p/3");
  ASSERT_TRUE(tile) << tile.error().detail;
  EXPECT_EQ(tile->size(), 3 * 32U);
  const auto bundle = app::read_tile(ctx, "tile/entries/000.p/2");
  ASSERT_TRUE(bundle);
  EXPECT_EQ(bundle->size(), 2 * (2 + audit::tree_entry_size));
  for (const char* none : {"tile/0/000", "tile/0/000.p/255", "tile/1/000.p/1", "tile/0/001.p/1", "tile/9/000",
                           "bodies/000.p/1", "checkpoint", "tile/../bodies/000.p/1", ""})
    EXPECT_EQ(app::read_tile(ctx, none).error().code, ErrorCode::not_found) << none;
}

}  // namespace
}  // namespace sealbook
