// The patched page code (cmake/patch_sqlite3mc.cmake) and the stock one read each other's files. Two
// programs made from one source stand for them: stock_pages and patched_pages.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace sealbook::sql {
namespace {

struct Ended {
  int status;
  std::string output;
};

Ended run(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
  return {pclose(pipe), output};
}

class Pages : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("sealbook_pages_" + to_hex(random_array<8>()));
  const std::string key_ = to_hex(random_array<32>());
};
INSTANTIATE_TEST_SUITE_P(both_ways, Pages,
                         ::testing::Values(std::tuple(STOCK_PAGES, PATCHED_PAGES),
                                           std::tuple(PATCHED_PAGES, STOCK_PAGES)));

TEST_P(Pages, written_by_one_build_are_read_by_the_other) {
  const auto [writer, reader] = GetParam();
  for (const char* cipher : {"sqlcipher", "aegis"}) {
    const std::string where = std::string(cipher) + " " + key_ + " " + (folder_ / cipher).string();
    // Half of the rows is written again after a checkpoint.
    EXPECT_EQ(run(std::string(writer) + " write " + where + " 3000").status, 0);
    const Ended own = run(std::string(writer) + " sum " + where), other = run(std::string(reader) + " sum " + where);
    EXPECT_EQ(own.status, 0);
    EXPECT_EQ(other.status, 0);
    EXPECT_EQ(other.output, own.output);
    EXPECT_TRUE(other.output.starts_with("3000 1201500 ")) << other.output;
    EXPECT_TRUE(other.output.ends_with(" ok\n")) << other.output;
    const std::string wrong = std::string(cipher) + " " + to_hex(random_array<32>()) + " " + (folder_ / cipher).string();
    EXPECT_NE(run(std::string(reader) + " sum " + wrong + " 2>/dev/null").status, 0);
  }
}

}  // namespace
}  // namespace sealbook::sql
