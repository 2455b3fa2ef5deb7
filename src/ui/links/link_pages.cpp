#include "ui/links/link_pages.hpp"

#include "ui/booking/person_form.hpp"
#include "ui/links/here.hpp"
#include "ui/words.hpp"

namespace sealbook::ui {
namespace links = app::links;

namespace {

constexpr std::int64_t device_life_s = links::device_life / std::chrono::seconds(1);

// In both languages, because even the reader's language could tell links apart.
net::HttpResponse refusal_of_get() {
  static const net::HttpResponse response =
      plain_page(404, "This link does not work",
                 el("p",
                    "It may be old, or it was not copied whole. Open the newest message that you "
                    "got, or call the "
                    "organisation that sent it.")
                     .add(el("p", attr("lang", "es"),
                             "Este enlace no funciona: puede ser antiguo o estar incompleto. Abra "
                             "el mensaje más reciente que "
                             "recibió o llame a la organización que lo envió.")));
  return response;
}

net::HttpResponse refusal_of_post() {
  static const net::HttpResponse response = plain_page(
      404, "That did not work",
      el("p",
         "The code or the birth date does not fit, the code is too old, or the link does not work "
         "any more. "
         "Try again, or call the organisation that sent you the message.")
          .add(el("p", attr("lang", "es"),
                  "El código o la fecha de nacimiento no coincide, el código es antiguo o el "
                  "enlace ya no funciona. "
                  "Inténtelo otra vez o llame a la organización que le envió el mensaje."))
          .add(el("p",
                  el("a", attr("class", "button"), href("."), "Try again · Intentar otra vez"))));
  return response;
}

PageAnswer refused(const PageCall& call) {
  return {call.is_post() ? refusal_of_post() : refusal_of_get(), true};
}

bool is_refusal(const Error& error) { return error.code == ErrorCode::not_found; }

Html answer_buttons(const PageCall& call, const std::string& path) {
  const auto one = [&](std::string_view value, const Words& text) {
    return post_form(call, path, hidden("answer", value).add(quiet_button(call.speak(text))));
  };
  return one("coming", words::i_come).add(one("cannot", words::i_cannot));
}

}  // namespace

PageAnswer LinkPages::answer(PageCall& call) const {
  Here here;
  here.request = {std::string(call.step(1)),
                  call.cookie(links::session_cookie_name),
                  call.cookie(links::device_cookie_name),
                  {call.request.peer.prefix().bytes}};
  here.base = "/l/" + here.request.token;
  const std::string_view what = call.step(2);
  if (call.is_post()) {
    if (what == "start") return start(call, here);
    if (what == "code") return prove(call, here);
    if (what == "answer") return say(call, here);
    if (what == "leave") return leave(call, here);
    return in_session(call, here);
  }
  if (what.empty()) return first(call, here);
  if (what == "code") return code(call, here);
  return in_session(call, here);
}

PageAnswer LinkPages::first(const PageCall& call, Here& here) const {
  const auto opened = links::open(app_, here.request);
  if (!opened) return refused(call);
  if (opened->in_session && call.query.get("said").empty()) return {see_other(here.path("home"))};
  const auto& speak = call.speak;
  const Shell shell = message_shell(*opened->tenant, speak(words::link_title));
  const std::string_view said = call.query.get("said");
  Html main = heading(shell.title);
  if (said == "coming") main.add(note(speak(words::said_coming)));
  if (said == "cannot") main.add(note(speak(words::said_cannot)));
  if (said == "no-address") main.add(alarm(speak(words::no_address)));
  main.add(el("p", speak(words::link_lead, {shell.organisation}), " ", speak(words::link_private)));
  Html actions = post_form(call, here.path("start"), button(speak(words::see_details)));
  main.add(el("div", attr("class", "actions"), actions));
  main.add(el("p", attr("class", "soft"),
              speak(opened->device_known ? words::device_known : words::see_details_how)));
  if (opened->may_answer && said.empty())
    main.add(el("div", attr("class", "actions"), answer_buttons(call, here.path("answer"))));
  return {page(call, 200, shell, main)};
}

PageAnswer LinkPages::start(const PageCall& call, Here& here) const {
  const auto opened = links::open(app_, here.request);
  if (!opened) return refused(call);
  const Shell shell = message_shell(*opened->tenant, call.speak(words::link_title));
  if (!may_change(call, here.path("start"))) return {refused_form(call, shell)};
  const auto started = links::start_proof(app_, here.request);
  if (!started) {
    if (is_refusal(started.error())) return refused(call);
    return {explain(call, shell, started.error(), here.base)};
  }
  using Next = links::StartedProof::Next;
  if (started->next == Next::no_address) return {see_other(here.base + "?said=no-address")};
  if (started->next == Next::enter_code)
    return {see_other(here.path("code") + (started->needs_birth_date ? "" : "?birth=no"))};
  auto response = see_other(here.path("home"));
  response.headers.emplace_back("Set-Cookie",
                                cookie(links::session_cookie_name, started->session_cookie, 0));
  return {std::move(response)};
}

PageAnswer LinkPages::code(const PageCall& call, Here& here) const {
  const auto opened = links::open(app_, here.request);
  if (!opened) return refused(call);
  if (opened->in_session) return {see_other(here.path("home"))};
  const auto& speak = call.speak;
  const Shell shell = message_shell(*opened->tenant, speak(words::code_title));
  Html main = heading(shell.title);
  main.add(el("p", speak(words::code_sent)));
  const bool asks_birth = call.query.get("birth") != "no";
  Html fields = el(
      "div", attr("class", "field"), el("label", attr("for", "code"), speak(words::code)),
      el("span", attr("class", "hint"), attr("id", "code-hint"), speak(words::code_hint)),
      el("input", attr("class", "code"), attr("id", "code"), attr("name", "code"),
         attr("type", "text"), attr("inputmode", "numeric"), attr("autocomplete", "one-time-code"),
         attr("maxlength", "12"), attr("aria-describedby", "code-hint"), flag("required")));
  if (asks_birth) fields.add(birth_fields(call, {}));
  fields.add(el("label", attr("class", "check"),
                el("input", attr("type", "checkbox"), attr("id", "remember"),
                   attr("name", "remember"), attr("value", "yes")),
                el("span", speak(words::remember),
                   el("span", attr("class", "hint"), speak(words::remember_hint)))));
  fields.add(button(speak(words::go_on)));
  main.add(post_form(call, here.path("code"), fields));
  main.add(post_form(call, here.path("start"), quiet_button(speak(words::send_again))));
  return {page(call, 200, shell, main)};
}

PageAnswer LinkPages::prove(const PageCall& call, Here& here) const {
  if (!may_change(call, here.path("code"))) {
    const auto opened = links::open(app_, here.request);
    if (!opened) return refused(call);
    return {refused_form(call, message_shell(*opened->tenant, call.speak(words::code_title)))};
  }
  links::ProofAnswer answer;
  answer.code = SensitiveText(std::string(call.form.get("code")));
  answer.birth_date = read_birth(call.form);
  if (call.form.get("remember") == "yes") answer.remember = links::Remember::this_device;
  const auto proven = links::prove(app_, here.request, answer);
  if (!proven) {
    if (proven.error().code != ErrorCode::rate_limited &&
        proven.error().code != ErrorCode::unavailable)
      return refused(call);
    return {
        explain(call, {.title = {}, .organisation = {}, .phone = {}}, proven.error(), here.base)};
  }
  auto response = see_other(here.path("home"));
  response.headers.emplace_back("Set-Cookie",
                                cookie(links::session_cookie_name, proven->session_cookie, 0));
  if (proven->device_cookie)
    response.headers.emplace_back(
        "Set-Cookie", cookie(links::device_cookie_name, *proven->device_cookie, device_life_s));
  return {std::move(response)};
}

PageAnswer LinkPages::say(const PageCall& call, Here& here) const {
  const auto opened = links::open(app_, here.request);
  if (!opened) return refused(call);
  const Shell shell = message_shell(*opened->tenant, call.speak(words::link_title));
  if (!may_change(call, here.path("answer"))) return {refused_form(call, shell)};
  const bool coming = call.form.get("answer") == "coming";
  const auto noted = links::answer(app_, here.request,
                                   coming ? links::Answer::coming : links::Answer::cannot_come);
  if (!noted) {
    if (is_refusal(noted.error())) return refused(call);
    return {explain(call, shell, noted.error(), here.base)};
  }
  if (opened->in_session) return {see_other(here.path("home"))};
  return {see_other(here.base + (coming ? "?said=coming" : "?said=cannot"))};
}

PageAnswer LinkPages::leave(const PageCall& call, Here& here) const {
  if (!may_change(call, here.path("leave"))) return {see_other(here.base)};
  const auto left = links::forget(app_, here.request);
  if (!left && !is_refusal(left.error()))
    return {explain(call, {.title = {}, .organisation = {}, .phone = {}}, left.error(), here.base)};
  const bool ended = left && *left;
  auto response = see_other(here.base);
  for (const std::string_view name : {links::session_cookie_name, links::device_cookie_name})
    response.headers.emplace_back("Set-Cookie", cookie(name, "", -1));
  return {std::move(response), !ended};
}

// The person is asked to prove who they are again when the session is over; for a link that does
// not work the answer is the same, and the first page refuses it.
PageAnswer LinkPages::in_session(PageCall& call, Here& here) const {
  auto session = links::session(app_, here.request);
  if (!session) return {see_other(here.base), true};
  here.session = std::move(*session);
  // Whoever has chosen a language on these pages keeps it; a browser's own is nobody's choice.
  const auto own = call.language_chosen ? Result<std::optional<messages::Locale>>(std::nullopt)
                                        : links::language_of(app_, *here.session);
  if (own && *own) call.speak = Speaker(**own);
  return as_proven(call, here);
}

PageAnswer LinkPages::as_proven(const PageCall& call, Here& here) const {
  here.shell = message_shell(*here.session->tenant(), {});
  if (call.is_post()) return {act(call, here)};
  auto person = links::person_page(app_, *here.session);
  if (!person) return {explain(call, here.shell, person.error(), here.base)};
  here.person = std::move(*person);
  const std::string_view what = call.step(2);
  if (what == "home") return {home(call, here)};
  if (what == "times") return {times(call, here)};
  if (what == "confirm") return {confirm(call, here)};
  if (what == "cancel") return {ask_cancel(call, here)};
  if (what == "decline") return {ask_decline(call, here)};
  if (what == "done") return {done(call, here)};
  return {see_other(here.path("home"))};
}

}  // namespace sealbook::ui
