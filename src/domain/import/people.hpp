// People out of a CSV file: each row an ImportedPerson, or the problems that keep it out.
//
// read_people() reads the source three times: to find its encoding, to look at the order of day and
// month in the birth dates, and to read. Memory does not grow with the file. Contacts have their
// outer form checked by whoever indexes them (security/keys/normalise.hpp). Threads: one.
#pragma once

#include <functional>
#include <optional>

#include "domain/directory/patient.hpp"
#include "domain/import/columns.hpp"
#include "domain/import/csv.hpp"
#include "domain/import/text.hpp"

namespace sealbook::importing {

// Where a value of the record stood, to name it in a problem.
struct Place {
  std::int64_t position = 0;
  std::string column;
};

struct ImportedPerson {
  std::int64_t line = 0;
  std::optional<SensitiveText> external_id;  // what the old system calls the person
  PatientRecord record;
  std::vector<Place> contact_places, identifier_places;  // as record.contacts and .identifiers
  Place birth_place;                                     // of record.birth_date; not kept with a chunk
};

using PersonSink = std::function<void(ImportedPerson&)>;

// What a file turned out to be, and how many rows it had (blank ones left out).
struct FileFacts {
  std::int64_t rows = 0;
  std::int64_t skipped = 0;  // rows that are left out on purpose (the deceased), and noted
};

// Fails with `invalid` when no row can be read: encoding, header, "/file" when it is empty.
Result<FileFacts> read_people(ByteSource& source, const ReadRules& rules, Findings& findings,
                              const PersonSink& sink);

// One row's cells by what they hold: outer spaces taken off and noted, faults added to `findings`.
class RowReader {
 public:
  RowReader(const Columns& columns, Findings& findings) : columns_(columns), findings_(findings) {}
  // False when the row as a whole is faulty; it has been told then.
  bool begin(CsvRow& row);
  // The text of a field, or nothing: absent, empty, or faulty (told).
  std::optional<std::string> text(ColumnField field, std::size_t most = 100,
                                  bool multiline = false);
  std::optional<std::string> at(std::size_t position, std::size_t most, bool multiline = false);
  // The same, told as missing when it is absent or empty.
  std::optional<std::string> required(ColumnField field, std::size_t most = 100);
  std::optional<std::chrono::year_month_day> date(ColumnField field, const DateRules& rules);
  void problem(std::size_t position, std::string_view rule, std::string_view detail);
  void problem_of(ColumnField field, std::string_view rule, std::string_view detail);
  bool good() const { return good_; }
  std::int64_t line() const { return row_->line; }
  const Columns& columns() const { return columns_; }
  Findings& findings() { return findings_; }
  Place place(std::size_t position) const;

 private:
  const Columns& columns_;
  Findings& findings_;
  CsvRow* row_ = nullptr;
  bool good_ = true;
};

// Decodes a source and hands over its rows behind the header; what both kinds of file share.
// `on_header` is called once and may end it; `on_row` gets every row that is not blank.
Result<void> each_row(ByteSource& source, Encoding encoding,
                      const std::function<Result<void>(const std::vector<std::string>&)>& on_header,
                      const std::function<void(CsvRow&)>& on_row);
// Notes the dialect and what was inferred of dates in these columns; gives the rules to read with.
Result<DateRules> survey_dates(ByteSource& source, Encoding encoding, FileKind kind,
                               const ReadRules& rules, ColumnField field, Findings& findings);

// "+34 " before a number without a calling code, its trunk 0 taken off; as it is when it has one.
std::string with_calling_code(std::string_view number, std::string_view calling_code);

}  // namespace sealbook::importing
