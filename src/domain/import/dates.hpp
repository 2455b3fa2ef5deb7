// Dates as people and spreadsheets write them, read or refused with the reason; never guessed.
//
// Read in any order setting: 1984-03-12, 1984/3/12, 19840312, "12 Mar 1984", "March 12, 1984",
// "12 de marzo de 1984", a time of midnight behind it, and Excel's serial numbers (of the 1900
// system, or 1904 when told). 03/12/1984 needs an order; a point (12.03.1984) means day first. A
// year of two digits is refused: the century would be a guess.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

namespace sealbook::importing {

enum class DateOrder : std::uint8_t { unknown, day_first, month_first };
enum class SerialSystem : std::uint8_t { since_1900, since_1904 };

struct DateRules {
  DateOrder order = DateOrder::unknown;
  SerialSystem serial = SerialSystem::since_1900;
  bool operator==(const DateRules&) const = default;
};

struct DateFault {
  std::string_view rule;  // "format", "ambiguous", "two_digit_year", "range"
  std::string_view detail;
};
struct ReadDate {
  std::chrono::year_month_day date;
  bool was_serial = false;
};
std::expected<ReadDate, DateFault> read_date(std::string_view text, const DateRules& rules);

// What the dates of a whole column say about the order of day and month: one value with a day above
// 12 is enough, two that contradict each other leave it unknown.
class DateEvidence {
 public:
  void see(std::string_view text);
  DateOrder order() const {
    if (day_first_ == month_first_) return DateOrder::unknown;
    return day_first_ ? DateOrder::day_first : DateOrder::month_first;
  }
  bool contradicts() const { return day_first_ && month_first_; }

 private:
  bool day_first_ = false, month_first_ = false;
};

}  // namespace sealbook::importing
