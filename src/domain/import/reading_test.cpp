#include <gtest/gtest.h>

#include "base/instant.hpp"
#include "domain/import/fhir.hpp"
#include "domain/import/people.hpp"

namespace sealbook::importing {
namespace {

struct Outcome {
  std::vector<ImportedPerson> people;
  Findings findings;
  Result<FileFacts> facts;
  std::string rules() const {  // "2/birth_date:ambiguous …"
    std::string text;
    for (const Problem& p : findings.problems())
      text += std::to_string(p.line) + "/" + std::to_string(p.position) + ":" + p.rule + " ";
    return text;
  }
  bool noted(std::string_view rule) const {
    for (const Note& note : findings.notes())
      if (note.rule == rule) return true;
    return false;
  }
};

Outcome read(std::string_view bytes, const ReadRules& rules = {}, std::size_t piece = 7) {
  Outcome outcome;
  MemorySource source(bytes, piece);
  outcome.facts = read_people(source, rules, outcome.findings, [&](ImportedPerson& person) {
    outcome.people.push_back(std::move(person));
  });
  return outcome;
}

std::string family(const Outcome& outcome, std::size_t i) {
  return outcome.people.at(i).record.name.family.reveal();
}
std::string born(const Outcome& outcome, std::size_t i) {
  return date_text(outcome.people.at(i).record.birth_date.reveal());
}

std::string utf16(std::u16string_view text, bool little, bool mark) {
  std::string out;
  const auto put = [&](std::uint16_t unit) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    out += little ? low : high;
    out += little ? high : low;
  };
  if (mark) put(0xFEFF);
  for (const char16_t unit : text) put(unit);
  return out;
}

TEST(ReadingPeople, takes_the_plain_file_of_the_contract) {
  const auto got = read(
      "given,family,birth_date,email,phone\nAna,Example,1984-03-12,ana@example.test,+"
      "12025550101\n");
  ASSERT_TRUE(got.facts);
  ASSERT_EQ(got.people.size(), 1U) << got.rules();
  EXPECT_EQ(born(got, 0), "1984-03-12");
  EXPECT_EQ(got.people[0].record.contacts.size(), 2U);
  EXPECT_FALSE(got.people[0].record.contacts[0].verified);
  EXPECT_EQ(got.people[0].line, 2);
}

TEST(ReadingPeople, reads_every_encoding_to_the_same_text) {
  const std::u16string_view wide =
      u"Nombre;Apellidos;Fecha de nacimiento\r\nIñigo;Núñez;12.03.1984\r\n";
  const std::string utf8 =
      "Nombre;Apellidos;Fecha de nacimiento\r\nI\xC3\xB1igo;N\xC3\xBA\xC3\xB1"
      "ez;12.03.1984\r\n";
  const std::string windows =
      "Nombre;Apellidos;Fecha de nacimiento\r\nI\xF1igo;N\xFA\xF1"
      "ez;12.03.1984\r\n";
  for (const std::string& bytes :
       {utf8, "\xEF\xBB\xBF" + utf8, windows, utf16(wide, true, true), utf16(wide, false, true),
        utf16(wide, true, false), utf16(wide, false, false)}) {
    const auto got = read(bytes);
    ASSERT_TRUE(got.facts);
    ASSERT_EQ(got.people.size(), 1U) << got.rules();
    EXPECT_EQ(family(got, 0),
              "N\xC3\xBA\xC3\xB1"
              "ez");
    EXPECT_EQ(born(got, 0), "1984-03-12");
  }
}

TEST(ReadingPeople, says_that_bytes_are_no_text_of_any_kind) {
  const auto got = read(std::string_view("given,family,birth_date\nA\0\x81,B,1984-03-12\n", 41));
  EXPECT_FALSE(got.facts);
}

TEST(ReadingPeople, keeps_quoted_delimiters_quotes_and_line_breaks) {
  const auto got = read(
      "given\tfamily\tdob\tnote\nAna\t\"O\"\"Hara\"\t1984-03-"
      "12\t\"two\r\nlines\ttab\"\nBen\tSample\t1985-01-02\t\n");
  ASSERT_EQ(got.people.size(), 2U) << got.rules();
  EXPECT_EQ(family(got, 0), "O\"Hara");
  EXPECT_EQ(got.people[0].record.note->reveal(), "two\r\nlines\ttab");
  EXPECT_EQ(got.people[1].line, 4) << "a line break inside quotes counts as a line";
}

TEST(ReadingPeople, tells_half_rows_long_rows_and_loose_quotes_by_line) {
  const auto got = read(
      "given,family,birth_date\nAna,Example\nBen,Sample,1985-01-02,extra\nCy,\"Te\"sta,1990-01-01\n"
      "\nDee,Demo,1991-02-03,,\n");
  EXPECT_EQ(got.rules(), "2/0:fields 3/0:fields 4/0:quote ");
  ASSERT_EQ(got.people.size(), 1U) << "empty fields behind the last are what spreadsheets add";
  EXPECT_EQ(got.people[0].line, 6);
  EXPECT_EQ(got.facts->rows, 4) << "a blank row is no row";
}

TEST(ReadingPeople, tells_a_quote_that_is_never_closed_where_it_begins) {
  const auto got = read(
      "given,family,birth_date\nAna,Example,1984-03-12\nBen,\"Sample,1985-01-02\nCy,Testa,1990-01-"
      "01\n");
  EXPECT_EQ(got.people.size(), 1U);
  EXPECT_EQ(got.rules(), "3/2:quote_open ");
  EXPECT_EQ(got.findings.problems().front().column, "family");
}

TEST(ReadingPeople, tells_a_quote_left_open_at_the_beginning_of_a_row) {
  const auto got = read(
      "given,family,birth_date\nAna,Example,1984-03-12\n\"Ben,Sample,1985-01-02\nCy,Testa,1990-01-"
      "01\n");
  EXPECT_EQ(got.people.size(), 1U);
  EXPECT_EQ(got.rules(), "3/1:quote_open ");
  EXPECT_EQ(got.facts->rows, 2) << "the row that swallowed the rest is one of the file";
}

TEST(ReadingPeople, refuses_a_header_with_a_quote_left_open) {
  const auto got = read("\"given,family,birth_date\nAna,Example,1984-03-12\n");
  ASSERT_FALSE(got.facts);
  EXPECT_EQ(got.facts.error().fields.front().rule, "quote_open");
}

TEST(ReadingPeople, refuses_a_date_whose_order_nobody_knows) {
  EXPECT_EQ(read("given,family,dob\nAna,Example,03/04/1984\n").rules(), "2/3:ambiguous ");
  EXPECT_EQ(read("given,family,dob\nAna,Example,03/04/84\n").rules(), "2/3:two_digit_year ");
  EXPECT_EQ(read("given,family,dob\nAna,Example,31/02/1984\n").rules(), "2/3:range ");
  EXPECT_EQ(read("given,family,dob\nAna,Example,yesterday\n").rules(), "2/3:format ");
  EXPECT_EQ(read("given,family,dob\nAna,Example,\n").rules(), "2/3:required ");
}

TEST(ReadingPeople, learns_the_order_from_another_row_and_says_so) {
  const auto european = read("given,family,dob\nAna,Example,03/04/1984\nBen,Sample,25/12/1990\n");
  ASSERT_EQ(european.people.size(), 2U) << european.rules();
  EXPECT_EQ(born(european, 0), "1984-04-03");
  EXPECT_TRUE(european.noted("date_order"));
  const auto american = read("given,family,dob\nAna,Example,03/04/1984\nBen,Sample,12/25/1990\n");
  EXPECT_EQ(born(american, 0), "1984-03-04");
  const auto both =
      read("given,family,dob\nAna,Example,03/04/1984\nBen,Sample,12/25/1990\nCy,Demo,25/12/1990\n");
  EXPECT_EQ(both.rules(), "2/3:ambiguous ");
}

TEST(ReadingPeople, follows_a_told_order_before_what_it_sees) {
  ReadRules rules;
  rules.order_given = true;
  rules.dates.order = DateOrder::month_first;
  const auto got = read("given,family,dob\nAna,Example,03/04/1984\nBen,Sample,25/12/1990\n", rules);
  EXPECT_EQ(born(got, 0), "1984-03-04");
  EXPECT_EQ(got.rules(), "3/3:range ");
}

TEST(ReadingPeople, reads_serial_numbers_of_both_systems) {
  const auto got =
      read("given,family,dob\nAna,Example,30753\nBen,Sample,30753.0\nCy,Testa,1984\nDee,Demo,60\n");
  EXPECT_EQ(born(got, 0), "1984-03-12");
  EXPECT_EQ(born(got, 1), "1984-03-12");
  EXPECT_EQ(got.rules(), "4/3:ambiguous 5/3:format ");
  EXPECT_TRUE(got.noted("serial_date"));
  ReadRules rules;
  rules.dates.serial = SerialSystem::since_1904;
  EXPECT_EQ(born(read("given,family,dob\nAna,Example,29291\n", rules), 0), "1984-03-12");
}

TEST(ReadingPeople, knows_both_spanish_family_names_and_leaves_one_text_whole) {
  const auto two = read(
      "Nombre,Primer apellido,Segundo apellido,Fecha nacimiento\nLuc\xC3\xAD"
      "a,Garc\xC3\xAD"
      "a,L\xC3\xB3pez,1984-03-12\n");
  ASSERT_EQ(two.people.size(), 1U) << two.rules();
  EXPECT_EQ(two.people[0].record.name.second_family->reveal(), "L\xC3\xB3pez");
  const auto one = read(
      "Nombre,Apellidos,F. nacimiento\nLuc\xC3\xAD"
      "a,Garc\xC3\xAD"
      "a L\xC3\xB3pez,1984-03-12\n");
  ASSERT_EQ(one.people.size(), 1U) << one.rules();
  EXPECT_EQ(family(one, 0),
            "Garc\xC3\xAD"
            "a L\xC3\xB3pez");
}

TEST(ReadingPeople, says_what_it_trims_and_what_nobody_reads) {
  const auto got = read("given,family,dob,Shoe size\n Ana ,Example\xC2\xA0,1984-03-12,38\n");
  ASSERT_EQ(got.people.size(), 1U) << got.rules();
  EXPECT_EQ(family(got, 0), "Example");
  EXPECT_TRUE(got.noted("trimmed"));
  EXPECT_TRUE(got.noted("ignored"));
}

TEST(ReadingPeople, refuses_controls_and_bidi_overrides_by_column) {
  const auto got =
      read("given,family,dob\nA\x01na,Example,1984-03-12\nBen,Sam\xE2\x80\xAEple,1984-03-12\n");
  EXPECT_EQ(got.rules(), "2/1:characters 3/2:characters ");
}

TEST(ReadingPeople, a_mapping_decides_alone) {
  ReadRules rules;
  rules.columns = {{header_key("Vorname"), ColumnField::given},
                   {header_key("Nachname"), ColumnField::family},
                   {header_key("Geboren"), ColumnField::birth_date}};
  const auto got =
      read("VORNAME;Nachname;geboren;email\nAna;Example;12.3.1984;nobody@example.test\n", rules);
  ASSERT_EQ(got.people.size(), 1U) << got.rules();
  EXPECT_TRUE(got.people[0].record.contacts.empty()) << "a column outside the mapping is not read";
}

TEST(ReadingPeople, names_a_missing_or_doubled_column) {
  const auto missing = read("given,dob\nAna,1984-03-12\n");
  ASSERT_FALSE(missing.facts);
  EXPECT_EQ(missing.facts.error().fields.at(0).pointer, "/header/family");
  const auto twice = read("given,first name,family,dob\nAna,Ana,Example,1984-03-12\n");
  ASSERT_FALSE(twice.facts);
  EXPECT_EQ(twice.facts.error().fields.at(0).rule, "unique");
  EXPECT_FALSE(read("").facts);
}

TEST(ReadingPeople, puts_a_calling_code_before_national_numbers) {
  EXPECT_EQ(with_calling_code("612 345 678", "34"), "+34 612 345 678");
  EXPECT_EQ(with_calling_code("020 7946 0000", "44"), "+44 20 7946 0000");
  EXPECT_EQ(with_calling_code("+1 202 555 0101", "34"), "+1 202 555 0101");
  EXPECT_EQ(with_calling_code("1 202 555 0101", "1"), "+1 202 555 0101");
}

TEST(ReadingPeople, honours_the_line_that_names_the_delimiter) {
  const auto got = read("sep=;\r\ngiven;family;dob\r\nAna;Example, the;1984-03-12\r\n");
  ASSERT_EQ(got.people.size(), 1U) << got.rules();
}

Outcome read_fhir(std::string_view text) {
  Outcome outcome;
  MemorySource source(text, 11);
  outcome.facts = read_fhir_people(source, {}, outcome.findings, [&](ImportedPerson& person) {
    outcome.people.push_back(std::move(person));
  });
  return outcome;
}

TEST(ReadingFhir, takes_names_contacts_identifiers_and_language) {
  const auto got = read_fhir(
      R"({"resourceType":"Patient","id":"p1","birthDate":"1984-03-12","identifier":[{"system":"urn:x","value":"7"}],)"
      R"("name":[{"use":"nickname","given":["Lu"]},{"use":"official","family":"Prueba Muster","given":["Ana","Luz"],)"
      R"("_family":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/humanname-fathers-family","valueString":"Prueba"},)"
      R"({"url":"http://hl7.org/fhir/StructureDefinition/humanname-mothers-family","valueString":"Muster"}]}}],)"
      R"("telecom":[{"system":"phone","value":"+12025550102","rank":2},{"system":"email","value":"ana@example.test","rank":1},)"
      R"({"system":"phone","value":"+12025550103","use":"old"}],"address":[{"use":"home","line":["1 Main St"],"city":"Town"}],)"
      R"("communication":[{"language":{"coding":[{"code":"es"}]},"preferred":true}]})"
      "\n");
  ASSERT_EQ(got.people.size(), 1U) << got.rules();
  const PatientRecord& record = got.people[0].record;
  EXPECT_EQ(record.name.family.reveal(), "Prueba");
  EXPECT_EQ(record.name.second_family->reveal(), "Muster");
  EXPECT_EQ(record.name.preferred->reveal(), "Lu");
  EXPECT_EQ(record.name.given.size(), 2U);
  ASSERT_EQ(record.contacts.size(), 3U);
  EXPECT_EQ(record.contacts[0].kind, ContactKind::email) << "rank decides";
  EXPECT_EQ(record.contacts[2].value.reveal(), "1 Main St, Town");
  EXPECT_EQ(record.language->reveal(), "es");
  EXPECT_EQ(got.people[0].external_id->reveal(), "p1");
}

TEST(ReadingFhir, skips_the_dead_and_the_inactive_and_says_so) {
  const auto got = read_fhir(
      "{\"resourceType\":\"Patient\",\"deceasedDateTime\":\"2019-01-01\"}\n"
      "{\"resourceType\":\"Patient\",\"active\":false}\n{\"resourceType\":\"Group\"}\n{]\n\n"
      "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Demo\"}],\"birthDate\":\"1984\"}\n");
  ASSERT_TRUE(got.facts);
  EXPECT_EQ(got.facts->skipped, 2);
  EXPECT_TRUE(got.noted("deceased") && got.noted("inactive"));
  EXPECT_EQ(got.rules(), "3/0:resource_type 4/0:json 6/0:format ");
}

}  // namespace
}  // namespace sealbook::importing
