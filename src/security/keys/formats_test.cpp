// The byte formats of keys against the published vectors, and against the reader in another language.
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sys/wait.h>

#include "base/random.hpp"
#include "security/crypto/key_wrap.hpp"
#include "security/keys/blind_index.hpp"
#include "security/keys/key_file_provider.hpp"
#include "security/keys/keyring.hpp"
#include "security/test_vectors.hpp"

namespace sealbook::keys {
namespace {

namespace tv = test_vectors;

// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "sealbook-formats-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(KeyringFormat, the_published_vectors_hold) {
  const JsonValue vectors = tv::load("docs/formats/vectors/keyring.json");
  KeyFileProvider root(Secret(tv::bytes(vectors, "root_key")));
  EXPECT_EQ(root.id(), tv::text(vectors, "provider_id"));
  EXPECT_EQ(to_hex(Keyring::page_key(root, "production")->expose()), tv::text(vectors, "page_key"));

  int checked = 0;
  for (const JsonValue& test : tv::array(vectors, "wraps")) {
    SCOPED_TRACE(tv::text(test, "name"));
    const auto tenant = TenantId::from_bytes(tv::bytes(test, "tenant"));
    const auto purpose = tv::integer(test, "purpose"), generation = tv::integer(test, "generation");
    const std::string environment = tv::text(test, "environment");
    const Bytes wrapped = tv::bytes(test, "wrapped");
    Result<Secret> key = fail(ErrorCode::internal);
    if (tv::text(test, "under") == "root") {
      const std::string text = "key " + std::to_string(purpose) + " " + tv::text(test, "key_id") + " " +
                               std::to_string(generation);
      key = root.unwrap({environment, tenant, text}, wrapped);
    } else {
      crypto::WrapContext context;
      context.part("sealbook key 1").part(environment).part(tenant.bytes());
      context.number(static_cast<std::uint32_t>(purpose)).part(tv::bytes(test, "key_id"));
      context.number(static_cast<std::uint32_t>(generation));
      key = crypto::unwrap_key(crypto::HmacSha512Key(ByteView(tv::bytes(test, "wrapping_key"))), context, wrapped);
    }
    ASSERT_TRUE(key);
    EXPECT_EQ(to_hex(key->expose()), tv::text(test, "key"));
    ++checked;
  }
  EXPECT_EQ(checked, 7);
}

// Runs one vector through the normaliser and the index of its column; nothing when refused.
std::optional<std::pair<std::string, BlindIndex>> indexed(const BlindIndexKeys& keys, const JsonValue& test) {
  const std::string& column = tv::text(test, "column");
  const auto& given = tv::array(test, "given");
  const std::string& first = *given[0].as_string();
  const auto answer = [](const auto& normal, const BlindIndex& index) {
    return std::pair(to_hex(as_bytes(normal.value().reveal())), index);
  };
  if (column == "email") {
    const auto normal = normalise_email(first);
    if (!normal) return std::nullopt;
    return answer(*normal, keys.of<"patients.email">(*normal));
  }
  if (column == "phone") {
    const auto normal = normalise_phone(first, *given[1].as_string());
    if (!normal) return std::nullopt;
    return answer(*normal, keys.of<"patients.phone">(*normal));
  }
  const auto normal = normalise_identifier(first, *given[1].as_string());
  if (!normal) return std::nullopt;
  return answer(*normal, keys.of<"patients.identifier">(*normal));
}

TEST(BlindIndexFormat, the_published_vectors_hold) {
  const JsonValue vectors = tv::load("docs/formats/vectors/blind-index.json");
  BlindIndexKeys keys;
  keys.add_older_generation(TenantId::from_bytes(tv::bytes(vectors, "tenant")), 1,
                            Secret(tv::bytes(vectors, "index_key")));
  int checked = 0;
  for (const JsonValue& test : tv::array(vectors, "cases")) {
    SCOPED_TRACE(*tv::array(test, "given")[0].as_string());
    const auto found = indexed(keys, test);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->first, tv::text(test, "normal"));
    EXPECT_EQ(to_hex(found->second.value), tv::text(test, "value"));
    ++checked;
  }
  for (const JsonValue& test : tv::array(vectors, "refused")) {
    EXPECT_FALSE(indexed(keys, test)) << *tv::array(test, "given")[0].as_string();
    ++checked;
  }
  EXPECT_EQ(checked, 57);
}

void write_place(JsonWriter& out, const crypto::SealContext& where) {
  out.key("context").begin_object();
  out.member("environment", where.environment).member("tenant", to_hex(where.tenant.bytes()));
  out.member("table", where.table).member("class", static_cast<int>(where.data_class));
  out.member("row_id", to_hex(where.row_id)).member("subject_id", to_hex(where.subject_id));
  out.member("row_version", where.row_version).end_object();
}

// One value sealed by us in a random place, as a line of JSON.
std::string sealed_line(std::size_t size) {
  const Secret dek(ByteView(random_array<32>()));
  const crypto::DataKey key(KeyId::make(), load_u32(random_array<4>().data()), dek);
  Bytes plaintext(size);
  fill_random(plaintext);
  const PatientId row = new_id<PatientId>(), person = new_id<PatientId>();
  const crypto::SealContext where{.environment = "exchange",
                                  .tenant = new_id<TenantId>(),
                                  .table = "patients",
                                  .data_class = static_cast<DataClass>(size % 5),
                                  .row_id = row.bytes(),
                                  .subject_id = size % 3 == 0 ? ByteView() : person.bytes(),
                                  .row_version = load_u64(random_array<8>().data()) >> 1};
  const auto layout = static_cast<std::uint16_t>(size * 7);
  std::string line;
  JsonWriter out(line);
  out.begin_object().member("dek", to_hex(dek.expose())).member("key_id", key.id().text());
  out.member("generation", static_cast<std::int64_t>(key.generation())).member("layout", static_cast<int>(layout));
  write_place(out, where);
  out.member("plaintext", to_hex(plaintext)).member("blob", to_hex(crypto::seal(key, where, layout, plaintext)));
  out.end_object();
  return line;
}

TEST(Formats, the_independent_reader_and_this_program_open_each_others_blobs) {
  const Folder folder;
  {
    std::ofstream ours(folder.path() / "ours.json");
    for (std::size_t size = 0; size < 300; ++size) ours << sealed_line(size) << '\n';
    ours << sealed_line(5000) << '\n' << sealed_line(70'000) << '\n';
  }

  const std::string command = "python3 -B tests/formats/exchange.py " + folder.path().string();
  ASSERT_EQ(std::system(command.c_str()), 0) << "the reader refused a blob of ours";  // NOLINT: fixed text

  std::istringstream theirs(tv::read_text((folder.path() / "theirs.json").string()));
  int opened = 0;
  for (std::string line; std::getline(theirs, line); ++opened) {
    const tv::Sbe1Case test(tv::parse(line));
    const auto plaintext = crypto::open(test.key, test.where(), test.blob);
    ASSERT_TRUE(plaintext);
    ASSERT_EQ(*plaintext, test.plaintext);
    ASSERT_EQ(crypto::parse_header(test.blob)->layout, test.layout);
    Bytes changed = test.blob;
    changed[load_u32(random_array<4>().data()) % changed.size()] ^= 0x10;
    ASSERT_FALSE(crypto::open(test.key, test.where(), changed));
  }
  EXPECT_EQ(opened, 302);
  std::cout << "opened " << opened << " blobs of the reader" << std::endl;
}

}  // namespace
}  // namespace sealbook::keys
