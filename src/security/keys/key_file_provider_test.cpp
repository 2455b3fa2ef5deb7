#include "security/keys/key_file_provider.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/random.hpp"

namespace sealbook::keys {
namespace {

namespace fs = std::filesystem;

class KeyFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sealbook-key-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ / "root.key";
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(std::string_view content, mode_t mode = 0400) const {
    fs::remove(path_);
    std::ofstream(path_, std::ios::binary) << content;
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
  }
  std::string refusal() const {
    const auto loaded = KeyFileProvider::load(path_);
    return loaded ? "loaded" : loaded.error().detail;
  }

  fs::path folder_;
  fs::path path_;
};

const std::string thirty_two = "0123456789abcdef0123456789abcdef";

TEST_F(KeyFile, that_was_made_is_read_and_wraps) {
  ASSERT_TRUE(KeyFileProvider::create(path_));
  struct stat info {};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0400U);

  const auto provider = KeyFileProvider::load(path_);
  ASSERT_TRUE(provider) << provider.error().detail;
  EXPECT_TRUE((*provider)->self_test());
  EXPECT_TRUE((*provider)->status().available);
  EXPECT_EQ((*provider)->status().provider_id, KeyFileProvider::load(path_).value()->id());
}

TEST_F(KeyFile, is_never_overwritten) {
  ASSERT_TRUE(KeyFileProvider::create(path_));
  const auto id = KeyFileProvider::load(path_).value()->id();

  const auto again = KeyFileProvider::create(path_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::state_conflict);
  EXPECT_EQ(KeyFileProvider::load(path_).value()->id(), id);
}

TEST_F(KeyFile, two_files_hold_two_keys) {
  ASSERT_TRUE(KeyFileProvider::create(path_));
  ASSERT_TRUE(KeyFileProvider::create(folder_ / "other.key"));
  EXPECT_NE(KeyFileProvider::load(path_).value()->id(), KeyFileProvider::load(folder_ / "other.key").value()->id());
}

TEST_F(KeyFile, of_any_mode_but_0400_is_refused_with_the_rule) {
  for (const mode_t mode : {0600U, 0440U, 0404U, 0500U, 0644U, 04400U, 0000U}) {
    write(thirty_two, mode);
    EXPECT_NE(refusal(), "loaded") << std::oct << mode;
    if (mode == 0644) {
      EXPECT_NE(refusal().find("has to have mode 0400"), std::string::npos) << refusal();
      EXPECT_NE(refusal().find("it has 0644"), std::string::npos) << refusal();
    }
  }
  write(thirty_two, 0400);
  EXPECT_EQ(refusal(), "loaded");
}

TEST_F(KeyFile, of_another_size_is_refused) {
  write(thirty_two + "\n");
  EXPECT_NE(refusal().find("has to hold 32 bytes; it holds 33"), std::string::npos) << refusal();
  write("");
  EXPECT_NE(refusal().find("it holds 0"), std::string::npos) << refusal();
}

TEST_F(KeyFile, of_one_repeated_byte_is_refused) {
  write(std::string(32, '\0'));
  EXPECT_NE(refusal().find("holds no key"), std::string::npos) << refusal();
}

TEST_F(KeyFile, that_is_a_link_a_folder_a_pipe_or_absent_is_refused) {
  EXPECT_NE(refusal().find("cannot be read"), std::string::npos) << refusal();
  write(thirty_two);
  fs::rename(path_, folder_ / "real.key");
  fs::create_symlink(folder_ / "real.key", path_);
  EXPECT_NE(refusal().find("not a link"), std::string::npos) << refusal();
  fs::remove(path_);
  fs::create_directory(path_);
  EXPECT_NE(refusal().find("regular file"), std::string::npos) << refusal();
  fs::remove(path_);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0400), 0);
  EXPECT_NE(refusal().find("regular file"), std::string::npos) << refusal();
}

TEST_F(KeyFile, cannot_be_made_where_there_is_no_folder) {
  const auto made = KeyFileProvider::create(folder_ / "absent" / "root.key");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::invalid);
}

TEST(KeyFileProvider, a_wrapped_key_unwraps_in_its_own_context_only) {
  KeyFileProvider provider{Secret(ByteView(random_array<32>()))};
  KeyFileProvider other{Secret(ByteView(random_array<32>()))};
  const Secret key(ByteView(random_array<32>()));
  const KeyContext context{"production", new_id<TenantId>(), "tenant-key"};
  const Bytes wrapped = provider.wrap(context, key).value();

  EXPECT_TRUE(provider.unwrap(context, wrapped).value() == key);
  KeyContext changed = context;
  changed.environment = "staging";
  EXPECT_FALSE(provider.unwrap(changed, wrapped));
  changed = context;
  changed.tenant = new_id<TenantId>();
  EXPECT_FALSE(provider.unwrap(changed, wrapped));
  changed = context;
  changed.purpose = "tenant-ke";
  EXPECT_FALSE(provider.unwrap(changed, wrapped));
  EXPECT_EQ(other.unwrap(context, wrapped).error().code, ErrorCode::integrity);
}

TEST(KeyFileProvider, every_changed_bit_and_length_of_a_wrapped_key_is_refused) {
  KeyFileProvider provider{Secret(ByteView(random_array<32>()))};
  const KeyContext context{"production", new_id<TenantId>(), "tenant-key"};
  const Bytes wrapped = provider.wrap(context, Secret(ByteView(random_array<32>()))).value();
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
    Bytes changed = wrapped;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(provider.unwrap(context, changed)) << bit;
  }
  for (std::size_t size = 0; size < 2 * wrapped.size(); ++size) {
    Bytes changed = wrapped;
    changed.resize(size);
    EXPECT_EQ(provider.unwrap(context, changed).has_value(), size == wrapped.size()) << size;
  }
}

TEST(KeyFileProvider, derived_keys_depend_on_every_part_of_the_context) {
  KeyFileProvider provider{Secret(ByteView(random_array<32>()))};
  const KeyContext context{"production", TenantId(), "keyring pages"};
  const auto derive = [&](KeyContext c) { return to_hex(provider.derive(c)->expose()); };

  EXPECT_EQ(derive(context), derive(context));
  EXPECT_NE(derive(context), derive({"staging", TenantId(), "keyring pages"}));
  EXPECT_NE(derive(context), derive({"production", new_id<TenantId>(), "keyring pages"}));
  EXPECT_NE(derive(context), derive({"production", TenantId(), "other"}));
}

}  // namespace
}  // namespace sealbook::keys
