// CsvReader splits UTF-8 text into rows: RFC 4180, and what really comes.
//
// Rows end with CR, LF or both; quoted fields may hold all of them and doubled quotes; a quote in
// the middle of an unquoted field is a character (5" nail). Text behind a closing quote makes the
// row faulty. A quote that is never closed would swallow the file: after `longest_field` bytes or
// `most_lines` lines it is told as such and reading ends. Threads: one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sealbook::importing {

struct CsvRow {
  std::int64_t line = 1;  // where it begins
  std::vector<std::string> fields;
  std::string_view fault;  // empty, "quote" (text behind a closing quote), "quote_open", "too_long"
  bool blank() const;      // nothing but spaces
};

class CsvReader {
 public:
  static constexpr std::size_t longest_field = 32 * 1024;
  static constexpr std::size_t most_fields = 400;
  static constexpr std::int64_t most_lines = 200;  // within one quoted field

  using Sink = std::function<void(CsvRow&)>;  // may take the fields
  CsvReader(char delimiter, Sink sink) : delimiter_(delimiter), sink_(std::move(sink)) {}

  // False once reading has ended, by a fault that leaves no way to find the next row.
  bool feed(std::string_view text);
  void finish();
  std::int64_t rows() const { return rows_; }

 private:
  enum class State : std::uint8_t { field_start, plain, quoted, quote_in_quoted, broken, ended };
  bool take(char c);
  void end_field();
  void end_row();
  void give_up(std::string_view fault);
  void in_quotes(char c);

  char delimiter_;
  Sink sink_;
  State state_ = State::field_start;
  CsvRow row_;
  std::string field_;
  std::int64_t line_ = 1, quote_line_ = 1, rows_ = 0;
  bool after_cr_ = false;
};

// The delimiter of a text by its first record: the one of , ; and tab that stands most often
// outside quotes; a first line "sep=;" decides (and is then no row: `skip` bytes are to be left
// out).
struct Dialect {
  char delimiter = ',';
  std::size_t skip = 0;
};
Dialect find_dialect(std::string_view beginning);

}  // namespace sealbook::importing
