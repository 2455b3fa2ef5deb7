#include "ui/demo/demo_pages.hpp"

#include <algorithm>
#include <fstream>

#include "app/sign_in/sessions.hpp"
#include "ui/demo/mail_text.hpp"
#include "ui/times.hpp"

namespace sealbook::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t shown_mails = 50;
constexpr std::size_t longest_mail = 512 * 1024;
constexpr std::int32_t morning = 10 * 60;

std::string_view text_of(const JsonValue& value, std::string_view name) {
  const JsonValue* found = value.find(name);
  return found != nullptr && found->as_string() != nullptr ? std::string_view(*found->as_string())
                                                           : std::string_view();
}

const JsonValue::Array& items_of(const JsonValue& value, std::string_view name) {
  static const JsonValue::Array none;
  const JsonValue* found = value.find(name);
  return found != nullptr && found->as_array() != nullptr ? *found->as_array() : none;
}

const Shell& shell() {
  static const Shell demo{.title = "Demo",
                          .organisation = "sealbook demo",
                          .phone = {},
                          .script = "pages/demo.js",
                          .wide = true};
  return demo;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(longest_mail, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

// The newest first, by name: the mailer's names begin with the time.
std::vector<std::string> mail_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".eml") names.push_back(entry.path().filename().string());
  std::ranges::sort(names, std::greater());
  if (names.size() > shown_mails) names.resize(shown_mails);
  return names;
}

bool is_mail_name(std::string_view name) {
  return name.ends_with(".eml") && name.size() < 128 && !name.starts_with('.') &&
         std::ranges::all_of(
             name,
             [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
             });
}

// The text with the addresses of this server as links.
Html linked(std::string_view text, std::string_view host) {
  const std::string own = "https://" + std::string(host) + "/";
  Html out;
  while (!text.empty()) {
    const std::size_t at = text.find(own);
    out.add(text.substr(0, at));
    if (at == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \n\t<>\"'", at), text.size());
    const std::string_view address = text.substr(at, end - at);
    out.add(el("a", href(address.substr(own.size() - 1)), address));
    text.remove_prefix(end);
  }
  return out;
}

Html row(std::string_view name, const Html& value) {
  return el("tr", el("th", attr("scope", "row"), name), el("td", value));
}

Html links_of(const JsonValue& tenant) {
  Html items;
  for (const JsonValue& link : items_of(tenant, "links")) {
    const std::string_view path = text_of(link, "url");
    if (path.starts_with("/l/"))
      items.add(el("li", el("a", attr("class", "tap"), href(path), text_of(link, "name"))));
  }
  return items.empty() ? items : el("h3", "Personal links").add(el("ul", items));
}

Html accounts_of(const JsonValue& tenant) {
  Html rows;
  const JsonValue* accounts = tenant.find("accounts");
  if (accounts != nullptr && accounts->as_object() != nullptr)
    for (const auto& [role, account] : *accounts->as_object())
      rows.add(row(role, el("code", attr("class", "key"), text_of(account, "token"))));
  Html doors;
  if (accounts != nullptr && accounts->as_object() != nullptr)
    for (const auto& [role, account] : *accounts->as_object())
      if (const std::string_view path = text_of(account, "sign_in"); path.starts_with("/demo/"))
        doors.add(el("li", el("a", attr("class", "tap"), href(path), "Sign in as " + role)));
  Html out = el("h3", "Sign in").add(el("ul", doors));
  return out.add(el(
      "details", el("summary", "Roles and their tokens"),
      el("div", attr("class", "scroll"), el("table", attr("class", "grid"), el("tbody", rows)))));
}

}  // namespace

DemoPages::DemoPages(app::App& app, DemoFacts facts) : app_(app), facts_(std::move(facts)) {
  if (auto ready = parse_json(facts_.ready)) ready_ = std::move(*ready);
}

// The demo's clock is that of its first site.
TimeZone DemoPages::first_zone() const {
  return TimeZone::named(text_of(ready_, "zone")).value_or(TimeZone::utc());
}

PageAnswer DemoPages::answer(const PageCall& call) const {
  const std::string_view what = call.step(1);
  if (what == "ready.json") {
    net::HttpResponse response;
    response.content_type = "application/json";
    response.body = facts_.ready;
    return {std::move(response)};
  }
  if (what == "mail") return {one_mail(call)};
  if (what == "sign-in") return {sign_in(call)};
  if (what == "clock" && call.is_post()) return {move_clock(call)};
  if (what.empty() && call.request.path.ends_with('/')) return {overview(call)};
  return {see_other("/demo/")};
}

// The link of a role: a form that its own script sends, so that opening a link changes nothing by itself.
net::HttpResponse DemoPages::sign_in(const PageCall& call) const {
  constexpr std::string_view here = "/demo/sign-in";
  if (!call.is_post()) {
    Shell own = shell();
    own.title = "Sign in to the demo";
    own.script = "pages/sign-in.js";
    Html main = heading(own.title);
    main.add(post_form(call, here, hidden("account", call.query.get("account")).add(button("Sign in")),
                       attr("id", "sign-in")));
    return page(call, 200, own, main);
  }
  if (!may_change(call, here)) return refused_form(call, shell());
  const auto account = AccountId::parse(call.form.get("account"));
  if (!account) return bad_request();
  const auto cookie = net::find_cookie(call.request.header("Cookie").value_or(""), authn::session_cookie_name);
  auto signed_in = app::sign_in::sign_in_demo(
      app_, *account, authn::device_label(call.request.header("User-Agent").value_or("")),
      cookie ? app::sign_in::find(app_, *cookie) : nullptr);
  if (!signed_in) return bad_request();
  auto response = see_other(signed_in->role == Role::patient ? "/my/" : "/desk/");
  response.headers.emplace_back("Set-Cookie", std::move(signed_in->cookie));
  return response;
}

net::HttpResponse DemoPages::overview(const PageCall& call) const {
  Html main = heading("The demo");
  main.add(el("p",
              "Two made-up organisations, made-up people, a mail server that keeps everything, and "
              "a clock that you can move."));
  main.add(tenants()).add(clock(call)).add(mails());
  main.add(el("h2", "Tasks"))
      .add(el("div", attr("id", "tasks"), attr("role", "status"), "Loading …"));
  return page(call, 200, shell(), main);
}

Html DemoPages::tenants() const {
  Html out;
  for (const JsonValue& tenant : items_of(ready_, "tenants")) {
    Html card = el("h2", text_of(tenant, "name"));
    card.add(el(
        "p", el("a", attr("class", "tap"),
                href("/t/" + percent_encoded(text_of(tenant, "slug")) + "/"), "Its public page")));
    card.add(links_of(tenant)).add(accounts_of(tenant));
    out.add(el("section", attr("class", "card"), card));
  }
  return out;
}

Html DemoPages::clock(const PageCall& call) const {
  const TimeZone zone = first_zone();
  Html out = el("h2", attr("id", "clock"), "Clock");
  out.add(el("p", attr("class", "when"), whole_text(app_.store.now(), zone, Locale::en)));
  Html buttons;
  for (const auto& [value, label] :
       {std::pair("hour", "One hour on"), std::pair("day", "One day on"),
        std::pair("morning", "To the next morning")})
    buttons.add(post_form(call, "/demo/clock", hidden("to", value).add(quiet_button(label))));
  out.add(el("div", attr("class", "actions"), buttons));
  out.add(post_form(
      call, "/demo/clock",
      hidden("to", "set")
          .add(el("label", attr("for", "at"),
                  "Set it to (" + zone_city(zone.id(), Locale::en) + ")"))
          .add(el("input", attr("id", "at"), attr("name", "at"), attr("type", "datetime-local"),
                  attr("value", to_local(app_.store.now(), zone).text())))
          .add(quiet_button("Set the clock")),
      attr("class", "inline")));
  return out;
}

net::HttpResponse DemoPages::move_clock(const PageCall& call) const {
  if (!may_change(call, "/demo/clock")) return refused_form(call, shell());
  const Instant now = app_.store.now();
  const TimeZone zone = first_zone();
  const std::string_view to = call.form.get("to");
  Micros by(0);
  if (to == "hour") by = std::chrono::hours(1);
  if (to == "day") by = std::chrono::hours(24);
  if (to == "morning") {
    LocalDateTime local = to_local(now, zone);
    if (local.minute >= morning) local.day += std::chrono::days(1);
    by = resolve({local.day, morning}, zone).instant - now;
  }
  if (to == "set")
    if (const auto local = LocalDateTime::parse(call.form.get("at").substr(0, 16)))
      by = resolve(*local, zone).instant - now;
  if (const auto moved = facts_.move_clock(by); !moved) return bad_request();
  return see_other("/demo/#clock");
}

Html DemoPages::mails() const {
  Html rows;
  for (const std::string& name : mail_names(facts_.mail)) {
    if (!is_mail_name(name)) continue;
    const ShownMail mail = read_mail(read_file(facts_.mail / name));
    rows.add(el("tr", el("td", mail.to),
                el("td", el("a", href("/demo/mail?file=" + name), mail.subject)),
                el("td", mail.date)));
  }
  Html out = el("h2", attr("id", "mail"), "Mail");
  if (rows.empty()) return out.add(el("p", attr("class", "soft"), "No mail was sent yet."));
  Html head;
  for (const std::string_view name : {"To", "Subject", "Sent"})
    head.add(el("th", attr("scope", "col"), name));
  return out.add(
      el("div", attr("class", "scroll"),
         el("table", attr("class", "grid"), el("thead", el("tr", head)), el("tbody", rows))));
}

net::HttpResponse DemoPages::one_mail(const PageCall& call) const {
  const std::string_view name = call.query.get("file");
  std::error_code error;
  if (!is_mail_name(name) || !fs::is_regular_file(facts_.mail / name, error))
    return see_other("/demo/#mail");
  const ShownMail mail = read_mail(read_file(facts_.mail / name));
  Html main = heading(mail.subject.empty() ? "A mail" : mail.subject);
  Html rows = row("From", Html().add(mail.from))
                  .add(row("To", Html().add(mail.to)))
                  .add(row("Sent", Html().add(mail.date)));
  main.add(el("table", attr("class", "grid"), el("tbody", rows)));
  main.add(el("pre", attr("class", "card mail"),
              linked(mail.text, call.request.header("Host").value_or(""))));
  for (const std::string& other : mail.others)
    main.add(el("p", attr("class", "soft"), "Also attached: " + other));
  main.add(el("p", el("a", attr("class", "tap"), href("/demo/#mail"), "Back to all mail")));
  return page(call, 200, shell(), main);
}

}  // namespace sealbook::ui
