#include "domain/calendar/feed_ics.hpp"

#include "domain/calendar/content_lines.hpp"
#include "domain/calendar/visit_ics.hpp"

namespace sealbook::calendar {

std::string feed_ics(std::span<const FeedEntry> entries, FeedWording wording,
                     messages::Locale locale) {
  const std::string_view busy = locale == messages::Locale::es ? "Ocupado" : "Busy";
  const std::string_view title = wording == FeedWording::busy ? busy : neutral_summary(locale);
  ContentLines out;
  out.begin("VCALENDAR");
  out.value("VERSION", "2.0");
  out.value("PRODID", "-//sealbook//sealbook//EN");
  out.value("CALSCALE", "GREGORIAN");
  out.text("NAME", title);
  out.text("X-WR-CALNAME", title);  // what clients before RFC 7986 show
  out.value("REFRESH-INTERVAL", "PT2H", {{"VALUE", "DURATION"}});
  for (const FeedEntry& entry : entries) {
    out.begin("VEVENT");
    out.value("UID", entry.uid);
    out.value("SEQUENCE", std::to_string(entry.sequence));
    out.value("DTSTAMP", utc_text(entry.stamp));
    out.value("DTSTART", utc_text(entry.when.starts));
    out.value("DTEND", utc_text(entry.when.ends));
    out.text("SUMMARY", title);
    out.value("CLASS", "PRIVATE");
    out.value("TRANSP", "OPAQUE");
    out.end("VEVENT");
  }
  out.end("VCALENDAR");
  return out.take();
}

}  // namespace sealbook::calendar
