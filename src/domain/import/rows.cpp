#include "domain/import/people.hpp"

namespace sealbook::importing {
namespace {

std::string_view sentence_of(std::string_view fault) {
  if (fault == "quote")
    return "Text stands behind a closing quote; the row cannot be taken apart safely.";
  if (fault == "quote_open")
    return "A quote is opened here and never closed; nothing behind it was read.";
  return "The row has more fields, or a longer one, than any export has.";
}

std::string_view sentence_of_text(std::string_view rule) {
  return rule == "length" ? "The text is too long."
                          : "The text holds control characters, or bytes that are no text.";
}

}  // namespace

bool RowReader::begin(CsvRow& row) {
  row_ = &row;
  good_ = true;
  const auto whole = [&](std::string_view rule, std::string detail) {
    findings_.add({row.line, 0, "", std::string(rule), std::move(detail)});
    good_ = false;
  };
  const bool open_quote = row.fault == "quote_open" && row.fields.size() <= columns_.size();
  if (open_quote && !row.fields.empty()) {
    const std::size_t column = row.fields.size() - 1;
    findings_.add({row.line, static_cast<std::int64_t>(column) + 1, columns_.at(column).header,
                   std::string(row.fault), std::string(sentence_of(row.fault))});
    good_ = false;
    return false;
  }
  if (!row.fault.empty()) {
    whole(row.fault, std::string(sentence_of(row.fault)));
    return false;
  }
  while (row.fields.size() > columns_.size() && trimmed(row.fields.back()).empty())
    row.fields.pop_back();
  if (row.fields.size() == columns_.size()) return true;
  whole("fields", "The row has " + std::to_string(row.fields.size()) +
                      " fields where the header has " + std::to_string(columns_.size()) + ".");
  return false;
}

Place RowReader::place(std::size_t position) const {
  return {static_cast<std::int64_t>(position) + 1, columns_.at(position).header};
}

void RowReader::problem(std::size_t position, std::string_view rule, std::string_view detail) {
  Place where = place(position);
  findings_.add({row_->line, where.position, std::move(where.column), std::string(rule),
                 std::string(detail)});
  good_ = false;
}

void RowReader::problem_of(ColumnField field, std::string_view rule, std::string_view detail) {
  if (const auto position = columns_.find(field)) return problem(*position, rule, detail);
  findings_.add(
      {row_->line, 0, std::string(to_text(field)), std::string(rule), std::string(detail)});
  good_ = false;
}

std::optional<std::string> RowReader::at(std::size_t position, std::size_t most, bool multiline) {
  const std::string& cell = row_->fields[position];
  const std::string_view text = trimmed(cell);
  if (text.empty()) return std::nullopt;
  if (text.size() != cell.size())
    findings_.note(row_->line, "trimmed", columns_.at(position).header,
                   "Spaces around the value were left out.");
  if (const auto rule = broken_text(text, most, multiline); !rule.empty()) {
    problem(position, rule, sentence_of_text(rule));
    return std::nullopt;
  }
  return std::string(text);
}

std::optional<std::string> RowReader::text(ColumnField field, std::size_t most, bool multiline) {
  const auto position = columns_.find(field);
  return position ? at(*position, most, multiline) : std::nullopt;
}

std::optional<std::string> RowReader::required(ColumnField field, std::size_t most) {
  const auto position = columns_.find(field);
  if (position && trimmed(row_->fields[*position]).empty()) {
    problem(*position, "required", "This is empty and must not be.");
    return std::nullopt;
  }
  return position ? at(*position, most) : std::nullopt;
}

std::optional<std::chrono::year_month_day> RowReader::date(ColumnField field,
                                                           const DateRules& rules) {
  const auto text = required(field, 40);
  if (!text) return std::nullopt;
  const auto read = read_date(*text, rules);
  if (!read) {
    problem_of(field, read.error().rule, read.error().detail);
    return std::nullopt;
  }
  if (read->was_serial)
    findings_.note(row_->line, "serial_date", columns_.at(*columns_.find(field)).header,
                   "Serial numbers of a spreadsheet were read as dates.");
  return read->date;
}

Result<void> each_row(ByteSource& source, Encoding encoding,
                      const std::function<Result<void>(const std::vector<std::string>&)>& on_header,
                      const std::function<void(CsvRow&)>& on_row) {
  source.rewind();
  Decoder decoder(encoding);
  std::string text;
  bool more = true;
  // The first record decides the delimiter: look at enough to hold it.
  while (more && text.size() < CsvReader::longest_field) {
    const auto piece = source.next();
    more = !piece.empty();
    if (more) decoder.decode(piece, text);
  }
  const Dialect dialect = find_dialect(text);
  Result<void> outcome;
  bool seen_header = false;
  CsvReader reader(dialect.delimiter, [&](CsvRow& row) {
    if (!outcome || row.blank()) return;
    if (!seen_header) {
      seen_header = true;
      if (!row.fault.empty()) {
        outcome = fail(invalid_field("/file", std::string(row.fault),
                                     "Line " + std::to_string(row.line) + ", the header: " +
                                         std::string(sentence_of(row.fault))));
        return;
      }
      outcome = on_header(row.fields);
      return;
    }
    on_row(row);
  });
  bool going = reader.feed(std::string_view(text).substr(dialect.skip));
  while (going && more && outcome) {
    const auto piece = source.next();
    more = !piece.empty();
    text.clear();
    if (more) decoder.decode(piece, text);
    else decoder.finish(text);
    going = reader.feed(text);
  }
  reader.finish();
  source.rewind();
  if (!outcome) return outcome;
  if (!seen_header) return fail(invalid_field("/file", "empty", "The file has no rows."));
  return {};
}

Result<DateRules> survey_dates(ByteSource& source, Encoding encoding, FileKind kind,
                               const ReadRules& rules, ColumnField field, Findings& findings) {
  if (encoding != Encoding::utf8)
    findings.note(1, "encoding", "",
                  "The text was read as " + std::string(to_text(encoding)) + ".");
  DateRules result = rules.dates;
  if (rules.order_given) return result;
  DateEvidence evidence;
  Findings unheard;
  std::optional<std::size_t> position;
  ENSURE(each_row(
      source, encoding,
      [&](const std::vector<std::string>& header) -> Result<void> {
        TRY(columns, Columns::from_header(header, kind, rules, unheard));
        position = columns.find(field);
        return {};
      },
      [&](CsvRow& row) {
        if (position && *position < row.fields.size()) evidence.see(trimmed(row.fields[*position]));
      }));
  result.order = evidence.order();
  if (result.order != DateOrder::unknown)
    findings.note(1, "date_order", "",
                  result.order == DateOrder::day_first
                      ? "The dates of the file show that the day comes first."
                      : "The dates of the file show that the month comes first.");
  if (evidence.contradicts())
    findings.note(1, "date_order", "",
                  "The dates of the file contradict each other about whether the day comes first.");
  return result;
}

}  // namespace sealbook::importing
