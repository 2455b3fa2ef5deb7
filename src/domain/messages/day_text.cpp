#include "domain/messages/day_text.hpp"

#include <algorithm>
#include <array>

#include "domain/messages/plain_text.hpp"

namespace sealbook::messages {
namespace {

// The languages' own names, written here: what the C library would say depends on the machine.
constexpr std::array<std::array<std::string_view, 7>, 2> weekdays{{
    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
    {"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
}};
constexpr std::array<std::array<std::string_view, 7>, 2> brief_weekdays{{
    {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
    {"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
}};
constexpr std::array<std::array<std::string_view, 12>, 2> months{{
    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
     "October", "November", "December"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
}};
constexpr std::array<std::array<std::string_view, 12>, 2> brief_months{{
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
}};

// Places that Spanish calls otherwise.
struct Exonym {
  std::string_view city, spanish;
};
constexpr Exonym exonyms[] = {
    {"New York", "Nueva York"},
    {"Los Angeles", "Los Ángeles"},
    {"Mexico City", "Ciudad de México"},
    {"London", "Londres"},
    {"Bogota", "Bogotá"},
    {"Panama", "Panamá"},
    {"Sao Paulo", "São Paulo"},
    {"Paris", "París"},
    {"Berlin", "Berlín"},
    {"Rome", "Roma"},
    {"Lisbon", "Lisboa"},
    {"Tokyo", "Tokio"},
    {"Havana", "La Habana"},
    {"Asuncion", "Asunción"},
    {"Merida", "Mérida"},
    {"Santo Domingo", "Santo Domingo"},
    {"Cancun", "Cancún"},
    {"Geneva", "Ginebra"},
};

// The place that a zone is named after; empty for a zone that is only an offset.
std::string city_of(const TimeZone& zone, Locale locale) {
  const std::string_view id = zone.id();
  if (id.starts_with("Etc/") || id == "UTC" || id == "GMT") return {};
  std::string city(id.substr(id.rfind('/') + 1));  // npos + 1 is 0
  std::ranges::replace(city, '_', ' ');
  const bool is_name =
      city.size() > 3 && std::ranges::all_of(city, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '-';
      });
  if (!is_name) return {};
  if (locale == Locale::es)
    for (const Exonym& exonym : exonyms)
      if (exonym.city == city) return std::string(exonym.spanish);
  return city;
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string offset_text(Instant at, const TimeZone& zone) {
  const auto minutes =
      std::chrono::duration_cast<std::chrono::minutes>(offset_at(at, zone)).count();
  if (minutes == 0) return "UTC";
  const auto size = minutes < 0 ? -minutes : minutes;
  std::string out = (minutes < 0 ? "UTC-" : "UTC+") + std::to_string(size / 60);
  if (size % 60 != 0) out += ":" + two_digits(size % 60);
  return out;
}

std::string zone_text(Instant at, const TimeZone& zone, Locale locale, TextForm form) {
  const std::string city = city_of(zone, locale);
  if (city.empty()) return offset_text(at, zone);
  if (form == TextForm::brief) {
    constexpr std::size_t longest = 16;
    if (count_characters(city) <= longest) return city;
    return offset_text(at, zone);
  }
  if (locale == Locale::es) return filled("hora de %, %", {city, offset_text(at, zone)});
  return filled("% time, %", {city, offset_text(at, zone)});
}

}  // namespace

std::string day_text(Instant at, const TimeZone& zone, Locale locale, TextForm form) {
  const LocalDay day = to_local(at, zone).day;
  const auto date = civil_date(day);
  const auto language = static_cast<std::size_t>(locale);
  const auto weekday = std::chrono::weekday(day).c_encoding();
  const unsigned month = static_cast<unsigned>(date.month()) - 1;
  const std::string number = std::to_string(static_cast<unsigned>(date.day()));
  const std::string year = std::to_string(static_cast<int>(date.year()));
  if (form == TextForm::brief) {
    const auto name = brief_weekdays[language][weekday], in = brief_months[language][month];
    return locale == Locale::es ? filled("% % %", {name, number, in})
                                : filled("% % %", {name, in, number});
  }
  const auto name = weekdays[language][weekday], in = months[language][month];
  return locale == Locale::es ? filled("%, % de % de %", {name, number, in, year})
                              : filled("%, % %, %", {name, in, number, year});
}

std::string time_text(Instant at, const TimeZone& zone, Locale locale, TextForm form) {
  const std::int32_t minute = to_local(at, zone).minute;
  const std::int32_t hour = minute / 60;
  const std::string minutes = two_digits(minute % 60);
  const std::string where = zone_text(at, zone, locale, form);
  if (locale == Locale::es) return filled("%:% (%)", {std::to_string(hour), minutes, where});
  const std::int32_t twelve = hour % 12 == 0 ? 12 : hour % 12;
  return filled("%:% % (%)", {std::to_string(twelve), minutes, hour < 12 ? "AM" : "PM", where});
}

std::string day_and_time_text(Instant at, const TimeZone& zone, Locale locale, TextForm form) {
  return day_text(at, zone, locale, form) + ", " + time_text(at, zone, locale, form);
}

}  // namespace sealbook::messages
