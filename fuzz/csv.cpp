// Fuzzes what reads files of other programs. The first byte chooses:
//   'p'  people as CSV;  'v'  appointments as CSV;  'f'  FHIR NDJSON;
//   'd'  one date;  'c'  the bare rows, with the second byte as delimiter.
// Whatever comes, rows are told with lines that do not go back, texts are UTF-8 without what the
// house refuses, and reading in pieces of one byte gives the same as reading at once.
#include <cstdint>
#include <cstdlib>

#include "base/cbor.hpp"
#include "domain/import/fhir.hpp"
#include "domain/import/visits.hpp"

using namespace sealbook;
using namespace sealbook::importing;

namespace {

const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

struct Told {
  std::vector<std::pair<std::int64_t, std::string>> people;
  std::vector<Problem> problems;
  bool read = false;
  bool operator==(const Told&) const = default;
};

Told read(char kind, std::string_view text, std::size_t piece) {
  Told told;
  Findings findings;
  MemorySource source(text, piece);
  const PersonSink sink = [&](ImportedPerson& person) {
    const std::string& family = person.record.name.family.reveal();
    require(is_valid_utf8(family) && broken_text(family, 100).empty() &&
            person.record.birth_date.reveal().ok());
    require(told.people.empty() || told.people.back().first < person.line);
    told.people.emplace_back(person.line, family);
    if (planted && person.record.name.second_family && person.record.contacts.size() > 1)
      __builtin_trap();
  };
  if (kind == 'f') {
    told.read = read_fhir_people(source, {}, findings, sink).has_value();
  } else if (kind == 'p') {
    told.read = read_people(source, {}, findings, sink).has_value();
  } else {
    told.read =
        read_visits_csv(source, {}, findings, [&](OldVisit& visit) {
          require(visit.minutes >= 1 && visit.wall.has_value() != visit.instant.has_value());
          told.people.emplace_back(visit.line, visit.service);
        }).has_value();
  }
  told.problems = findings.problems();
  return told;
}

void check_rows(char delimiter, std::string_view text) {
  std::int64_t last = 0;
  std::size_t fields = 0;
  CsvReader reader(delimiter, [&](CsvRow& row) {
    require(row.line >= last && row.fields.size() <= CsvReader::most_fields);
    last = row.line;
    for (const std::string& field : row.fields)
      require(field.size() <= CsvReader::longest_field + 1);
    fields += row.fields.size();
  });
  reader.feed(text);
  reader.finish();
  require(fields <= text.size() + 2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const char kind = text[0];
  if (kind == 'd') {
    for (const DateOrder order : {DateOrder::unknown, DateOrder::day_first, DateOrder::month_first})
      if (const auto date = read_date(text.substr(1), {order, SerialSystem::since_1900}))
        require(date->date.ok());
  } else if (kind == 'c') {
    check_rows(text[1], text.substr(2));
  } else if (kind == 'p' || kind == 'v' || kind == 'f') {
    require(read(kind, text.substr(1), 1) == read(kind, text.substr(1), 64 * 1024));
  }
  return 0;
}
