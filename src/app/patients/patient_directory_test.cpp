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

TEST_F(PatientDirectoryTest, reads_dates_of_birth_as_people_type_them) {
  const auto eve = add("Eve", "Stone", "1984-12-03", "+1 202 555 0147");
  const auto old = add("Old", "Stone", "1884-12-03", "+1 202 555 0148");
  add("Ann", "Stone", "1985-12-03", "+1 202 555 0149");

  for (const char* text : {"19841203", "12031984", "03121984", "3.12.1984"})
    EXPECT_EQ(directory.search(text, 10), std::vector{eve}) << text;
  for (const char* text : {"03/12/84", "12/3/84", "84-12-03"})
    EXPECT_EQ(directory.search(text, 10), (std::vector{eve, old})) << text;
  EXPECT_EQ(directory.search("eve 19841203", 10), std::vector{eve});
  EXPECT_TRUE(directory.search("19841304", 10).empty());
}

TEST_F(PatientDirectoryTest, eight_digits_may_be_the_end_of_a_telephone_number) {
  const auto id = add("Ana", "Ruiz", "1990-01-01", "+34 919 841 203");
  EXPECT_EQ(directory.search("19841203", 10), std::vector{id});
  EXPECT_EQ(directory.search("ruiz 19841203", 10), std::vector{id});
}

TEST_F(PatientDirectoryTest, a_name_with_an_apostrophe_or_a_hyphen_is_found_however_it_is_typed) {
  const auto sean = add("Jean-Luc", "O'Brian", "1990-01-01", "");
  const auto una = add("Una", "O\u2019Neil", "1990-01-01", "");
  for (const char* text : {"obrian", "o'brian", "brian", "o brian", "O\u2019Brian", "jeanluc", "jean luc", "luc"})
    EXPECT_EQ(directory.search(text, 10), std::vector{sean}) << text;
  for (const char* text : {"oneil", "o'neil", "neil"}) EXPECT_EQ(directory.search(text, 10), std::vector{una}) << text;
}

TEST_F(PatientDirectoryTest, looks_inside_of_names_when_nobodys_begins_so) {
  const auto far = add("Tom", "Merryfeather", "1990-01-01", "");
  EXPECT_EQ(directory.search("feather", 10), std::vector{far});
  EXPECT_EQ(directory.search("tom feather", 10), std::vector{far});
  EXPECT_TRUE(directory.search("ea", 10).empty());
  const auto near = add("Ann", "Featherstone", "1990-01-01", "");
  EXPECT_EQ(directory.search("feather", 10), std::vector{near});
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
