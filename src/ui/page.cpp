#include "ui/page.hpp"

#include "app/links/link_session.hpp"
#include "ui/assets.hpp"
#include "ui/words.hpp"

namespace sealbook::ui {
namespace {

// Only what this server serves itself; nothing inline, nothing foreign (DECISIONS 23).
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for "
    "'script'; "
    "trusted-types 'none'";
constexpr std::string_view language_cookie = "__Host-language";
constexpr std::int64_t language_life_s = 365 * 86'400;
constexpr std::string_view token_field = "token";

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> steps;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = path.find('/');
    if (end != 0 && !path.empty()) steps.push_back(path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view() : path.substr(end);
  }
  return steps;
}

std::optional<Locale> named_language(std::string_view name) {
  if (name == "en") return Locale::en;
  if (name == "es") return Locale::es;
  return std::nullopt;
}

bool is_form(std::string_view content_type) {
  return content_type.substr(0, content_type.find(';')) == "application/x-www-form-urlencoded";
}

// A mail service sends its one click as a form of either kind (RFC 8058 section 3.2); the path says whose
// it is, so that the body is not read.
bool is_one_click(std::string_view path) { return path.starts_with("/u/"); }

Html head_of(std::string_view title, std::string_view script_name) {
  Html head;
  head.add(el("meta", attr("charset", "utf-8")));
  head.add(
      el("meta", attr("name", "viewport"), attr("content", "width=device-width, initial-scale=1")));
  head.add(el("meta", attr("name", "robots"), attr("content", "noindex")));
  head.add(el("title", title));
  head.add(el("link", attr("rel", "stylesheet"), href(asset_path("pages/sealbook.css"))));
  head.add(el("link", attr("rel", "icon"), href(asset_path("pages/mark.svg"))));
  if (!script_name.empty()) head.add(script(asset_path(script_name)));
  return head;
}

// This page in another language, with everything else that was chosen.
std::string query_in(const PageCall& call, std::string_view language) {
  std::string query = "?lang=" + std::string(language);
  for (const auto& [name, value] : call.query.all())
    if (name != "lang") query += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  return query;
}

Html footer_of(const PageCall& call, const Shell& shell) {
  const bool spanish = call.speak.locale() == Locale::es;
  Html inside;
  if (!shell.phone.empty())
    inside.add(el("p", call.speak(words::questions), " ", el("a", tel(shell.phone), shell.phone)));
  // The answer to a form has no address of its own to come back to.
  if (!call.is_post())
    inside.add(
        el("nav", attr("aria-label", call.speak(words::language)),
           el("a", attr("lang", spanish ? "en" : "es"), attr("hreflang", spanish ? "en" : "es"),
              href(query_in(call, spanish ? "en" : "es")), spanish ? "English" : "Español")));
  return el("footer", inside);
}

net::HttpResponse html_response(int status, const Html& whole) {
  net::HttpResponse response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = whole.text();
  response.content_security_policy = std::string(page_policy);
  if (status == 503) response.headers.emplace_back("Retry-After", "5");
  if (status == 429) response.headers.emplace_back("Retry-After", "60");
  return response;
}

}  // namespace

std::string PageCall::cookie(std::string_view name) const {
  return find_cookie(request.header("Cookie").value_or(""), name).value_or("");
}

std::optional<PageCall> read_call(net::HttpRequest request) {
  PageCall call;
  call.visitor = Visitor::of(request);
  auto query = parse_fields(request.query);
  if (!query) return std::nullopt;
  call.query = std::move(*query);
  if (request.method == "POST" && !request.body.empty() && !is_one_click(request.path)) {
    if (!is_form(request.header("Content-Type").value_or(""))) return std::nullopt;
    auto form = parse_fields(request.body);
    if (!form) return std::nullopt;
    call.form = std::move(*form);
  }
  call.request = std::move(request);
  call.steps = split_path(call.request.path);
  call.visitor.bind(call.cookie(app::links::session_cookie_name));
  auto chosen = named_language(call.query.get("lang"));
  if (!chosen) chosen = named_language(call.cookie(language_cookie));
  call.language_chosen = chosen.has_value();
  call.speak =
      Speaker(chosen.value_or(best_language(call.request.header("Accept-Language").value_or(""))));
  return call;
}

net::HttpResponse bad_request() {
  return plain_page(
      400, "sealbook",
      el("p",
         "This address or form cannot be read. · Esta dirección o formulario no se puede leer."));
}

net::HttpResponse page(const PageCall& call, int status, const Shell& shell, const Html& main) {
  Html body;
  body.add(el("a", attr("class", "skip"), href("#main"), call.speak(words::skip)));
  body.add(el("header", attr("class", "bar"), shell.organisation));
  body.add(el("main", attr("id", "main"), attr("tabindex", "-1"), main));
  body.add(footer_of(call, shell));
  const std::string title =
      shell.title + (shell.organisation.empty() ? "" : " · " + shell.organisation);
  auto response =
      html_response(status, document(call.speak.tag(), head_of(title, shell.script),
                                     el("body", when(shell.wide, attr("class", "wide")), body)));
  if (call.visitor.is_new()) response.headers.emplace_back("Set-Cookie", call.visitor.set_cookie());
  if (named_language(call.query.get("lang")))
    response.headers.emplace_back("Set-Cookie",
                                  cookie(language_cookie, call.speak.tag(), language_life_s));
  return response;
}

net::HttpResponse plain_page(int status, std::string_view title, const Html& main) {
  return html_response(
      status, document("en", head_of(title, {}), el("body", el("main", el("h1", title), main))));
}

Html post_form(const PageCall& call, std::string_view path, const Html& content,
               const Attribute& extra, const Attribute& further) {
  return el("form", attr("method", "post"), action(path), extra, further,
            hidden(token_field, call.visitor.form_token(path)), content);
}

bool may_change(const PageCall& call, std::string_view path) {
  return call.is_post() && is_from_this_origin(call.request) &&
         call.visitor.fits(path, call.form.get(token_field));
}

net::HttpResponse refused_form(const PageCall& call, const Shell& shell) {
  Shell refused = shell;
  refused.title = call.speak(words::form_refused_title);
  Html main = heading(refused.title);
  main.add(el("p", call.speak(words::form_refused)));
  return page(call, 403, refused, main);
}

net::HttpResponse see_other(std::string path) {
  net::HttpResponse response;
  response.status = 303;
  response.headers.emplace_back("Location", std::move(path));
  return response;
}

Html heading(std::string_view text) { return el("h1", text); }
Html note(std::string_view text) {
  return el("div", attr("class", "note"), attr("role", "status"), el("p", text));
}
Html alarm(std::string_view text) {
  return el("div", attr("class", "alarm"), attr("role", "alert"), el("p", text));
}
Html button(std::string_view text) { return el("button", attr("type", "submit"), text); }
Html quiet_button(std::string_view text) {
  return el("button", attr("type", "submit"), attr("class", "quiet"), text);
}
Html link_button(std::string_view path, std::string_view text) {
  return el("a", attr("class", "button"), href(path), text);
}
Html hidden(std::string_view name, std::string_view value) {
  return el("input", attr("type", "hidden"), attr("name", name), attr("value", value));
}

}  // namespace sealbook::ui
