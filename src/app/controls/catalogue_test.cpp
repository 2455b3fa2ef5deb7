#include "app/controls/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "app/controls/probes.hpp"

namespace sealbook::controls {
namespace {

struct FamilySize {
  std::string_view family;
  int rows;
};

// The families in their order; each is numbered from 01 without a hole.
constexpr std::array promised{
    FamilySize{"ENC", 12}, FamilySize{"KEY", 7},   FamilySize{"TLS", 10},  FamilySize{"TOK", 11},
    FamilySize{"RED", 7},  FamilySize{"BAK", 7},   FamilySize{"EXP", 8},   FamilySize{"ISO", 7},
    FamilySize{"RBAC", 12}, FamilySize{"JIT", 4},  FamilySize{"BTG", 3},   FamilySize{"AUTH", 10},
    FamilySize{"SES", 6},  FamilySize{"IDP", 6},   FamilySize{"AUD", 14},  FamilySize{"MON", 8},
    FamilySize{"MSG", 14}, FamilySize{"API", 12},  FamilySize{"WHK", 7},   FamilySize{"WEB", 10},
    FamilySize{"ICS", 7},  FamilySize{"VEN", 14},  FamilySize{"SAU", 9},   FamilySize{"VUL", 8},
    FamilySize{"PEN", 6},  FamilySize{"FND", 5},   FamilySize{"HIP", 8},   FamilySize{"GDP", 8},
    FamilySize{"FER", 2},  FamilySize{"BAS", 2},   FamilySize{"RSR", 3},   FamilySize{"RET", 7},
    FamilySize{"BRN", 5},  FamilySize{"RES", 4},   FamilySize{"TRN", 8},   FamilySize{"PHS", 3},
    FamilySize{"HND", 5},  FamilySize{"MET", 4},   FamilySize{"IR", 16},   FamilySize{"FOR", 5},
    FamilySize{"COM", 3},  FamilySize{"AAR", 3},   FamilySize{"OPS", 5},
};

std::string id_of(std::string_view family, int number) {
  return std::string(family) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

TEST(Catalogue, holds_every_promised_row_once_and_in_order) {
  std::vector<std::string> expected;
  for (const auto& [family, rows] : promised)
    for (int i = 1; i <= rows; ++i) expected.push_back(id_of(family, i));

  std::vector<std::string> found;
  for (const auto& row : catalogue().rows) found.push_back(row.id);

  EXPECT_EQ(found.size(), 315U);
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), 315U);
  EXPECT_EQ(found, expected);
}

TEST(Catalogue, has_the_43_families) {
  std::set<std::string_view> expected;
  for (const auto& size : promised) expected.insert(size.family);

  std::set<std::string_view> found;
  for (const auto& family : catalogue().families) found.insert(family.id);

  EXPECT_EQ(catalogue().families.size(), 43U);
  EXPECT_EQ(found, expected);
}

TEST(Catalogue, cites_a_line_of_the_promise_in_245_rows) {
  EXPECT_EQ(std::ranges::count_if(catalogue().rows, [](const Control& c) { return !c.sources.empty(); }), 245);
  EXPECT_EQ(catalogue().find("RBAC-05")->sources, (std::vector<std::string>{"S2:52", "S1:23"}));
  EXPECT_TRUE(catalogue().find("OPS-05")->sources.empty());
}

// The first usable release: whole families, and single rows of others.
Priority expected_priority(const Control& row) {
  static const std::set<std::string_view> first{"ENC", "KEY", "TLS", "TOK", "RED",  "ISO", "RBAC", "JIT", "BTG",
                                                "AUTH", "SES", "AUD", "WEB", "ICS", "EXP", "BAK"};
  static const std::set<std::string_view> first_rows{
      "API-05", "API-07", "API-11", "RET-01", "RET-02", "RET-03", "RET-04", "RET-05", "RET-06", "HIP-06",
      "VEN-01", "VEN-02", "MSG-01", "MSG-02", "MSG-03", "MSG-04", "MSG-05", "MSG-09", "MSG-11"};
  static const std::set<std::string_view> last{"TRN", "PHS", "MET", "COM", "AAR", "HND", "RSR", "FER", "RES", "OPS"};
  if (first.contains(row.family) || first_rows.contains(row.id)) return Priority::p0;
  return last.contains(row.family) ? Priority::p2 : Priority::p1;
}

TEST(Catalogue, gives_each_row_its_priority) {
  for (const auto& row : catalogue().rows)
    EXPECT_EQ(priority_text(row.priority), priority_text(expected_priority(row))) << row.id;
}

TEST(Catalogue, names_only_probes_that_exist_and_uses_each) {
  std::set<std::string_view> used;
  for (const auto& row : catalogue().rows)
    for (const auto& probe : row.probes) {
      EXPECT_NE(find_probe(probe), nullptr) << row.id << " names " << probe;
      used.insert(probe);
    }
  for (const auto& probe : probes()) EXPECT_TRUE(used.contains(probe.id)) << probe.id;
}

TEST(Catalogue, keeps_titles_short) {
  for (const auto& row : catalogue().rows) EXPECT_LE(row.title.size(), 72U) << row.id;
}

constexpr std::string_view small =
    "family ENC P0 Encryption at rest\n"
    "\n"
    "# a remark\n"
    "ENC-01 Fields are sealed\n"
    "  priority P1\n"
    "  source S2:30 S2:136-140\n"
    "  does It seals them.\n"
    "  shows That it does.\n"
    "  test Sbe1.seals\n"
    "  off Sbe1.seals\n"
    "  probe store.fields-sealed\n";

TEST(CatalogueText, reads_every_member) {
  const auto read = parse_catalogue(small);

  ASSERT_TRUE(read) << read.error().detail;
  const auto& row = read->rows.at(0);
  EXPECT_EQ(row.id, "ENC-01");
  EXPECT_EQ(row.family, "ENC");
  EXPECT_EQ(row.priority, Priority::p1);
  EXPECT_EQ(row.title, "Fields are sealed");
  EXPECT_EQ(row.sources, (std::vector<std::string>{"S2:30", "S2:136-140"}));
  EXPECT_EQ(row.behaviour, "It seals them.");
  EXPECT_EQ(row.tests, row.off);
  EXPECT_EQ(row.probes, std::vector<std::string>{"store.fields-sealed"});
  EXPECT_EQ(read->families.at(0), (Family{.id = "ENC", .title = "Encryption at rest"}));
}

// What the reader refuses, with the number of the line it names.
struct Refused {
  const char* why;
  std::string text;
  int line;
};

class CatalogueRefuses : public testing::TestWithParam<Refused> {};

TEST_P(CatalogueRefuses, and_names_the_line) {
  const auto read = parse_catalogue(GetParam().text);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::invalid);
  EXPECT_TRUE(read.error().detail.starts_with("Line " + std::to_string(GetParam().line) + " "))
      << read.error().detail;
}

const std::string head = "family ENC P0 Encryption\nENC-01 Title\n";
const std::string whole = head + "  does A.\n  shows B.\n";

INSTANTIATE_TEST_SUITE_P(
    Lines, CatalogueRefuses,
    testing::Values(Refused{"a_row_twice", whole + "ENC-01 Title\n", 5},
                    Refused{"a_family_twice", whole + "family ENC P0 Again\n", 5},
                    Refused{"a_row_of_another_family", whole + "KEY-01 Title\n", 5},
                    Refused{"a_row_before_any_family", "ENC-01 Title\n", 1},
                    Refused{"a_member_before_any_row", "family ENC P0 Encryption\n  does A.\n", 2},
                    Refused{"an_unknown_member", head + "  proves A.\n", 3},
                    Refused{"a_member_twice", head + "  does A.\n  does B.\n", 4},
                    Refused{"a_bad_source", head + "  source S3:1\n", 3},
                    Refused{"a_source_without_line", head + "  source S1:\n", 3},
                    Refused{"a_bad_priority", head + "  priority P3\n", 3},
                    Refused{"a_row_without_behaviour", head + "  shows B.\n", 3},
                    Refused{"a_row_without_verification", head + "  does A.\n", 3},
                    Refused{"two_ids_on_a_line", head + "  test A.b C.d\n", 3},
                    Refused{"an_id_twice", head + "  test A.b\n  test A.b\n", 4},
                    Refused{"switched_off_alone", whole + "  off A.b\n", 5},
                    Refused{"a_short_id", "family ENC P0 Encryption\nENC-1 Title\n", 2},
                    Refused{"a_space_at_the_end", head + "  does A. \n", 3}),
    [](const auto& info) { return info.param.why; });

}  // namespace
}  // namespace sealbook::controls
