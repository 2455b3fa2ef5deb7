#include "base/instant.hpp"

namespace sealbook {
namespace {

// Reads exactly `width` digits at the front of `text` and removes them.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::year_month_day> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<std::int64_t> take_clock_micros(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  std::int64_t micros = ((*hour * 60LL + *minute) * 60 + *second) * 1'000'000;
  if (take(text, '.')) {
    std::int64_t scale = 100'000;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits, scale /= 10)
      micros += (text[digits] - '0') * scale;
    if (digits == 0 || digits > 9) return std::nullopt;
    text.remove_prefix(digits);
  }
  return micros;
}

std::optional<std::int64_t> take_offset_minutes(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool negative = !text.empty() && text.front() == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::int64_t offset = *hours * 60LL + *minutes;
  return negative ? -offset : offset;
}

void append_padded(std::string& out, std::int64_t value, int width) {
  char digits[20];
  int n = 0;
  do {
    digits[n++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  for (int i = n; i < width; ++i) out += '0';
  while (n > 0) out += digits[--n];
}

}  // namespace

std::optional<Instant> Instant::parse(std::string_view text) {
  const auto date = take_date(text);
  if (!date || date->year() < std::chrono::year(1970)) return std::nullopt;
  if (!take(text, 'T') && !take(text, 't')) return std::nullopt;
  const auto clock = take_clock_micros(text);
  if (!clock) return std::nullopt;
  const auto offset = take_offset_minutes(text);
  if (!offset || !text.empty()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(*date).time_since_epoch().count();
  return from_micros(days * 86'400'000'000 + *clock - *offset * 60'000'000);
}

std::string Instant::text() const {
  std::string out;
  append_to(out);
  return out;
}

void Instant::append_to(std::string& out) const {
  const std::int64_t total = seconds();
  const std::int64_t fraction = micros_ - total * 1'000'000;
  const std::int64_t day = floor_div(total, 86'400);
  const std::int64_t clock = total - day * 86'400;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  append_padded(out, static_cast<int>(date.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  append_padded(out, clock / 3600, 2);
  out += ':';
  append_padded(out, clock / 60 % 60, 2);
  out += ':';
  append_padded(out, clock % 60, 2);
  if (fraction != 0) {
    out += '.';
    append_padded(out, fraction, 6);
  }
  out += 'Z';
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return date && text.empty() ? date : std::nullopt;
}

std::string date_text(std::chrono::year_month_day date) {
  std::string out;
  append_padded(out, static_cast<int>(date.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.day()), 2);
  return out;
}

}  // namespace sealbook
