#include <algorithm>

#include "ui/booking/times_view.hpp"
#include "ui/links/here.hpp"
#include "ui/times.hpp"
#include "ui/words.hpp"

namespace sealbook::ui {
namespace links = app::links;

Shell message_shell(const app::Tenant& tenant, std::string_view title) {
  const auto profile = tenant.profile();
  return {
      .title = std::string(title), .organisation = profile->message_name, .phone = profile->phone};
}

const links::VisitOnPage* find_visit(const links::PersonPage& person,
                                     const std::optional<AppointmentId>& id) {
  const auto found =
      std::ranges::find_if(person.visits, [&](const auto& visit) { return id == visit.id; });
  return found == person.visits.end() ? nullptr : &*found;
}

TimeZone zone_named_or_utc(std::string_view id) {
  const auto zone = TimeZone::named(id);
  return zone ? *zone : TimeZone::utc();
}

Html visit_card(const PageCall& call, const links::VisitOnPage& visit, const Html& below) {
  Html facts;
  const auto fact = [&](const Words& name, std::string_view value) {
    if (!value.empty()) facts.add(el("dt", call.speak(name))).add(el("dd", value));
  };
  fact(words::what, visit.service_name);
  fact(words::where, visit.location_name);
  fact(words::who_with, visit.practitioner_name);
  Html out = when_lines(call, visit.when.starts, zone_named_or_utc(visit.zone));
  out.add(el("dl", attr("class", "facts"), facts));
  if (visit.answer == storage::PatientStatus::accepted)
    out.add(el("p", attr("class", "soft"), call.speak(words::accepted)));
  if (visit.answer == storage::PatientStatus::declined)
    out.add(el("p", attr("class", "soft"), call.speak(words::cannot)));
  return el("div", attr("class", "card"), out, below);
}

namespace {

Html visit_with_actions(const PageCall& call, const links::VisitOnPage& visit,
                        const std::string& base) {
  const auto& speak = call.speak;
  if (!visit.may_change) return visit_card(call, visit, el("p", speak(words::too_late)));
  Choice choice;
  choice.service = visit.service;
  choice.visit = visit.id;
  Html actions = link_button(base + "/times" + choice.query(), speak(words::move));
  Choice only_visit;
  only_visit.visit = visit.id;
  actions.add(el("a", attr("class", "button quiet"), href(base + "/cancel" + only_visit.query()),
                 speak(words::cancel)));
  Html below = el("div", attr("class", "actions"), actions);
  if (visit.answer == storage::PatientStatus::needs_action)
    below.add(post_form(call, base + "/answer",
                        hidden("answer", "coming").add(quiet_button(speak(words::i_come)))));
  below.add(
      el("p", attr("class", "soft small"),
         speak(words::change_until,
               {whole_text(visit.change_until, zone_named_or_utc(visit.zone), speak.locale())})));
  return visit_card(call, visit, below);
}

Html services_to_book(const PageCall& call, const links::PersonPage& person,
                      const std::string& base) {
  Html items;
  for (const auto& service : person.services) {
    Choice choice;
    choice.service = service.id;
    items.add(
        el("li", el("a", attr("class", "choice"), href(base + "/times" + choice.query()),
                    el("strong", service.name), service.description, " ",
                    el("span", attr("class", "soft"),
                       call.speak(words::minutes, {std::to_string(service.duration_minutes)})))));
  }
  return el("h2", call.speak(words::book_one)).add(el("ul", attr("class", "list"), items));
}

const Words& sent_word(messages::Purpose purpose) {
  using enum messages::Purpose;
  switch (purpose) {
    case confirmation: return words::sent_confirmation;
    case change: return words::sent_change;
    case cancellation: return words::sent_cancellation;
    case reminder: return words::sent_reminder;
    case invitation:
    case invitation_again:
    case code: break;
  }
  return words::sent_invitation;
}

// What was sent when, on the clock of the place.
Html sent_list(const PageCall& call, const links::PersonPage& person) {
  const TimeZone zone =
      zone_named_or_utc(person.places.empty() ? "UTC" : person.places.front().zone);
  Html items;
  for (const auto& sent : person.sent)
    items.add(el("dt", call.speak(sent_word(sent.purpose))))
        .add(el("dd", whole_text(sent.at, zone, call.speak.locale())));
  return el("details", el("summary", call.speak(words::sent_to_you)),
            el("dl", attr("class", "facts"), items));
}

const links::PlaceOnPage* find_place(const links::PersonPage& person, const LocationId& id) {
  const auto found =
      std::ranges::find_if(person.places, [&](const auto& place) { return place.id == id; });
  return found == person.places.end() ? nullptr : &*found;
}

// A time that was picked before the code, ready to be confirmed.
Html picked(const PageCall& call, const app::Tenant& tenant, const links::PersonPage& person,
            const std::string& base, Instant now) {
  const auto offer = app::open_offer(*tenant.keys(), *person.chosen_offer, now);
  if (!offer) return note(call.speak(words::picked_gone));
  const auto* place = find_place(person, offer->location);
  Html card =
      when_lines(call, offer->starts, zone_named_or_utc(place != nullptr ? place->zone : "UTC"));
  if (place != nullptr) card.add(el("p", place->name));
  card.add(post_form(
      call, base + "/book",
      hidden("offer", *person.chosen_offer).add(button(call.speak(words::confirm_book)))));
  return el("h2", call.speak(words::picked)).add(el("div", attr("class", "card"), card));
}

TimeZone first_zone(const links::PersonPage& person, const std::optional<LocationId>& place) {
  for (const auto& each : person.places)
    if (!place || each.id == *place) return zone_named_or_utc(each.zone);
  return TimeZone::utc();
}

}  // namespace

net::HttpResponse LinkPages::home(const PageCall& call, const Here& here) const {
  const auto& speak = call.speak;
  const auto& person = here.person;
  Shell shell = here.shell;
  shell.title = std::string(speak(person.visits.empty() ? words::book_one : words::your_visits));
  Html main;
  if (!person.event_name.empty()) main.add(heading(person.event_name));
  else main.add(heading(speak(words::your_visits)));
  Html greeting;
  greeting.add(speak(words::hello, {""}));
  main.add(el("p", greeting, person.given_name, "."));
  if (person.declined) main.add(note(speak(words::declined)));
  if (person.chosen_offer)
    main.add(picked(call, *here.session->tenant(), person, here.base, app_.store.now()));
  if (!person.visits.empty()) {
    if (!person.event_name.empty())
      main.add(el("h2", speak(person.visits.size() == 1 ? words::your_visit : words::your_visits)));
    for (const auto& visit : person.visits) main.add(visit_with_actions(call, visit, here.base));
  } else if (!person.chosen_offer) {
    main.add(el("p", speak(words::no_visit)));
  }
  if (person.visits_left > 0 && !person.services.empty())
    main.add(services_to_book(call, person, here.base));
  if (!person.sent.empty()) main.add(sent_list(call, person));
  Html last;
  if (!person.event_name.empty() && !person.declined)
    last.add(
        el("a", attr("class", "button quiet"), href(here.path("decline")), speak(words::decline)));
  last.add(post_form(call, here.path("leave"), quiet_button(speak(words::leave))));
  main.add(el("div", attr("class", "actions last"), last));
  return page(call, 200, shell, main);
}

net::HttpResponse LinkPages::times(const PageCall& call, const Here& here) const {
  const auto& person = here.person;
  const Choice chosen = read_choice(call, TimeZone::utc());
  TimesView view{.path = here.path("times"),
                 .next_path = here.path("confirm"),
                 .choice = read_choice(call, first_zone(person, chosen.place)),
                 .month = {},
                 .free = {},
                 .places = person.places,
                 .people = {},
                 .now = app_.store.now(),
                 .first = {}};
  const auto* visit = find_visit(person, view.choice.visit);
  if (visit != nullptr) view.choice.service = visit->service;
  if (!view.choice.service && person.services.size() == 1)
    view.choice.service = person.services.front().id;
  if (!view.choice.service) return see_other(here.path("home"));
  view.people = people_of(*here.session->tenant()->organisation(), *view.choice.service, view.now);
  std::erase_if(view.places, [&](const auto& place) {
    return std::ranges::find(place.services, *view.choice.service) == place.services.end();
  });
  links::WantedOpenings wanted{.service = view.choice.service,
                               .from = view.now,
                               .to = {},
                               .location = view.choice.place,
                               .practitioners = {},
                               .limit = 1,
                               .after = {}};
  if (view.choice.who) wanted.practitioners = {*view.choice.who};
  const auto first = links::openings(app_, *here.session, wanted);
  if (!first) return explain(call, here.shell, first.error(), here.path("home"));
  if (!first->openings.empty()) view.first = first->openings.front().when.starts;
  view.month = month_to_show(view.choice, view.first, view.now);
  const Interval span = interval_of(view.month, view.choice.zone);
  wanted.from = std::max(span.starts, view.now);
  wanted.to = span.ends;
  wanted.limit = most_openings_of_a_month;
  wanted.with_offers = false;
  if (span.ends > view.now)
    if (const auto found = links::openings(app_, *here.session, wanted))
      view.free = by_day(*found, view.choice.zone);
  Shell shell = here.shell;
  shell.title =
      std::string(call.speak(visit != nullptr ? words::choose_new_time : words::choose_time));
  shell.script = "pages/zone.js";
  Html main = heading(shell.title);
  if (call.query.get("said") == "taken") main.add(alarm(call.speak(words::taken)));
  if (visit != nullptr)
    main.add(el(
        "p", attr("class", "soft"),
        call.speak(words::until_now, {whole_text(visit->when.starts, zone_named_or_utc(visit->zone),
                                                 call.speak.locale())})));
  main.add(view.first ? times_view(call, view) : el("p", call.speak(words::nothing_at_all)));
  main.add(el(
      "p", el("a", attr("class", "tap"), href(here.path("home")), call.speak(words::to_overview))));
  auto response = page(call, 200, shell, main);
  remember_zone(call, response);
  return response;
}

net::HttpResponse LinkPages::confirm(const PageCall& call, const Here& here) const {
  const Choice choice = read_choice(call, TimeZone::utc());
  const auto* visit = find_visit(here.person, choice.visit);
  const std::string again = here.path("times") + choice.query();
  const std::string gone = again + (choice.query().empty() ? "?" : "&") + "said=taken";
  if (!choice.at || !choice.place) return see_other(again);
  links::WantedOpenings wanted{.service = visit != nullptr ? visit->service : choice.service,
                               .from = choice.at,
                               .to = *choice.at + std::chrono::minutes(1),
                               .location = choice.place,
                               .practitioners = {},
                               .limit = 1,
                               .after = {}};
  if (choice.who) wanted.practitioners = {*choice.who};
  const auto found = links::openings(app_, *here.session, wanted);
  if (!found || found->openings.empty()) return see_other(gone);
  const auto& opening = found->openings.front();
  const auto& speak = call.speak;
  Shell shell = here.shell;
  shell.title =
      std::string(speak(visit != nullptr ? words::confirm_move_title : words::confirm_title));
  links::VisitOnPage shown;
  shown.when = opening.when;
  shown.zone = std::string(opening.zone);
  for (const auto& service : here.person.services)
    if (wanted.service == service.id) shown.service_name = service.name;
  if (visit != nullptr) shown.service_name = visit->service_name;
  if (const auto* place = find_place(here.person, opening.location))
    shown.location_name = place->name;
  if (opening.practitioner)
    if (const auto* who =
            here.session->tenant()->organisation()->find_resource(*opening.practitioner))
      shown.practitioner_name = who->name;
  Html fields = hidden("offer", opening.offer).add(hidden("again", again));
  if (visit != nullptr) fields.add(hidden("visit", visit->id.text()));
  fields.add(button(speak(visit != nullptr ? words::confirm_move : words::confirm_book)));
  Html main = heading(shell.title);
  main.add(visit_card(call, shown,
                      post_form(call, here.path(visit != nullptr ? "move" : "book"), fields)));
  main.add(el("p", el("a", attr("class", "tap"), href(again), speak(words::another_time))));
  return page(call, 200, shell, main);
}

net::HttpResponse LinkPages::done(const PageCall& call, const Here& here) const {
  const auto& speak = call.speak;
  const std::string_view what = call.query.get("what");
  const Words& title = what == "moved"       ? words::done_moved
                       : what == "cancelled" ? words::done_cancelled
                       : what == "declined"  ? words::decline_done
                                             : words::done_booked;
  Shell shell = here.shell;
  shell.title = std::string(speak(title));
  Html main = heading(shell.title);
  const auto* visit = find_visit(here.person, AppointmentId::parse(call.query.get("visit")));
  if (visit != nullptr) main.add(visit_card(call, *visit, {}));
  if (what != "declined") main.add(el("p", attr("class", "soft"), speak(words::done_mail)));
  main.add(el("p", el("a", attr("class", "button quiet"), href(here.path("home")),
                      speak(words::to_overview))));
  return page(call, 200, shell, main);
}

}  // namespace sealbook::ui
