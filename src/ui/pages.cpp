#include "ui/pages.hpp"

#include "base/error_codes.hpp"
#include "base/log.hpp"
#include "ui/app_shell.hpp"
#include "ui/assets.hpp"

namespace sealbook::ui {
namespace {

constexpr unsigned page_threads = 8;  // a refused code may wait in its use case
// About a third of a second of ordinary pages: who would wait longer is told so at once.
constexpr std::size_t most_in_line = 512;
// Longer than what a refusal takes, with room for a busy machine.
constexpr std::chrono::milliseconds even_step{250};

net::HttpResponse ready_made(std::string_view type, std::string body) {
  net::HttpResponse response;
  response.content_type = std::string(type);
  response.body = std::move(body);
  return response;
}

net::HttpResponse problem_page(const ErrorRow& row) {
  return plain_page(
      200, row.slug,
      el("p", row.title)
          .add(el("p", "Status " + std::to_string(row.http_status) +
                           (row.retryable ? ". The same request may succeed later."
                                          : ". Sending the same request again will not help."))));
}

net::HttpResponse not_found() {
  return plain_page(404, "Not here", el("p", "There is no such page."));
}

net::HttpResponse only(std::string_view methods) {
  net::HttpResponse response =
      ready_made("text/plain; charset=utf-8", "That method is not offered here.\n");
  response.status = 405;
  response.headers.emplace_back("Allow", std::string(methods));
  return response;
}

net::HttpResponse broken_page(int status) {
  return plain_page(status, "Not possible just now",
                    el("p", "Something on our side has stopped. Please try again later.")
                        .add(el("p", attr("lang", "es"),
                                "Algo se ha detenido de nuestro lado. Inténtelo más tarde.")));
}

net::HttpResponse too_many() {
  return plain_page(429, "Too much at once",
                    el("p", "Too many pages were asked for from here. Please wait a minute.")
                        .add(el("p", attr("lang", "es"),
                                "Se pidieron demasiadas páginas desde aquí. Espere un minuto.")));
}

}  // namespace

Pages::Pages(app::App& app, PageFacts facts)
    : app_(app),
      facts_(std::move(facts)),
      public_booking_(app),
      link_pages_(app),
      unsubscribe_(app),
      even_pace_(even_step),
      pool_(page_threads) {
  for (const ErrorRow& row : error_rows)
    fixed_["/problems/" + std::string(row.slug)] = problem_page(row);
  fixed_["/openapi.json"] = ready_made("application/json", facts_.openapi);
  if (!facts_.demo.ready.empty()) demo_.emplace(app, facts_.demo);
}

bool Pages::is_made_for_people(std::string_view path) const {
  return path.starts_with("/l/") || path.starts_with("/t/") || path.starts_with("/u/") ||
         (demo_ && path.starts_with("/demo"));
}

void Pages::handle(net::HttpRequest request, net::Responder responder) {
  if (!is_made_for_people(request.path)) return responder.send(answer(request));
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST")
    return responder.send(only("GET, HEAD, POST"));
  if (auto away = turned_away(request)) return responder.send(std::move(*away));
  const auto arrived = std::chrono::steady_clock::now();
  auto call = std::make_shared<std::optional<PageCall>>(read_call(std::move(request)));
  if (!*call) return responder.send(bad_request());
  pool_.run([this, arrived, call, responder = std::move(responder)]() mutable {
    PageAnswer made = make(**call);
    if (made.even) even_pace_.send(arrived, std::move(responder), std::move(made.response));
    else responder.send(std::move(made.response));
  });
}

std::optional<net::HttpResponse> Pages::turned_away(const net::HttpRequest& request) const {
  if (pool_.waiting() >= most_in_line) return broken_page(503);
  const bool looks = request.method != "POST" && !request.path.starts_with("/u/");
  const auto network = request.peer.prefix().bytes;
  if (looks && !app_.link_guard.allow(app::links::Counted::page_views, network, app_.store.now()))
    return too_many();
  return std::nullopt;
}

// A store that cannot be reached is an answer, not the end of the program.
PageAnswer Pages::make(PageCall& call) const try {
  const std::string_view kind = call.step(0);
  if (kind == "l") return link_pages_.answer(call);
  if (kind == "u") return unsubscribe_.answer(call);
  if (kind == "t") return public_booking_.answer(call);
  return demo_->answer(call);
} catch (const sql::EngineError& broken) {
  log::error("page_failed", {{"request", log::LogText(call.request.request_id)},
                             {"cause", log::LogText(broken.what())}});
  return {broken_page(503)};
}

net::HttpResponse Pages::answer(const net::HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") return only("GET, HEAD");
  if (request.path == "/healthz") return health();
  if (const auto* file = find_asset(request.path)) return *file;
  if (const auto* file = find_app_file(request)) return *file;
  if (is_app_page(request.path)) return app_shell();
  const auto found = fixed_.find(request.path);
  return found == fixed_.end() ? not_found() : found->second;
}

net::HttpResponse Pages::health() const {
  const bool well = facts_.healthy();
  net::HttpResponse response = ready_made(
      "application/json", well ? "{\"status\":\"ok\"}" : "{\"status\":\"journal unavailable\"}");
  if (!well) {
    response.status = 503;
    response.headers.emplace_back("Retry-After", "5");
  }
  return response;
}

}  // namespace sealbook::ui
