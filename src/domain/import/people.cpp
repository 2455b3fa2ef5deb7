#include "domain/import/people.hpp"

#include <algorithm>

namespace sealbook::importing {
namespace {

constexpr std::size_t most_contacts = 20;

bool is_language(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > 35) return false;
  const auto part_ends = std::min(tag.find('-'), tag.size());
  return part_ends >= 2 && part_ends <= 3 && std::ranges::all_of(tag, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

class PeopleRows {
 public:
  PeopleRows(const Columns& columns, const ReadRules& rules, DateRules dates, Findings& findings)
      : rules_(rules), dates_(dates), row_(columns, findings) {}

  std::optional<ImportedPerson> read(CsvRow& row) {
    if (!row_.begin(row)) return std::nullopt;
    ImportedPerson person;
    person.line = row.line;
    name(person.record.name);
    if (const auto born = row_.date(ColumnField::birth_date, dates_))
      person.record.birth_date = Sensitive(*born);
    if (const auto position = row_.columns().find(ColumnField::birth_date))
      person.birth_place = row_.place(*position);
    contacts(person);
    address(person);
    identifiers(person);
    others(person);
    return row_.good() ? std::optional(std::move(person)) : std::nullopt;
  }

 private:
  void name(HumanName& name) {
    if (auto given = row_.required(ColumnField::given))
      name.given.push_back(SensitiveText(std::move(*given)));
    if (auto family = row_.required(ColumnField::family))
      name.family = SensitiveText(std::move(*family));
    if (auto second = row_.text(ColumnField::second_family))
      name.second_family = SensitiveText(std::move(*second));
    if (auto preferred = row_.text(ColumnField::preferred))
      name.preferred = SensitiveText(std::move(*preferred));
  }

  void contacts(ImportedPerson& person) {
    for (std::size_t i = 0; i < row_.columns().size(); ++i) {
      const ColumnField field = row_.columns().at(i).field;
      if (field != ColumnField::email && field != ColumnField::phone) continue;
      auto text = row_.at(i, 254);
      if (!text || person.record.contacts.size() == most_contacts) continue;
      Contact contact;
      contact.kind = field == ColumnField::email ? ContactKind::email : ContactKind::phone;
      if (field == ColumnField::phone && !rules_.calling_code.empty()) {
        std::string whole = with_calling_code(*text, rules_.calling_code);
        if (whole != *text)
          row_.findings().note(
              row_.line(), "calling_code", row_.columns().at(i).header,
              "The calling code +" + rules_.calling_code + " was put before numbers without one.");
        *text = std::move(whole);
      }
      contact.value = SensitiveText(std::move(*text));
      person.record.contacts.push_back(std::move(contact));
      person.contact_places.push_back(row_.place(i));
    }
  }

  // One line, as a person would write it on an envelope.
  void address(ImportedPerson& person) {
    std::string line;
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < row_.columns().size(); ++i) {
      const ColumnField field = row_.columns().at(i).field;
      if (field < ColumnField::address || field > ColumnField::country) continue;
      const auto text = row_.at(i, 200);
      if (!text) continue;
      if (!first) first = i;
      if (!line.empty()) line += ", ";
      line += *text;
    }
    if (!first) return;
    if (broken_text(line, 300) == "length")
      return row_.problem(*first, "length", "The address is too long.");
    Contact contact;
    contact.kind = ContactKind::address;
    contact.value = SensitiveText(std::move(line));
    person.record.contacts.push_back(std::move(contact));
    person.contact_places.push_back(row_.place(*first));
  }

  void identifiers(ImportedPerson& person) {
    const auto issuer = row_.text(ColumnField::issuer, 250);
    for (std::size_t i = 0; i < row_.columns().size(); ++i) {
      if (row_.columns().at(i).field != ColumnField::identifier) continue;
      auto value = row_.at(i, 100);
      if (!value) continue;
      // Without a column that says who gave the number, the column's own name does.
      person.record.identifiers.push_back(
          {SensitiveText(issuer.value_or(row_.columns().at(i).header)),
           SensitiveText(std::move(*value))});
      person.identifier_places.push_back(row_.place(i));
    }
  }

  void others(ImportedPerson& person) {
    if (auto id = row_.text(ColumnField::external_id, 200))
      person.external_id = SensitiveText(std::move(*id));
    if (auto language = row_.text(ColumnField::language, 35)) {
      if (!is_language(*language))
        row_.problem_of(ColumnField::language, "format",
                        "A language is written as a BCP 47 tag, such as en or es-MX.");
      person.record.language = SensitiveText(std::move(*language));
    }
    if (auto needs = row_.text(ColumnField::needs, 2000, true))
      person.record.needs = SensitiveText(std::move(*needs));
    if (auto note = row_.text(ColumnField::note, 4000, true))
      person.record.note = SensitiveText(std::move(*note));
  }

  const ReadRules& rules_;
  DateRules dates_;
  RowReader row_;
};

}  // namespace

std::string with_calling_code(std::string_view number, std::string_view calling_code) {
  if (number.starts_with('+') || number.starts_with("00")) return std::string(number);
  std::string digits;
  for (const char c : number)
    if (c >= '0' && c <= '9') digits += c;
  const bool trunk = (calling_code == "1" && digits.size() == 11 && digits.front() == '1') ||
                     (calling_code == "7" && digits.size() == 11 && digits.front() == '8') ||
                     (calling_code != "1" && calling_code != "7" && calling_code != "39" &&
                      digits.starts_with('0'));
  if (trunk) number.remove_prefix(number.find(digits.front()) + 1);
  return "+" + std::string(calling_code) + " " + std::string(trimmed(number));
}

Result<FileFacts> read_people(ByteSource& source, const ReadRules& rules, Findings& findings,
                              const PersonSink& sink) {
  TRY(encoding, find_encoding(source));
  TRY(dates,
      survey_dates(source, encoding, FileKind::people, rules, ColumnField::birth_date, findings));
  std::optional<Columns> columns;
  std::optional<PeopleRows> rows;
  FileFacts facts;
  ENSURE(each_row(
      source, encoding,
      [&](const std::vector<std::string>& header) -> Result<void> {
        TRY(found, Columns::from_header(header, FileKind::people, rules, findings));
        columns = std::move(found);
        rows.emplace(*columns, rules, dates, findings);
        return {};
      },
      [&](CsvRow& row) {
        ++facts.rows;
        if (auto person = rows->read(row)) sink(*person);
      }));
  return facts;
}

}  // namespace sealbook::importing
