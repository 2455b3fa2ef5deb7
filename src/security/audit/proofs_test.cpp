#include "security/audit/proofs.hpp"

#include <gtest/gtest.h>

#include "security/audit/log_tail.hpp"
#include "security/audit/testing/sample_journal.hpp"

namespace sealbook::audit {
namespace {

// Tiles in memory, as they are at the last size only.
class MemoryTiles final : public TileStore {
 public:
  Result<std::optional<Bytes>> read(std::string_view, const TileKey& key, unsigned width) override {
    const auto found = tiles.find(key);
    if (found == tiles.end() || found->second.width < width) return std::nullopt;
    return found->second.bytes;
  }
  Result<std::optional<std::string>> checkpoint(std::string_view) override { return std::nullopt; }
  Result<void> recover() override { return {}; }
  Result<void> stage(std::span<const TileWrite> writes) override {
    for (const TileWrite& write : writes) tiles[write.key] = write;
    return {};
  }
  Result<void> publish(std::span<const CheckpointWrite>) override { return {}; }
  Result<void> discard() override { return {}; }
  std::map<TileKey, TileWrite> tiles;
};

struct SampleLog {
  explicit SampleLog(std::uint64_t size) {
    roots.push_back(empty_root());
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::string entry = "entry " + std::to_string(i);
      leaves.push_back(leaf_hash(as_bytes(entry)));
      tail.append(as_bytes(entry));
      roots.push_back(tail.root());
    }
    std::vector<TileWrite> writes;
    tail.take_tiles(writes);
    (void)tiles.stage(writes);
  }
  LogTail tail{"instance", LogTail::Bodies::none};
  MemoryTiles tiles;
  std::vector<Hash256> leaves;
  std::vector<Hash256> roots;  // by size
};

TEST(Proofs, inclusion_verifies_at_every_kind_of_size) {
  SampleLog log(66'200);
  for (const std::uint64_t size : {1ULL, 2ULL, 255ULL, 256ULL, 257ULL, 513ULL, 4'097ULL, 65'535ULL, 65'536ULL, 65'537ULL, 66'200ULL})
    for (const std::uint64_t index : {std::uint64_t{0}, size / 3, size / 2, size - 1}) {
      const auto proof = inclusion_proof(log.tiles, "instance", index, size);
      ASSERT_TRUE(proof) << index << " of " << size << ": " << proof.error().detail;
      EXPECT_TRUE(verify_inclusion(index, size, log.leaves[index], *proof, log.roots[size])) << index << " of " << size;
    }
}

TEST(Proofs, consistency_verifies_between_any_two_sizes) {
  SampleLog log(1'100);
  for (std::uint64_t to = 0; to <= 1'100; to += 37)
    for (std::uint64_t from = 0; from <= to; from += 13) {
      const auto proof = consistency_proof(log.tiles, "instance", from, to);
      ASSERT_TRUE(proof) << from << " to " << to;
      EXPECT_TRUE(verify_consistency(from, to, *proof, log.roots[from], log.roots[to])) << from << " to " << to;
    }
}

TEST(Proofs, tiles_give_the_root_of_every_size) {
  SampleLog log(600);
  for (std::uint64_t size = 0; size <= 600; ++size) EXPECT_EQ(*root_at(log.tiles, "instance", size), log.roots[size]);
}

TEST(Proofs, what_is_outside_the_tree_is_refused) {
  SampleLog log(10);
  EXPECT_EQ(inclusion_proof(log.tiles, "instance", 10, 10).error().code, ErrorCode::invalid);
  EXPECT_EQ(consistency_proof(log.tiles, "instance", 11, 10).error().code, ErrorCode::invalid);
  EXPECT_EQ(inclusion_proof(log.tiles, "instance", 3, 11).error().code, ErrorCode::integrity);
}

TEST(ProofText, an_inclusion_proof_is_read_as_it_was_written) {
  const InclusionProofText proof{12, {1, 2, 3}, {leaf_hash({}), empty_root()}, "a/b\n13\nroot\n\nsignature\n"};
  const std::string text = to_text(proof);
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nextra AQID\nindex 12\n"));
  const auto read = parse_inclusion_proof(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->index, 12U);
  EXPECT_EQ(read->extra, proof.extra);
  EXPECT_EQ(read->hashes, proof.hashes);
  EXPECT_EQ(read->checkpoint, proof.checkpoint);
  for (const char* bad : {"", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\nindex 01\n\n", "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n",
                          "c2sp.org/tlog-proof@v1\nindex 1\n", "c2sp.org/tlog-proof@v2\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nextra \nindex 1\n\n"})
    EXPECT_FALSE(parse_inclusion_proof(bad)) << bad;
}

TEST(ProofText, a_consistency_proof_is_read_as_it_was_written) {
  const ConsistencyProofText proof{7, {leaf_hash({})}, "checkpoint\n"};
  const auto read = parse_consistency_proof(to_text(proof));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->old_size, 7U);
  EXPECT_EQ(read->hashes, proof.hashes);
  EXPECT_EQ(read->checkpoint, proof.checkpoint);
  EXPECT_FALSE(parse_consistency_proof("old x\n\n"));
  EXPECT_FALSE(parse_consistency_proof("new 1\n\n"));
}

}  // namespace
}  // namespace sealbook::audit
