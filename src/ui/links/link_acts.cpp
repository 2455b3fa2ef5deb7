#include "ui/booking/choice.hpp"
#include "ui/booking/person_form.hpp"
#include "ui/links/here.hpp"
#include "ui/words.hpp"

namespace sealbook::ui {
namespace links = app::links;

net::HttpResponse explain(const PageCall& call, Shell shell, const Error& error,
                          const std::string& back) {
  const bool many = error.code == ErrorCode::rate_limited;
  const bool broken = error.code == ErrorCode::unavailable || error.code == ErrorCode::internal ||
                      error.code == ErrorCode::integrity;
  shell.title = std::string(call.speak(many     ? words::too_many_title
                                       : broken ? words::unavailable_title
                                                : words::conflict_title));
  Html main = heading(shell.title);
  main.add(el("p", call.speak(many     ? words::too_many
                              : broken ? words::unavailable
                                       : words::conflict)));
  main.add(el("p", el("a", attr("class", "button quiet"), href(back), call.speak(words::back))));
  return page(call, many ? 429 : broken ? 503 : 409, shell, main);
}

net::HttpResponse LinkPages::ask_cancel(const PageCall& call, const Here& here) const {
  const auto& speak = call.speak;
  const auto* visit = find_visit(here.person, AppointmentId::parse(call.query.get("visit")));
  if (visit == nullptr) return see_other(here.path("home"));
  Shell shell = here.shell;
  shell.title = std::string(speak(words::cancel_title));
  Html main = heading(shell.title);
  main.add(visit_card(call, *visit, el("p", attr("class", "soft"), speak(words::cancel_text))));
  Html actions = post_form(call, here.path("cancel"),
                           hidden("visit", visit->id.text()).add(button(speak(words::cancel_yes))));
  actions.add(el("a", attr("class", "button quiet"), href(here.path("home")), speak(words::keep)));
  return page(call, 200, shell, main.add(el("div", attr("class", "actions"), actions)));
}

net::HttpResponse LinkPages::ask_decline(const PageCall& call, const Here& here) const {
  const auto& speak = call.speak;
  Shell shell = here.shell;
  shell.title = std::string(speak(words::decline_title));
  Html main = heading(shell.title);
  main.add(el("p", speak(words::decline_text)));
  Html actions = post_form(call, here.path("decline"), button(speak(words::decline_yes)));
  actions.add(el("a", attr("class", "button quiet"), href(here.path("home")), speak(words::back)));
  return page(call, 200, shell, main.add(el("div", attr("class", "actions"), actions)));
}

namespace {

std::string done_path(const std::string& base, std::string_view what,
                      const app::AppointmentRow& row) {
  return base + "/done?what=" + std::string(what) + "&visit=" + row.id.text();
}

// A time that somebody else took: back to what is free now, with a word about it.
std::string free_times(const PageCall& call, const std::string& times) {
  std::string again(own_path(call.form.get("again"), times));
  return again + (again.contains('?') ? "&" : "?") + "said=taken";
}

}  // namespace

net::HttpResponse LinkPages::act(const PageCall& call, const Here& here) const {
  const std::string what(call.step(2));
  if (!may_change(call, here.path(what))) return refused_form(call, here.shell);
  const std::string offer(call.form.get("offer"));
  const auto visit = AppointmentId::parse(call.form.get("visit"));
  if ((what == "move" || what == "cancel") && !visit) return see_other(here.path("home"));
  Result<std::string> next = here.path("home");
  if (what == "book") {
    const auto row = links::book(app_, *here.session, offer);
    if (row) next = done_path(here.base, "booked", *row);
    else next = fail(row.error());
  } else if (what == "move") {
    const auto row = links::move(app_, *here.session, *visit, offer);
    if (row) next = done_path(here.base, "moved", *row);
    else next = fail(row.error());
  } else if (what == "cancel") {
    const auto row = links::cancel(app_, *here.session, *visit);
    if (row) next = here.path("done?what=cancelled");
    else next = fail(row.error());
  } else if (what == "decline") {
    const auto noted = links::decline(app_, *here.session);
    if (noted) next = here.path("done?what=declined");
    else next = fail(noted.error());
  }
  if (next) return see_other(std::move(*next));
  const ErrorCode code = next.error().code;
  if (code == ErrorCode::slot_taken || code == ErrorCode::offer_stale ||
      (code == ErrorCode::invalid && !offer.empty()))
    return see_other(free_times(call, here.path("times")));
  return explain(call, here.shell, next.error(), here.path("home"));
}

}  // namespace sealbook::ui
