// The view in which a time is chosen: a month whose days say how many times are free, and the list
// of the chosen day. Everything is links and one form, so that it works without a script, with a
// keyboard and with a screen reader: choosing a day moves the focus to its heading, which says the
// day and the number of free times (FIELD 2.28).
#pragma once

#include "ui/booking/choice.hpp"

namespace sealbook::ui {

struct TimesView {
  std::string path;       // of this view
  std::string next_path;  // where a chosen time leads
  Choice choice;
  std::chrono::year_month month;
  FreeDays free;
  std::vector<app::links::PlaceOnPage> places;
  std::vector<std::pair<ResourceId, std::string>> people;  // to choose from; empty: no choice
  Instant now;
  std::optional<Instant> first;  // the first opening from now, when the month has none
};

Html times_view(const PageCall& call, const TimesView& view);

// A clinic's time, and the reader's own where its clock differs: two lines at most.
Html when_lines(const PageCall& call, Instant at, const TimeZone& place_zone);

}  // namespace sealbook::ui
