#include "ui/times.hpp"

#include <array>

namespace sealbook::ui {
namespace {

constexpr std::array<Words, 7> weekdays{{{"Monday", "lunes"},
                                         {"Tuesday", "martes"},
                                         {"Wednesday", "miércoles"},
                                         {"Thursday", "jueves"},
                                         {"Friday", "viernes"},
                                         {"Saturday", "sábado"},
                                         {"Sunday", "domingo"}}};
constexpr std::array<Words, 7> short_weekdays{{{"Mon", "lun"},
                                               {"Tue", "mar"},
                                               {"Wed", "mié"},
                                               {"Thu", "jue"},
                                               {"Fri", "vie"},
                                               {"Sat", "sáb"},
                                               {"Sun", "dom"}}};
constexpr std::array<Words, 12> months{{{"January", "enero"},
                                        {"February", "febrero"},
                                        {"March", "marzo"},
                                        {"April", "abril"},
                                        {"May", "mayo"},
                                        {"June", "junio"},
                                        {"July", "julio"},
                                        {"August", "agosto"},
                                        {"September", "septiembre"},
                                        {"October", "octubre"},
                                        {"November", "noviembre"},
                                        {"December", "diciembre"}}};

// Cities that Spanish calls otherwise; the rest is the zone's own name.
struct City {
  std::string_view zone, name;
};
constexpr std::array spanish_cities{City{"America/New_York", "Nueva York"},
                                    City{"America/Los_Angeles", "Los Ángeles"},
                                    City{"America/Mexico_City", "Ciudad de México"},
                                    City{"America/Bogota", "Bogotá"},
                                    City{"Europe/London", "Londres"},
                                    City{"Europe/Paris", "París"},
                                    City{"Europe/Berlin", "Berlín"},
                                    City{"Europe/Rome", "Roma"},
                                    City{"Europe/Lisbon", "Lisboa"},
                                    City{"Asia/Tokyo", "Tokio"},
                                    City{"Australia/Sydney", "Sídney"},
                                    City{"America/Sao_Paulo", "São Paulo"}};

constexpr std::array<std::string_view, 40> zones{"Pacific/Honolulu",
                                                 "America/Anchorage",
                                                 "America/Los_Angeles",
                                                 "America/Phoenix",
                                                 "America/Denver",
                                                 "America/Chicago",
                                                 "America/Mexico_City",
                                                 "America/Bogota",
                                                 "America/Lima",
                                                 "America/New_York",
                                                 "America/Toronto",
                                                 "America/Caracas",
                                                 "America/Halifax",
                                                 "America/Puerto_Rico",
                                                 "America/Santiago",
                                                 "America/St_Johns",
                                                 "America/Argentina/Buenos_Aires",
                                                 "America/Sao_Paulo",
                                                 "Atlantic/Azores",
                                                 "Atlantic/Canary",
                                                 "Europe/London",
                                                 "Europe/Lisbon",
                                                 "Europe/Madrid",
                                                 "Europe/Paris",
                                                 "Europe/Berlin",
                                                 "Europe/Rome",
                                                 "Europe/Athens",
                                                 "Africa/Cairo",
                                                 "Africa/Johannesburg",
                                                 "Europe/Istanbul",
                                                 "Africa/Nairobi",
                                                 "Asia/Dubai",
                                                 "Asia/Karachi",
                                                 "Asia/Kolkata",
                                                 "Asia/Bangkok",
                                                 "Asia/Shanghai",
                                                 "Asia/Manila",
                                                 "Asia/Tokyo",
                                                 "Australia/Sydney",
                                                 "Pacific/Auckland"};

unsigned from_monday(LocalDay day) { return std::chrono::weekday(day).iso_encoding() - 1; }

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string_view weekday_short(unsigned day_from_monday, Locale locale) {
  return Speaker(locale)(short_weekdays[day_from_monday % 7]);
}
std::string_view weekday_long(unsigned day_from_monday, Locale locale) {
  return Speaker(locale)(weekdays[day_from_monday % 7]);
}

std::string day_text(LocalDay day, Locale locale) {
  const auto date = civil_date(day);
  const std::string number = std::to_string(static_cast<unsigned>(date.day()));
  const std::string_view month = Speaker(locale)(months[static_cast<unsigned>(date.month()) - 1]);
  const std::string_view weekday = weekday_long(from_monday(day), locale);
  return Speaker(locale)(Words{"{}, {} ", "{}, {} de "},
                         {weekday, locale == Locale::es ? std::string_view(number) : month}) +
         (locale == Locale::es ? std::string(month) : number);
}

std::string month_text(std::chrono::year_month month, Locale locale) {
  return Speaker(locale)(Words{"{} {}", "{} de {}"},
                         {Speaker(locale)(months[static_cast<unsigned>(month.month()) - 1]),
                          std::to_string(static_cast<int>(month.year()))});
}

std::string clock_text(LocalDateTime local, Locale locale) {
  const int minute = ((local.minute % 1440) + 1440) % 1440;
  const int hour = minute / 60;
  if (locale == Locale::es) return std::to_string(hour) + ":" + two_digits(minute % 60);
  const int twelve = hour % 12 == 0 ? 12 : hour % 12;
  return std::to_string(twelve) + ":" + two_digits(minute % 60) + (hour < 12 ? " AM" : " PM");
}

std::string zone_city(std::string_view iana_id, Locale locale) {
  if (locale == Locale::es)
    for (const City& city : spanish_cities)
      if (city.zone == iana_id) return std::string(city.name);
  std::string name(iana_id.substr(iana_id.rfind('/') + 1));
  for (char& c : name)
    if (c == '_') c = ' ';
  return name;
}

std::string zone_text(const TimeZone& zone, Instant at, Locale locale) {
  const auto minutes = static_cast<int>(offset_at(at, zone).count() / 60);
  const int size = minutes < 0 ? -minutes : minutes;
  std::string offset = "UTC";
  if (size != 0) offset += (minutes < 0 ? "−" : "+") + std::to_string(size / 60);
  if (size % 60 != 0) offset += ":" + two_digits(size % 60);
  return Speaker(locale)(Words{"{} time ({})", "hora de {} ({})"},
                         {zone_city(zone.id(), locale), offset});
}

std::string whole_text(Instant at, const TimeZone& zone, Locale locale) {
  const LocalDateTime local = to_local(at, zone);
  return day_text(local.day, locale) + ", " + clock_text(local, locale) + ", " +
         zone_text(zone, at, locale);
}

bool same_wall_clock(const TimeZone& a, const TimeZone& b, Instant at) {
  return offset_at(at, a) == offset_at(at, b);
}

std::span<const std::string_view> common_zones() { return zones; }

}  // namespace sealbook::ui
