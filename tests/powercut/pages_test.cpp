#include "pages.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

namespace powercut {
namespace {

std::vector<std::uint8_t> filled(std::size_t size, char with) { return std::vector<std::uint8_t>(size, static_cast<std::uint8_t>(with)); }

class Pages : public testing::Test {
 protected:
  Pages() {
    std::string pattern = (std::filesystem::temp_directory_path() / "powercut-pages-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    path_ = folder_ / "file";
  }
  ~Pages() override { std::filesystem::remove_all(folder_); }

  // A file whose contents are durable.
  void durable(std::string_view text) { std::ofstream(path_, std::ios::binary) << text; }
  std::string on_disk() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static std::string read_all(const FilePages& file) {
    std::string text(file.size() + 10, '?');
    text.resize(file.read(0, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
    return text;
  }

  std::filesystem::path folder_;
  std::string path_;
};

TEST_F(Pages, reads_what_was_written_whatever_the_order) {
  durable(std::string(10'000, 'd'));
  FilePages file(path_);
  std::string oracle(10'000, 'd');
  Luck luck(1);
  for (int i = 0; i < 3000; ++i) {
    const auto size = luck.below(9000);
    const auto at = luck.below(20'000);
    switch (luck.below(10)) {
      case 0:
        file.truncate(at);
        oracle.resize(at, '\0');
        break;
      case 1: file.sync(); break;
      default:
        const auto data = filled(size, static_cast<char>('a' + luck.below(26)));
        file.write(at, data);
        if (size != 0 && at + size > oracle.size()) oracle.resize(at + size, '\0');
        std::copy(data.begin(), data.end(), oracle.begin() + static_cast<std::ptrdiff_t>(size ? at : 0));
    }
    ASSERT_EQ(read_all(file), oracle) << "after step " << i;
  }
  file.sync();
  EXPECT_EQ(on_disk(), oracle);
}

TEST_F(Pages, what_was_synced_survives_every_cut) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    durable("");
    FilePages file(path_);
    file.write(0, filled(5 * page_size, 's'));
    file.sync();
    file.write(5 * page_size, filled(3 * page_size, 'u'));
    Luck luck(seed);
    file.settle(luck);

    ASSERT_GE(on_disk().size(), 5 * page_size);
    ASSERT_EQ(on_disk().substr(0, 5 * page_size), std::string(5 * page_size, 's')) << seed;
  }
}

TEST_F(Pages, an_unsynced_page_is_kept_lost_older_or_torn_but_never_invented) {
  PagesSettled sum;
  std::set<std::size_t> sizes;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    durable(std::string(2 * page_size, 'd'));
    FilePages file(path_);
    file.write(0, filled(2 * page_size, 'x'));
    file.write(0, filled(3 * page_size, 'y'));
    Luck luck(seed);
    const auto one = file.settle(luck);
    sum.kept += one.kept;
    sum.dropped += one.dropped;
    sum.older += one.older;
    sum.torn += one.torn;
    const auto text = on_disk();
    sizes.insert(text.size());
    for (std::size_t at = 0; at < text.size(); at += sector_size) {
      const auto sector = text.substr(at, sector_size);
      const std::string allowed = at < 2 * page_size ? "dxy" : std::string("\0y", 2);
      ASSERT_NE(allowed.find(sector[0]), std::string::npos) << seed;
      ASSERT_EQ(sector, std::string(sector.size(), sector[0])) << "a sector is whole";
    }
  }
  EXPECT_GT(sum.kept, 0U);
  EXPECT_GT(sum.dropped, 0U);
  EXPECT_GT(sum.older, 0U);
  EXPECT_GT(sum.torn, 0U);
  EXPECT_EQ(sizes, (std::set<std::size_t>{2 * page_size, 3 * page_size}));
}

TEST_F(Pages, a_surviving_truncation_takes_what_it_cut_off_with_it) {
  std::set<std::size_t> sizes;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    durable(std::string(2 * page_size, 'd'));
    FilePages file(path_);
    file.write(100, filled(2 * page_size - 100, 'w'));
    file.truncate(1000);
    file.truncate(2 * page_size + 5);
    Luck luck(seed);
    file.settle(luck);
    const auto text = on_disk();
    sizes.insert(text.size());
    if (text.size() == 2 * page_size) continue;  // the truncation was lost
    // Behind the cut nothing older shows again.
    EXPECT_EQ(text.find_first_not_of('\0', 1000), std::string::npos) << seed;
  }
  EXPECT_EQ(sizes, (std::set<std::size_t>{1000, 2 * page_size, 2 * page_size + 5}));
}

TEST_F(Pages, the_same_seed_gives_the_same_cut) {
  const auto once = [&](std::uint64_t seed) {
    durable(std::string(4 * page_size, 'd'));
    FilePages file(path_);
    for (int i = 0; i < 20; ++i)
      file.write(static_cast<std::uint64_t>(i) * 1000, filled(1500, static_cast<char>('a' + i)));
    Luck luck(seed);
    file.settle(luck);
    return on_disk();
  };
  std::set<std::string> outcomes;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EXPECT_EQ(once(seed), once(seed));
    outcomes.insert(once(seed));
  }
  EXPECT_GT(outcomes.size(), 5U);
}

}  // namespace
}  // namespace powercut
