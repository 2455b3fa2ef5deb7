#include "ui/booking/times_view.hpp"

#include <algorithm>

#include "ui/times.hpp"
#include "ui/words.hpp"

namespace sealbook::ui {
namespace {

using std::chrono::year_month;

Html option(std::string_view value, std::string_view text, std::string_view chosen) {
  return el("option", attr("value", value), when(value == chosen, flag("selected")), text);
}

Html select_field(std::string_view name, std::string_view label, const Html& options,
                  const Attribute& extra = {}) {
  return el("div", el("label", attr("for", name), label),
            el("select", attr("id", name), attr("name", name), extra, options));
}

Html zone_select(const PageCall& call, const Choice& choice) {
  const auto locale = call.speak.locale();
  std::vector<std::string_view> zones(common_zones().begin(), common_zones().end());
  if (std::ranges::find(zones, choice.zone.id()) == zones.end())
    zones.insert(zones.begin(), choice.zone.id());
  Html options;
  for (const std::string_view id : zones)
    options.add(option(id, zone_city(id, locale), choice.zone.id()));
  return select_field("zone", call.speak(words::your_zone), options,
                      choice.zone_known ? Attribute() : attr("data-own-zone", "unknown"));
}

// Place, person and zone; one form that asks for the page anew.
Html filters(const PageCall& call, const TimesView& view) {
  Html fields;
  if (view.choice.service) fields.add(hidden("service", view.choice.service->text()));
  if (view.choice.visit) fields.add(hidden("visit", view.choice.visit->text()));
  if (view.choice.day) fields.add(hidden("day", date_text(civil_date(*view.choice.day))));
  if (view.places.size() > 1) {
    const std::string chosen = view.choice.place ? view.choice.place->text() : "";
    Html options = option("any", call.speak(words::any_place), chosen);
    for (const auto& place : view.places) options.add(option(place.id.text(), place.name, chosen));
    fields.add(select_field("place", call.speak(words::where), options));
  }
  if (view.people.size() > 1) {
    const std::string chosen = view.choice.who ? view.choice.who->text() : "";
    Html options = option("any", call.speak(words::anybody), chosen);
    for (const auto& [id, name] : view.people) options.add(option(id.text(), name, chosen));
    fields.add(select_field("who", call.speak(words::with_whom), options));
  }
  fields.add(zone_select(call, view.choice));
  return el("details",
            el("summary",
               call.speak(view.places.size() > 1 || view.people.size() > 1 ? words::change_filters
                                                                           : words::your_zone)),
            el("form", attr("method", "get"), action(view.path),
               el("div", attr("class", "field row"), fields),
               quiet_button(call.speak(words::show_times))));
}

Html turn(const PageCall& call, const TimesView& view) {
  const auto this_month = [&] {
    const auto today = civil_date(to_local(view.now, view.choice.zone).day);
    return today.year() / today.month();
  }();
  const auto arrow = [&](year_month to, const Words& label, std::string_view sign, bool possible) {
    if (!possible) return el("span", attr("aria-hidden", "true"), sign);
    return el("a", href(view.path + view.choice.with_month(to)),
              attr("aria-label", call.speak(label)), sign);
  };
  const auto back = view.month - std::chrono::months(1),
             forth = view.month + std::chrono::months(1);
  return el("div", attr("class", "turn"), arrow(back, words::month_before, "‹", back >= this_month),
            el("strong", attr("id", "month"), month_text(view.month, call.speak.locale())),
            arrow(forth, words::month_after, "›", forth <= this_month + std::chrono::months(36)));
}

Html day_cell(const PageCall& call, const TimesView& view, LocalDay day) {
  const auto found = view.free.find(day);
  const std::string number = std::to_string(static_cast<unsigned>(civil_date(day).day()));
  if (found == view.free.end()) return el("td", el("span", number));
  const auto count = found->second.size();
  const std::string label =
      day_text(day, call.speak.locale()) + ": " +
      call.speak(count == 1 ? words::one_free_time : words::free_times, {std::to_string(count)});
  return el("td", el("a", href(view.path + view.choice.with_day(day) + "#times"),
                     attr("aria-label", label),
                     when(view.choice.day == day, attr("aria-current", "date")), number));
}

Html month_table(const PageCall& call, const TimesView& view) {
  const auto locale = call.speak.locale();
  Html head;
  for (unsigned i = 0; i < 7; ++i)
    head.add(el("th", attr("scope", "col"), attr("abbr", weekday_long(i, locale)),
                weekday_short(i, locale)));
  const LocalDay first = local_day(view.month / std::chrono::day(1));
  const LocalDay end = local_day((view.month + std::chrono::months(1)) / std::chrono::day(1));
  LocalDay day = first - std::chrono::days(std::chrono::weekday(first).iso_encoding() - 1);
  Html rows;
  while (day < end) {
    Html row;
    for (int i = 0; i < 7; ++i, day += std::chrono::days(1))
      row.add(day >= first && day < end ? day_cell(call, view, day) : el("td"));
    rows.add(el("tr", row));
  }
  return el("table", attr("class", "month"), attr("aria-labelledby", "month"),
            el("thead", el("tr", head)), el("tbody", rows));
}

Html time_link(const PageCall& call, const TimesView& view, const FreeTime& time,
               const TimeZone& place_zone) {
  const auto locale = call.speak.locale();
  const std::string own = clock_text(to_local(time.starts, view.choice.zone), locale);
  Html inside = el("time", attr("datetime", time.starts.text()), own);
  if (!same_wall_clock(view.choice.zone, place_zone, time.starts))
    inside.add(el("small", call.speak(words::at_the_place,
                                      {clock_text(to_local(time.starts, place_zone), locale)})));
  return el("li",
            el("a", href(view.next_path + view.choice.with_time(time.starts, time.place)), inside));
}

Html day_list(const PageCall& call, const TimesView& view, LocalDay day,
              const std::vector<FreeTime>& times) {
  const auto locale = call.speak.locale();
  const std::string count = call.speak(times.size() == 1 ? words::one_free_time : words::free_times,
                                       {std::to_string(times.size())});
  Html out = el("h2", attr("id", "times"), attr("tabindex", "-1"), day_text(day, locale), el("br"),
                el("span", attr("class", "soft small"),
                   count + ", " + zone_text(view.choice.zone, times.front().starts, locale)));
  for (const auto& place : view.places) {
    const auto zone = TimeZone::named(place.zone);
    Html items;
    for (const FreeTime& time : times)
      if (time.place == place.id && zone) items.add(time_link(call, view, time, *zone));
    if (items.empty()) continue;
    if (view.places.size() > 1) out.add(el("h3", place.name));
    out.add(el("ul", attr("class", "times"), items));
  }
  return out;
}

Html nothing_free(const PageCall& call, const TimesView& view) {
  Html out = el("p", call.speak(words::nothing_this_month));
  if (!view.first) return out;
  const LocalDay day = to_local(*view.first, view.choice.zone).day;
  out.add(
      el("p", el("a", attr("class", "tap"), href(view.path + view.choice.with_day(day) + "#times"),
                 call.speak(words::first_free, {day_text(day, call.speak.locale())}))));
  return out;
}

}  // namespace

Html times_view(const PageCall& call, const TimesView& view) {
  Html out = filters(call, view);
  out.add(turn(call, view));
  out.add(month_table(call, view));
  if (view.free.empty()) return out.add(nothing_free(call, view));
  const auto chosen = view.choice.day ? view.free.find(*view.choice.day) : view.free.end();
  if (chosen != view.free.end())
    return out.add(day_list(call, view, chosen->first, chosen->second));
  if (view.choice.day) out.add(note(call.speak(words::nothing_that_day)));
  return out.add(el("p", attr("class", "soft"), call.speak(words::pick_a_day)));
}

Html when_lines(const PageCall& call, Instant at, const TimeZone& place_zone) {
  const auto locale = call.speak.locale();
  const LocalDateTime local = to_local(at, place_zone);
  Html out = el("p", attr("class", "when"),
                el("time", attr("datetime", at.text()), day_text(local.day, locale), el("br"),
                   clock_text(local, locale)));
  out.add(el("p", attr("class", "soft"), zone_text(place_zone, at, locale)));
  const auto own = known_zone(call);
  if (own && !same_wall_clock(*own, place_zone, at))
    out.add(el("p", call.speak(words::for_you, {whole_text(at, *own, locale)})));
  return out;
}

}  // namespace sealbook::ui
