// A journal with proofs for readers that are not ours: tests/interop/tlog runs this test with
// SEALBOOK_EXCHANGE naming a folder, and reads what it leaves there.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "security/audit/proofs.hpp"
#include "security/audit/publisher.hpp"
#include "security/audit/testing/sample_journal.hpp"

namespace sealbook::audit {
namespace {

namespace fs = std::filesystem;

void write_text(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// Entries of the right shapes whose bodies nobody opens.
PreparedEntry shapely_entry() {
  PreparedEntry entry{.id = new_id<EntryId>(), .entry = {}, .sealed = Bytes(24)};
  const auto hash = random_array<32>();
  std::copy_n("sbal1", 5, entry.entry.begin());
  std::copy(hash.begin(), hash.end(), entry.entry.begin() + 5);
  fill_random(entry.sealed);
  return entry;
}

class JournalExchange : public ::testing::Test {
 protected:
  void grow(const TenantId& tenant, int count) {
    const auto tail = publisher.tail(tenant);
    ASSERT_TRUE(tail) << tail.error().detail;
    for (int i = 0; i < count; ++i) publisher.append(**tail, shapely_entry());
    clock.advance(std::chrono::seconds(1));
    ASSERT_TRUE(publisher.publish());
  }
  Checkpoint present() { return *open_checkpoint(**tiles.checkpoint(log), keys.signer.key_of(log)); }

  const char* given = std::getenv("SEALBOOK_EXCHANGE");
  testing::TemporaryFolder own;
  fs::path folder = given ? fs::path(given) : own.path();
  testing::SampleKeys keys;
  FileTileStore tiles{folder / "audit", keys.signer.instance_key()};
  ManualClock clock{Instant::from_seconds(1'795'000'000)};
  Publisher publisher{tiles, keys.signer, clock};
  const std::string log = log_name(testing::sample_tenant(1));
};

TEST_F(JournalExchange, a_large_journal_and_its_proofs_are_written_for_other_readers) {
  ASSERT_TRUE(publisher.open(std::nullopt));
  grow({}, 3);
  std::map<std::uint64_t, std::string> older;
  for (const int count : {1, 1, 253, 1, 400, 64'880, 664}) {
    grow(testing::sample_tenant(1), count);
    older[present().size] = **tiles.checkpoint(log);
  }
  grow(testing::sample_tenant(2), 300);
  write_text(folder / "key", keys.signer.instance_key().text() + "\n");

  const Checkpoint now = present();
  ASSERT_EQ(now.size, 66'200U);
  for (const std::uint64_t index : {0ULL, 1ULL, 255ULL, 256ULL, 60'000ULL, 65'535ULL, 65'536ULL, 66'199ULL}) {
    const auto proof = inclusion_proof(tiles, log, index, now.size);
    const auto record = read_records(tiles, log, index, index + 1);
    ASSERT_TRUE(proof && record);
    const TreeEntry& entry = record->front().entry;
    ASSERT_TRUE(verify_inclusion(index, now.size, leaf_hash(entry), *proof, now.root));
    write_text(folder / "proofs" / (std::to_string(index) + ".tlog-proof"),
               to_text(InclusionProofText{index, Bytes(entry.begin(), entry.end()), *proof, older[now.size]}));
  }
  for (const auto& [size, text] : older) {
    const auto proof = consistency_proof(tiles, log, size, now.size);
    ASSERT_TRUE(proof);
    const Checkpoint then = *open_checkpoint(text, keys.signer.key_of(log));
    ASSERT_TRUE(verify_consistency(size, now.size, *proof, then.root, now.root));
    write_text(folder / "proofs" / (std::to_string(size) + ".checkpoint"), text);
    write_text(folder / "proofs" / (std::to_string(size) + ".consistency"), to_text(ConsistencyProofText{size, *proof, older[now.size]}));
  }
  const auto report = verify_folder(folder / "audit", keys.signer.instance_key());
  ASSERT_TRUE(report && report->ok());
  EXPECT_EQ(report->entries, 66'503U);
}

}  // namespace
}  // namespace sealbook::audit
