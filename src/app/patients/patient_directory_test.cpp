#include "app/patients/patient_directory.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace sealbook::app {
namespace {

PatientRecord person(std::string given, std::string family, std::string birth_date, std::string phone) {
  PatientRecord record;
  record.name.given.push_back(SensitiveText(std::move(given)));
  record.name.family = SensitiveText(std::move(family));
  record.birth_date = Sensitive(*parse_date(birth_date));
  Contact contact;
  contact.kind = ContactKind::phone;
  contact.value = SensitiveText(std::move(phone));
  record.contacts.push_back(std::move(contact));
  return record;
}

class PatientDirectoryTest : public ::testing::Test {
 protected:
  PatientId add(std::string given, std::string family, std::string birth_date, std::string phone) {
    const auto id = new_id<PatientId>();
    directory.put(id, person(std::move(given), std::move(family), std::move(birth_date), std::move(phone)));
    return id;
  }
  PatientDirectory directory;
};

TEST_F(PatientDirectoryTest, finds_by_name_fragments_and_birthday_in_any_order) {
  const auto maria = add("María", "García", "1984-03-12", "+1 202 555 0141");
  add("Marta", "Garza", "1984-04-12", "+1 202 555 0142");

  EXPECT_EQ(directory.search("gar mar 3/12", 10), std::vector{maria});
  EXPECT_EQ(directory.search("1984-03-12 maria", 10), std::vector{maria});
  EXPECT_EQ(directory.search("0141 garcia", 10), std::vector{maria});
  EXPECT_EQ(directory.search("12.3.1984", 10), std::vector{maria});
  EXPECT_EQ(directory.search("gar", 10).size(), 2U);
}

TEST_F(PatientDirectoryTest, an_empty_query_matches_nobody) {
  add("Ana", "Ruiz", "1990-01-01", "+1 202 555 0143");
  EXPECT_TRUE(directory.search("", 10).empty());
  EXPECT_TRUE(directory.search(" ,; ", 10).empty());
}

TEST_F(PatientDirectoryTest, a_changed_name_is_no_longer_found_under_the_old_one) {
  const auto id = add("Zoë", "Łukasz", "1990-01-01", "+1 202 555 0144");
  EXPECT_EQ(directory.search("zoe luk", 5), std::vector{id});

  directory.put(id, person("Zoë", "Meyer", "1990-01-01", "+1 202 555 0144"));

  EXPECT_TRUE(directory.search("lukasz", 5).empty());
  EXPECT_EQ(directory.search("MEYER", 5), std::vector{id});
  directory.remove(id);
  EXPECT_TRUE(directory.search("meyer", 5).empty());
}

TEST_F(PatientDirectoryTest, a_name_with_digits_in_it_is_a_name) {
  const auto id = add("Abram53", "Cruz300", "1990-01-01", "+1 202 555 0145");
  EXPECT_EQ(directory.search("Cruz300", 5), std::vector{id});
  EXPECT_EQ(directory.search("abram 555-0145", 5), std::vector{id});
}

TEST_F(PatientDirectoryTest, filling_leaves_alone_what_a_commit_has_put_since) {
  const auto id = new_id<PatientId>();
  EXPECT_FALSE(directory.takes_changes());
  directory.start_filling();
  EXPECT_TRUE(directory.takes_changes());

  directory.put(id, person("Ana", "Newname", "1990-01-01", ""));
  directory.fill(id, person("Ana", "Oldname", "1990-01-01", ""));

  EXPECT_EQ(directory.search("newname", 5), std::vector{id});
  EXPECT_TRUE(directory.search("oldname", 5).empty());
  EXPECT_EQ(directory.size(), 1U);
}

TEST_F(PatientDirectoryTest, results_are_ordered_by_family_then_given_name) {
  const auto b = add("Beth", "Cole", "1990-01-01", "");
  const auto a = add("Adam", "Cole", "1990-01-01", "");
  const auto c = add("Zed", "Coleman", "1990-01-01", "");
  EXPECT_EQ(directory.search("col", 10), (std::vector{a, b, c}));
  EXPECT_EQ(directory.search("col", 2), (std::vector{a, b}));
}

}  // namespace
}  // namespace sealbook::app
