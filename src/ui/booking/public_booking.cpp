#include "ui/booking/public_booking.hpp"

#include <algorithm>

#include "ui/booking/person_form.hpp"
#include "ui/booking/times_view.hpp"
#include "ui/times.hpp"
#include "ui/words.hpp"

namespace sealbook::ui {
namespace links = app::links;

struct PublicBooking::Here {
  std::shared_ptr<app::Tenant> tenant;
  Shell shell;
  std::string path;  // "/t/{slug}/"
};

namespace {

const links::ServiceOnPage* find(const std::vector<links::ServiceOnPage>& services,
                                 const std::optional<ServiceId>& id) {
  const auto found = std::ranges::find_if(services, [&](const auto& s) { return id == s.id; });
  return found == services.end() ? nullptr : &*found;
}

TimeZone zone_of(const std::vector<links::PlaceOnPage>& places,
                 const std::optional<LocationId>& id) {
  for (const auto& place : places)
    if (!id || place.id == *id)
      if (const auto zone = TimeZone::named(place.zone)) return *zone;
  return TimeZone::utc();
}

std::string name_of(const std::vector<links::PlaceOnPage>& places, const LocationId& id) {
  for (const auto& place : places)
    if (place.id == id) return place.name;
  return {};
}

}  // namespace

PageAnswer PublicBooking::answer(const PageCall& call) const {
  Here here{app_.tenants.find_by_slug(call.step(1)), {}, {}};
  if (!here.tenant) {
    Html main = heading(call.speak(words::no_page_title));
    main.add(el("p", call.speak(words::no_page)));
    return {page(
        call, 404,
        {.title = std::string(call.speak(words::no_page_title)), .organisation = {}, .phone = {}},
        main)};
  }
  const auto profile = here.tenant->profile();
  here.shell = {.title = std::string(call.speak(words::book_title)),
                .organisation = profile->name,
                .phone = profile->phone};
  here.path = "/t/" + profile->slug + "/";
  const std::string_view what = call.step(2);
  if (what.empty()) {
    if (!call.request.path.ends_with('/')) return {see_other(here.path)};
    return {front(call, here)};
  }
  if (!app_.store.journal_healthy()) {
    Html main = heading(call.speak(words::unavailable_title));
    main.add(el("p", call.speak(words::unavailable)));
    return {page(call, 503, here.shell, main)};
  }
  if (what == "times") return {times(call, here)};
  if (what == "details") return {call.is_post() ? start(call, here) : details(call, here)};
  Html main = heading(call.speak(words::no_page_title));
  main.add(el("p", el("a", href(here.path), call.speak(words::book_title))));
  return {page(call, 404, here.shell, main)};
}

net::HttpResponse PublicBooking::front(const PageCall& call, const Here& here) const {
  Html main = heading(here.shell.organisation);
  if (!app_.store.journal_healthy()) {
    main.add(alarm(call.speak(words::unavailable)));
    return page(call, 200, here.shell, main);
  }
  const auto services = links::public_services(app_, *here.tenant);
  if (services.empty()) {
    main.add(el("p", call.speak(words::no_public_services)));
    return page(call, 200, here.shell, main);
  }
  main.add(el("p", call.speak(words::what_for)));
  Html items;
  for (const auto& service : services) {
    Choice choice;
    choice.service = service.id;
    items.add(
        el("li", el("a", attr("class", "choice"), href(here.path + "times" + choice.query()),
                    el("strong", service.name), service.description, " ",
                    el("span", attr("class", "soft"),
                       call.speak(words::minutes, {std::to_string(service.duration_minutes)})))));
  }
  main.add(el("ul", attr("class", "list"), items));
  return page(call, 200, here.shell, main);
}

net::HttpResponse PublicBooking::times(const PageCall& call, const Here& here) const {
  const auto services = links::public_services(app_, *here.tenant);
  const auto* service = find(services, read_choice(call, TimeZone::utc()).service);
  if (service == nullptr) return see_other(here.path);
  const auto places = links::public_places(app_, *here.tenant, service->id);
  TimesView view{
      .path = here.path + "times",
      .next_path = here.path + "details",
      .choice = read_choice(call, zone_of(places, read_choice(call, TimeZone::utc()).place)),
      .month = {},
      .free = {},
      .places = places,
      .people = people_of(*here.tenant->organisation(), service->id, app_.store.now()),
      .now = app_.store.now(),
      .first = {}};
  links::WantedOpenings wanted{.service = service->id,
                               .from = view.now,
                               .to = {},
                               .location = view.choice.place,
                               .practitioners = {},
                               .limit = 1,
                               .after = {}};
  if (view.choice.who) wanted.practitioners = {*view.choice.who};
  const auto first = links::public_openings(app_, here.tenant, wanted);
  if (first && !first->openings.empty()) view.first = first->openings.front().when.starts;
  view.month = month_to_show(view.choice, view.first, view.now);
  const Interval span = interval_of(view.month, view.choice.zone);
  wanted.from = std::max(span.starts, view.now);
  wanted.to = span.ends;
  wanted.limit = most_openings_of_a_month;
  wanted.with_offers = false;
  if (span.ends > view.now)
    if (const auto found = links::public_openings(app_, here.tenant, wanted))
      view.free = by_day(*found, view.choice.zone);
  Shell shell = here.shell;
  shell.title = std::string(call.speak(words::choose_time));
  shell.script = "pages/zone.js";
  Html main = heading(shell.title);
  if (call.query.get("said") == "taken") main.add(alarm(call.speak(words::taken)));
  main.add(el("p", el("strong", service->name), ", ",
              call.speak(words::minutes, {std::to_string(service->duration_minutes)})));
  main.add(view.first ? times_view(call, view) : el("p", call.speak(words::nothing_at_all)));
  auto response = page(call, 200, shell, main);
  remember_zone(call, response);
  return response;
}

namespace {

// The opening that begins at the chosen time and place; nothing when it is gone.
std::optional<app::FoundOpening> opening_at(app::App& app,
                                            const std::shared_ptr<app::Tenant>& tenant,
                                            const Choice& choice) {
  if (!choice.service || !choice.at || !choice.place) return std::nullopt;
  links::WantedOpenings wanted{.service = choice.service,
                               .from = choice.at,
                               .to = *choice.at + std::chrono::minutes(1),
                               .location = choice.place,
                               .practitioners = {},
                               .limit = 1,
                               .after = {}};
  if (choice.who) wanted.practitioners = {*choice.who};
  const auto found = links::public_openings(app, tenant, wanted);
  if (!found || found->openings.empty()) return std::nullopt;
  return found->openings.front();
}

}  // namespace

net::HttpResponse PublicBooking::details(const PageCall& call, const Here& here) const {
  const Choice choice = read_choice(call, TimeZone::utc());
  const auto opening = opening_at(app_, here.tenant, choice);
  if (!opening)
    return see_other(here.path + "times" + choice.query() + (choice.query().empty() ? "?" : "&") +
                     "said=taken");
  const auto services = links::public_services(app_, *here.tenant);
  const auto* service = find(services, choice.service);
  if (service == nullptr) return see_other(here.path);
  const auto places = links::public_places(app_, *here.tenant, service->id);
  Shell shell = here.shell;
  shell.title = std::string(call.speak(words::about_you));
  shell.script = "pages/work.js";
  PersonForm form;
  form.path = here.path + "details";
  form.offer = opening->offer;
  form.again = here.path + "times" + choice.query();
  form.visit =
      el("div", attr("class", "card"),
         when_lines(call, opening->when.starts, zone_of(places, opening->location)),
         el("p", el("strong", service->name), el("br"), name_of(places, opening->location)));
  const auto challenge = links::make_challenge(app_, *here.tenant);
  form.challenge = challenge.text;
  form.bits = challenge.bits;
  return page(call, 200, shell, person_form(call, form));
}

net::HttpResponse PublicBooking::start(const PageCall& call, const Here& here) const {
  const std::string path = here.path + "details";
  if (!may_change(call, path)) return refused_form(call, here.shell);
  const auto read = read_person(call);
  Error error;
  if (read) {
    links::PublicVisitor visitor = *read;
    visitor.language = SensitiveText(std::string(call.speak.tag()));
    const auto started =
        links::start_booking(app_, here.tenant, visitor, {call.request.peer.prefix().bytes});
    if (started) return see_other("/l/" + started->token + "/code");
    error = started.error();
  } else {
    error = read.error();
  }
  if (error.code == ErrorCode::rate_limited || error.code == ErrorCode::unavailable) {
    const bool many = error.code == ErrorCode::rate_limited;
    Html main = heading(call.speak(many ? words::too_many_title : words::unavailable_title));
    main.add(el("p", call.speak(many ? words::too_many : words::unavailable)));
    return page(call, many ? 429 : 503, here.shell, main);
  }
  const bool gone = error.code != ErrorCode::invalid || names(error, "/offer");
  if (gone) {
    std::string again(own_path(call.form.get("again"), here.path + "times"));
    again += again.contains('?') ? "&said=taken" : "?said=taken";
    return see_other(std::move(again));
  }
  Shell shell = here.shell;
  shell.title = std::string(call.speak(words::about_you));
  shell.script = "pages/work.js";
  PersonForm form;
  form.path = path;
  form.offer = std::string(call.form.get("offer"));
  form.again = std::string(own_path(call.form.get("again"), here.path + "times"));
  form.error = &error;
  const auto challenge = links::make_challenge(app_, *here.tenant);
  form.challenge = challenge.text;
  form.bits = challenge.bits;
  return page(call, 422, shell, person_form(call, form));
}

}  // namespace sealbook::ui
