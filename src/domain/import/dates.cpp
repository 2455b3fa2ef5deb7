#include "domain/import/dates.hpp"

#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace sealbook::importing {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr DateFault unreadable{"format",
                               "This is not a date that can be read; write it as 1984-03-12."};
constexpr DateFault two_digits{"two_digit_year", "The year has two digits; write it with four."};
constexpr DateFault year_only{
    "ambiguous", "This is a year, or a serial number of a spreadsheet; write 1984-03-12."};
constexpr DateFault unreal{"range", "There is no such day in the calendar."};
constexpr DateFault either{
    "ambiguous", "Day and month could be either way round; say which comes first (date_order)."};

// English and Spanish, by their first three letters; "ene", "abr", "ago", "dic" are Spanish only.
constexpr std::array<std::pair<std::string_view, unsigned>, 17> month_names{{{"jan", 1},
                                                                             {"ene", 1},
                                                                             {"feb", 2},
                                                                             {"mar", 3},
                                                                             {"apr", 4},
                                                                             {"abr", 4},
                                                                             {"may", 5},
                                                                             {"jun", 6},
                                                                             {"jul", 7},
                                                                             {"aug", 8},
                                                                             {"ago", 8},
                                                                             {"sep", 9},
                                                                             {"set", 9},
                                                                             {"oct", 10},
                                                                             {"nov", 11},
                                                                             {"dec", 12},
                                                                             {"dic", 12}}};

struct Part {
  std::string text;
  int number = -1;     // digits
  unsigned month = 0;  // a word that names one
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

unsigned month_of(std::string_view word) {
  std::string lower;
  for (const char c : word) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (const auto& [name, number] : month_names)
    if (lower.starts_with(name)) return number;
  return 0;
}

std::optional<std::vector<Part>> split(std::string_view text, char& separator) {
  std::vector<Part> parts;
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t from = i;
    if (is_digit(text[i])) {
      while (i < text.size() && is_digit(text[i])) ++i;
      if (i - from > 8) return std::nullopt;
      Part part{std::string(text.substr(from, i - from))};
      std::from_chars(part.text.data(), part.text.data() + part.text.size(), part.number);
      parts.push_back(std::move(part));
    } else if (is_letter(text[i])) {
      while (i < text.size() && is_letter(text[i])) ++i;
      Part part{std::string(text.substr(from, i - from))};
      if (part.text == "de" || part.text == "del" || part.text == "of") continue;
      if (part.text == "st" || part.text == "nd" || part.text == "rd" || part.text == "th")
        continue;
      part.month = month_of(part.text);
      if (part.month == 0) return std::nullopt;
      parts.push_back(std::move(part));
    } else if (std::string_view("-/. ,").find(text[i]) != std::string_view::npos) {
      if (text[i] != ' ' && text[i] != ',' && separator == 0) separator = text[i];
      ++i;
    } else {
      return std::nullopt;
    }
    if (parts.size() > 3) return std::nullopt;
  }
  return parts;
}

// Takes off a time of midnight, as spreadsheets add it.
std::string_view without_time(std::string_view text) {
  for (const std::string_view tail :
       {"T00:00:00Z", "T00:00:00", " 00:00:00", " 00:00", " 0:00", " 12:00:00 AM", " 12:00 AM"})
    if (text.ends_with(tail)) return text.substr(0, text.size() - tail.size());
  return text;
}

std::expected<ReadDate, DateFault> real(int y, unsigned m, int d) {
  const year_month_day date{year(y), month(m), day(static_cast<unsigned>(d))};
  if (!date.ok()) return std::unexpected(unreal);
  return ReadDate{date};
}

std::expected<ReadDate, DateFault> from_serial(std::string_view digits, SerialSystem system) {
  int serial = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), serial);
  // Excel's 1900 system counts a 29 February 1900 that never was: from 1 March on, day 0 is
  // 1899-12-30.
  if (system == SerialSystem::since_1900 && serial == 60) return std::unexpected(unreal);
  const auto zero = system == SerialSystem::since_1904 ? std::chrono::sys_days(year(1904) / 1 / 1)
                    : serial < 60                      ? std::chrono::sys_days(year(1899) / 12 / 31)
                                  : std::chrono::sys_days(year(1899) / 12 / 30);
  return ReadDate{year_month_day(zero + std::chrono::days(serial)), true};
}

std::expected<ReadDate, DateFault> numbers(const std::vector<Part>& p, char separator,
                                           DateOrder order) {
  if (p[0].text.size() == 4) {
    if (p[1].text.size() > 2 || p[2].text.size() > 2) return std::unexpected(unreadable);
    return real(p[0].number, static_cast<unsigned>(p[1].number), p[2].number);
  }
  if (p[0].text.size() > 2 || p[1].text.size() > 2) return std::unexpected(unreadable);
  if (p[2].text.size() == 2) return std::unexpected(two_digits);
  if (p[2].text.size() != 4) return std::unexpected(unreadable);
  const int a = p[0].number, b = p[1].number;
  if (separator == '.') order = DateOrder::day_first;
  if (order == DateOrder::unknown) {
    if (a > 12 && b <= 12) order = DateOrder::day_first;
    else if (b > 12 && a <= 12) order = DateOrder::month_first;
    else if (a == b) order = DateOrder::day_first;
    else return std::unexpected(a > 12 ? unreal : either);
  }
  return order == DateOrder::day_first ? real(p[2].number, static_cast<unsigned>(b), a)
                                       : real(p[2].number, static_cast<unsigned>(a), b);
}

std::expected<ReadDate, DateFault> with_month_name(const std::vector<Part>& p) {
  const std::size_t named = p[0].month != 0 ? 0 : 1;
  if (p[named].month == 0) return std::unexpected(unreadable);
  const Part& other = p[1 - named];
  if (other.number < 0 || p[2].number < 0) return std::unexpected(unreadable);
  if (p[2].text.size() == 2 && other.text.size() <= 2) return std::unexpected(two_digits);
  if (other.text.size() == 4) return real(other.number, p[named].month, p[2].number);
  if (p[2].text.size() != 4 || other.text.size() > 2) return std::unexpected(unreadable);
  return real(p[2].number, p[named].month, other.number);
}

}  // namespace

std::expected<ReadDate, DateFault> read_date(std::string_view text, const DateRules& rules) {
  text = without_time(text);
  char separator = 0;
  if (text.ends_with(".0") && text.find('.') == text.size() - 2 && text.size() <= 8)
    text.remove_suffix(2);  // a serial number that was written as a decimal
  const auto parts = split(text, separator);
  if (!parts || parts->empty()) return std::unexpected(unreadable);
  const auto& p = *parts;
  if (p.size() == 1 && p[0].number >= 0) {
    if (p[0].text.size() == 8)
      return real(p[0].number / 10000, static_cast<unsigned>(p[0].number / 100 % 100),
                  p[0].number % 100);
    if (p[0].text.size() == 4 && p[0].number >= 1850 && p[0].number <= 2100)
      return std::unexpected(year_only);
    if (p[0].text.size() >= 3 && p[0].text.size() <= 5) return from_serial(p[0].text, rules.serial);
    return std::unexpected(unreadable);
  }
  if (p.size() != 3) return std::unexpected(unreadable);
  for (const Part& part : p)
    if (part.month != 0) return with_month_name(p);
  return numbers(p, separator, rules.order);
}

void DateEvidence::see(std::string_view text) {
  char separator = 0;
  const auto parts = split(without_time(text), separator);
  if (!parts || parts->size() != 3 || separator == '.') return;
  const auto& p = *parts;
  if (p[0].number < 0 || p[1].number < 0 || p[0].text.size() > 2 || p[1].text.size() > 2) return;
  if (p[0].number > 12 && p[1].number <= 12) day_first_ = true;
  if (p[1].number > 12 && p[0].number <= 12) month_first_ = true;
}

}  // namespace sealbook::importing
