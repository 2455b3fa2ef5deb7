// Columns: which column of a file holds what, by a saved mapping or by what people call it in
// English and Spanish.
//
// A mapping names columns by their header, compared without case, accents and punctuation. Two
// columns may hold the same thing only where a person may have several (e-mail, telephone,
// identifier). What nobody reads is noted, not refused.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "domain/import/dates.hpp"
#include "domain/import/findings.hpp"

namespace sealbook::importing {

// Stored by name in mappings. The first part describes a person, the second a visit.
enum class ColumnField : std::uint8_t {
  ignore,
  given,
  family,
  second_family,
  preferred,
  birth_date,
  email,
  phone,
  address,
  city,
  region,
  postal_code,
  country,
  language,
  identifier,
  issuer,
  external_id,
  needs,
  note,
  old_id,
  starts,
  starts_time,
  ends,
  ends_time,
  duration,
  practitioner,
  service,
  location,
  status,
};
std::string_view to_text(ColumnField field);  // "birth_date"
std::optional<ColumnField> parse_column_field(std::string_view text);

enum class FileKind : std::uint8_t { people = 0, visits = 1 };

// What a file is to be read with: given with the call, or saved as a mapping.
struct ReadRules {
  std::map<std::string, ColumnField> columns;  // by header_key(); empty: by the known names
  DateRules dates;
  bool order_given = false;       // dates.order was told, not inferred
  std::string calling_code;       // of numbers without one; empty: as they are written
  std::string source = "import";  // the system that the old ids belong to
  // Visits only: what the old system calls practitioners, services and places → our ids' texts.
  std::map<std::string, std::string> practitioners, services, locations;
  bool operator==(const ReadRules&) const = default;
};

// Lower case, without accents, spaces and punctuation: "Fecha de nacimiento" → "fechadenacimiento".
std::string header_key(std::string_view header);

struct Column {
  ColumnField field = ColumnField::ignore;
  std::string header;  // as in the file
};

class Columns {
 public:
  // Fails with `invalid` at "/header/…" when what every row needs has no column, and when two
  // columns hold the same.
  static Result<Columns> from_header(const std::vector<std::string>& header, FileKind kind,
                                     const ReadRules& rules, Findings& findings);
  std::size_t size() const { return columns_.size(); }
  const Column& at(std::size_t position) const { return columns_[position]; }
  std::optional<std::size_t> find(ColumnField field) const;
  bool has(ColumnField field) const { return find(field).has_value(); }

 private:
  std::vector<Column> columns_;
};

// Outer spaces (also no-break ones) taken off.
std::string_view trimmed(std::string_view text);
// Empty, or the rule that a text of one line breaks: "characters" (controls, bidi overrides,
// undecodable bytes), "length".
std::string_view broken_text(std::string_view utf8, std::size_t most_characters,
                             bool multiline = false);

}  // namespace sealbook::importing
