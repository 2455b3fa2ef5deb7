#include "security/keys/blind_index.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace sealbook::keys {
namespace {

struct Index {
  TenantId tenant = new_id<TenantId>();
  BlindIndexKeys keys;

  explicit Index(std::uint32_t generations = 1) {
    for (std::uint32_t g = generations; g > 0; --g) add(g);
  }
  void add(std::uint32_t generation) {
    keys.add_older_generation(tenant, generation, Secret(ByteView(random_array<32>())));
  }
};

TEST(BlindIndex, finds_one_address_however_it_was_written) {
  const Index index;
  const auto stored = index.keys.of<"patients.email">(*normalise_email("Ana.Garcia@Example.test"));

  EXPECT_EQ(index.keys.of<"patients.email">(*normalise_email(" ana.garcia@example.TEST ")), stored);
  EXPECT_NE(index.keys.of<"patients.email">(*normalise_email("anagarcia@example.test")), stored);
  EXPECT_EQ(stored.generation, 1U);
  EXPECT_EQ(stored.normaliser_version, 1U);
}

TEST(BlindIndex, of_one_value_differs_between_tenants_and_columns) {
  const Index one;
  const Index two;
  const auto email = *normalise_email("someone@example.test");
  EXPECT_NE(one.keys.of<"patients.email">(email).value, two.keys.of<"patients.email">(email).value);

  // The same key material under another tenant's id gives another column key.
  const auto material = random_array<32>();
  BlindIndexKeys a;
  BlindIndexKeys b;
  a.add_older_generation(one.tenant, 1, Secret(ByteView(material)));
  b.add_older_generation(two.tenant, 1, Secret(ByteView(material)));
  EXPECT_NE(a.of<"patients.email">(email).value, b.of<"patients.email">(email).value);
  const auto phone = *normalise_phone("+12025550143", "1");
  const auto identifier = *normalise_identifier("x", "+12025550143");
  EXPECT_NE(a.of<"patients.phone">(phone).value, a.of<"patients.identifier">(identifier).value);
}

TEST(BlindIndex, is_written_with_the_newest_generation_and_looked_up_with_two) {
  const Index index(3);
  const auto phone = *normalise_phone("(202) 555-0143", "1");

  const auto lookups = index.keys.lookups<"patients.phone">(phone);
  ASSERT_EQ(lookups.count, 2U);
  EXPECT_EQ(lookups.all()[0], index.keys.of<"patients.phone">(phone));
  EXPECT_EQ(lookups.all()[0].generation, 3U);
  EXPECT_EQ(lookups.all()[1].generation, 2U);
  EXPECT_NE(lookups.all()[0].value, lookups.all()[1].value);
}

TEST(BlindIndex, with_one_generation_has_one_lookup) {
  const Index index;
  EXPECT_EQ(index.keys.lookups<"patients.identifier">(*normalise_identifier("Harbour", "12")).count, 1U);
}

TEST(BlindIndex, knows_the_columns_that_may_have_one_and_no_other) {
  EXPECT_LT(blind_index_of("patients.email"), blind_index_columns.size());
  for (const auto* name : {"patients.sex", "patients.birth_date", "appointments.status", "patients", "email", ""})
    EXPECT_EQ(blind_index_of(name), blind_index_columns.size()) << name;
}

TEST(Normalise, refusals_do_not_repeat_the_value) {
  for (const auto& refused : {normalise_email("ana garcia@example.test").error(),
                              normalise_phone("202-555-0143 extension 12", "1").error(),
                              normalise_identifier("Harbour", "12\t34").error()}) {
    EXPECT_EQ(refused.code, ErrorCode::invalid);
    EXPECT_FALSE(refused.detail.empty());
    for (const auto* value : {"ana", "garcia", "202", "extension", "Harbour", "34"})
      EXPECT_EQ(refused.detail.find(value), std::string::npos) << refused.detail;
  }
}

TEST(Normalise, a_calling_code_is_checked) {
  for (const auto* code : {"", "0", "044", "+1", "1234", "1a"})
    EXPECT_FALSE(normalise_phone("2025550143", code)) << code;
}

TEST(Normalise, invalid_utf8_is_refused) {
  EXPECT_FALSE(normalise_email("\xff@example.test"));
  EXPECT_FALSE(normalise_identifier("x", "\xff"));
  EXPECT_FALSE(normalise_identifier("\xc0\x80", "1"));
}

TEST(Normalise, two_identifiers_never_join_to_one) {
  const Index index;
  const auto of = [&](std::string_view issuer, std::string_view value) {
    return index.keys.of<"patients.identifier">(*normalise_identifier(issuer, value)).value;
  };
  EXPECT_NE(of("ab", "c"), of("a", "bc"));
  EXPECT_EQ(of("Harbour Clinic", "mrn 12"), of(" harbour clinic", "MRN12"));
}

}  // namespace
}  // namespace sealbook::keys
