#include "storage/tables/journal.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "base/random.hpp"
#include "sql/testing/test_database.hpp"

namespace sealbook::storage {
namespace {

audit::PreparedEntry an_entry() {
  audit::PreparedEntry entry;
  entry.id = new_id<EntryId>();
  fill_random(entry.entry);
  entry.sealed = Bytes(100, 7);
  return entry;
}

class JournalTable : public sql::testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (!IsSkipped()) migrate_store();
  }
  void insert(const audit::PreparedEntry& entry) {
    database().write(TenantId(), [&](sql::Connection& connection) {
      journal::insert(connection, TenantRef{}, entry);
      return sql::Outcome::commit;
    });
  }
};
SEALBOOK_ON_BOTH_ENGINES(JournalTable);

// Issue 2: a table that was emptied began again at row 1, and the sequencer took new entries for old.
TEST_P(JournalTable, a_row_number_is_never_used_again) {
  JournalRows rows(database());
  std::int64_t highest = 0;
  for (int round = 0; round < 3; ++round) {
    insert(an_entry());
    // On PostgreSQL a row waits until no older transaction of the whole server is open.
    auto pending = rows.pending(TenantId(), 0, 10);
    for (int i = 0; i < 2'000 && pending && pending->empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      pending = rows.pending(TenantId(), 0, 10);
    }
    ASSERT_TRUE(pending);
    ASSERT_EQ(pending->size(), 1U);
    EXPECT_GT(pending->at(0).row, highest);
    highest = pending->at(0).row;
    const audit::SequencedRows done{TenantId(), {highest}};
    ASSERT_TRUE(rows.sequenced(std::span(&done, 1), "checkpoint"));
    EXPECT_EQ(*rows.pending_count(TenantId()), 0U);
  }
  EXPECT_EQ(*rows.last_checkpoint(), "checkpoint");
}

}  // namespace
}  // namespace sealbook::storage
