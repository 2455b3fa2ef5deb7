#include "security/audit/tile_store.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "security/audit/log_tail.hpp"
#include "security/audit/staging.hpp"
#include "security/audit/testing/sample_journal.hpp"

namespace sealbook::audit {
namespace {

namespace fs = std::filesystem;

TEST(TilePath, is_written_as_tlog_tiles_says) {
  EXPECT_EQ(tile_path({TileKind::hashes, 0, 1234067}, 256), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({TileKind::hashes, 1, 0}, 17), "tile/1/000.p/17");
  EXPECT_EQ(tile_path({TileKind::entries, 0, 1000}, 256), "tile/entries/x001/000");
  EXPECT_EQ(tile_path({TileKind::bodies, 0, 999}, 1), "bodies/999.p/1");
}

TEST(TilePath, is_read_back_from_its_one_spelling) {
  for (const TileKind kind : {TileKind::hashes, TileKind::entries, TileKind::bodies})
    for (const std::uint64_t index : {0ULL, 1ULL, 999ULL, 1000ULL, 1001ULL, 999'999ULL, 1'000'000ULL, 123'456'789'012ULL})
      for (const unsigned width : {1U, 255U, 256U}) {
        const TileKey key{kind, 0, index};
        EXPECT_EQ(parse_tile_path(tile_path(key, width)), (TilePath{key, width}));
      }
  for (const char* bad : {"", "tile", "tile/0", "tile/0/", "tile/00/000", "tile/8/000", "tile/0/0", "tile/0/0000",
                          "tile/0/x000/001", "tile/0/x001", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0",
                          "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000/1", "tile/0/x001.p/1", "bodies/00a",
                          "tile/0/../000", "tile/0/000.p/5/6", "bodies//000", "tile/entries/x001/x000/000/"})
    EXPECT_FALSE(parse_tile_path(bad)) << bad;
}

TEST(TilePath, widths_follow_from_the_size) {
  EXPECT_EQ(tile_width_at({TileKind::hashes, 0, 273}, 70'000), 112U);  // the example of tlog-tiles
  EXPECT_EQ(tile_width_at({TileKind::hashes, 1, 1}, 70'000), 17U);
  EXPECT_EQ(tile_width_at({TileKind::hashes, 2, 0}, 70'000), 1U);
  EXPECT_EQ(tile_width_at({TileKind::hashes, 1, 0}, 256), 1U);
  EXPECT_EQ(tile_width_at({TileKind::hashes, 0, 1}, 256), 0U);
  EXPECT_EQ(tile_width_at({TileKind::hashes, 0, 0}, 256), 256U);
}

class FileTileStoreTest : public ::testing::Test {
 protected:
  // Stages and publishes one more state of a log with so many hashes in its first tile.
  void publish(FileTileStore& store, unsigned width) {
    const TileWrite tiles[] = {{"instance", {TileKind::hashes, 0, 0}, width, Bytes(width * 32, 1)}};
    ASSERT_TRUE(store.stage(tiles));
    const CheckpointWrite checkpoints[] = {{"instance", keys.signer.sign("instance", width, {})},
                                           {"logs", keys.signer.sign("logs", width, {})}};
    ASSERT_TRUE(store.publish(checkpoints));
  }

  testing::SampleKeys keys;
  testing::TemporaryFolder folder;
  FileTileStore store{folder.audit(), keys.signer.instance_key()};
};

TEST_F(FileTileStoreTest, a_wider_tile_replaces_the_narrower_one_and_answers_for_it) {
  ASSERT_TRUE(store.recover());
  publish(store, 3);
  publish(store, 5);

  EXPECT_FALSE(fs::exists(folder.audit() / "instance/tile/0/000.p/3"));
  const auto read = store.read("instance", {TileKind::hashes, 0, 0}, 3);
  ASSERT_TRUE(read && *read);
  EXPECT_GE((*read)->size(), 3U * 32);
  EXPECT_FALSE(*store.read("instance", {TileKind::hashes, 0, 0}, 6)) << "not that wide yet";
  publish(store, 256);
  EXPECT_FALSE(fs::exists(folder.audit() / "instance/tile/0/000.p"));
  EXPECT_EQ((*store.read("instance", {TileKind::hashes, 0, 0}, 5))->size(), 256U * 32);
}

TEST_F(FileTileStoreTest, what_was_staged_and_not_signed_is_forgotten) {
  ASSERT_TRUE(store.recover());
  publish(store, 3);
  const TileWrite tiles[] = {{"instance", {TileKind::hashes, 0, 0}, 4, Bytes(128, 2)}};
  ASSERT_TRUE(store.stage(tiles));

  FileTileStore again(folder.audit(), keys.signer.instance_key());
  ASSERT_TRUE(again.recover());
  EXPECT_EQ((*again.read("instance", {TileKind::hashes, 0, 0}, 3))->size(), 96U);
  EXPECT_FALSE(*again.read("instance", {TileKind::hashes, 0, 0}, 4));
  EXPECT_TRUE(fs::is_empty(staging_folder(folder.audit())));
}

// The states between two renames, made by hand: the first `moved` staged files are in place, and no
// narrower form was removed yet.
void finish_from(int moved, unsigned width) {
  SCOPED_TRACE(::testing::Message() << moved << " moved, width " << width);
  const testing::SampleKeys keys;
  const testing::TemporaryFolder here;
  FileTileStore first(here.audit(), keys.signer.instance_key());
  ASSERT_TRUE(first.recover());
  const TileKey key{TileKind::hashes, 0, 0};
  const TileWrite tiles[] = {{"instance", key, 3, Bytes(96, 1)}};
  ASSERT_TRUE(first.stage(tiles));
  const CheckpointWrite checkpoints[] = {{"instance", keys.signer.sign("instance", 3, {})},
                                         {"logs", keys.signer.sign("logs", 3, {})}};
  ASSERT_TRUE(first.publish(checkpoints));
  const fs::path next = staging_folder(here.audit());
  int number = 0;
  const auto put = [&](const std::string& name, const std::string& text) {
    std::ofstream(number++ < moved ? here.audit() / name : next / staged_name(name), std::ios::binary) << text;
  };
  put("instance/" + tile_path(key, width), std::string(32 * width, '\1'));
  put("instance/checkpoint", keys.signer.sign("instance", width, {}));
  std::ofstream(next / "logs~checkpoint") << keys.signer.sign("logs", width, {});

  FileTileStore again(here.audit(), keys.signer.instance_key());
  ASSERT_TRUE(again.recover());
  EXPECT_EQ(*again.checkpoint("logs"), keys.signer.sign("logs", width, {}));
  EXPECT_EQ(*again.checkpoint("instance"), keys.signer.sign("instance", width, {}));
  EXPECT_EQ((*again.read("instance", key, width))->size(), 32 * width);
  EXPECT_FALSE(fs::exists(here.audit() / "instance" / tile_path(key, 3))) << "a narrower form was left";
  EXPECT_TRUE(fs::is_empty(next));
}

TEST_F(FileTileStoreTest, a_signed_publication_is_finished_wherever_it_stopped) {
  for (const unsigned width : {4U, 256U})
    for (const int moved : {0, 1, 2}) finish_from(moved, width);
}

TEST_F(FileTileStoreTest, neither_a_torn_nor_an_older_nor_a_foreign_checkpoint_makes_a_publication) {
  ASSERT_TRUE(store.recover());
  publish(store, 3);
  const fs::path next = staging_folder(folder.audit());
  const testing::SampleKeys other;
  const crypto::Ed25519SigningKey foreign(testing::repeated_byte(8));
  const std::string whole = keys.signer.sign("logs", 4, {});
  const std::string cases[] = {"", whole.substr(0, whole.size() / 2), whole.substr(0, whole.size() - 1),
                               keys.signer.sign("logs", 2, {}), keys.signer.sign("logs", 3, {}),
                               CheckpointSigner(keys.signer.origin(), foreign).sign("logs", 4, {})};
  for (const std::string& text : cases) {
    std::ofstream(next / "logs~checkpoint") << text;
    FileTileStore again(folder.audit(), keys.signer.instance_key());
    ASSERT_TRUE(again.recover());
    EXPECT_EQ(*again.checkpoint("logs"), keys.signer.sign("logs", 3, {}));
  }
}

TEST_F(FileTileStoreTest, a_staged_name_cannot_leave_the_folder) {
  ASSERT_TRUE(store.recover());
  publish(store, 3);
  const fs::path next = staging_folder(folder.audit());
  std::ofstream(next / "..~escaped") << "x";
  std::ofstream(next / "instance~..~..~escaped") << "x";
  std::ofstream(next / "logs~checkpoint") << keys.signer.sign("logs", 4, {});
  FileTileStore again(folder.audit(), keys.signer.instance_key());
  ASSERT_TRUE(again.recover());
  EXPECT_FALSE(fs::exists(folder.path() / "escaped"));
  EXPECT_FALSE(fs::exists(folder.path().parent_path() / "escaped"));
}

TEST(LogTail, a_tail_that_was_loaded_goes_on_like_one_that_never_stopped) {
  const testing::SampleKeys keys;
  const testing::TemporaryFolder folder;
  FileTileStore store(folder.audit(), keys.signer.instance_key());
  ASSERT_TRUE(store.recover());
  LogTail straight("instance", LogTail::Bodies::beside);
  std::uint64_t published = 0;
  for (const std::uint64_t size : {1, 2, 255, 256, 257, 511, 512, 700}) {
    LogTail stopped("instance", LogTail::Bodies::beside);
    ASSERT_TRUE(stopped.load(store, straight.size(), straight.root())) << size;
    EXPECT_EQ(stopped.chain(), straight.chain());
    EXPECT_EQ(stopped.last_time(), straight.last_time());
    for (std::uint64_t i = straight.size(); i < size; ++i) {
      const auto entry = testing::prepared_sample(keys, {});
      straight.append(entry->entry, {entry->id, i, entry->sealed});
      stopped.append(entry->entry, {entry->id, i, entry->sealed});
    }
    std::vector<TileWrite> tiles, same;
    stopped.take_tiles(tiles);
    straight.take_tiles(same);
    ASSERT_EQ(tiles.size(), same.size());
    EXPECT_EQ(stopped.root(), straight.root());
    ASSERT_TRUE(store.stage(tiles));
    const CheckpointWrite checkpoint[] = {{"logs", keys.signer.sign("logs", ++published, {})}};
    ASSERT_TRUE(store.publish(checkpoint));
  }
}

}  // namespace
}  // namespace sealbook::audit
