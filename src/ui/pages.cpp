#include "ui/pages.hpp"

#include "base/error_codes.hpp"
#include "base/json.hpp"
#include "ui/assets.hpp"

namespace sealbook::ui {
namespace {

// Only what this server serves itself; nothing inline, nothing foreign (DECISIONS 23).
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";

net::HttpResponse page(int status, std::string_view type, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.content_type = std::string(type);
  response.body = std::move(body);
  response.content_security_policy = std::string(page_policy);
  return response;
}

std::string problem_page(const ErrorRow& row) {
  return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + std::string(row.slug) + "</title><h1>" +
         std::string(row.title) + "</h1><p>Status " + std::to_string(row.http_status) +
         (row.retryable ? ". The same request may succeed later.</p></html>" : ". Sending the same request again will not help.</p></html>");
}

net::HttpResponse not_found() {
  return page(404, "text/html; charset=utf-8",
              "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not here</title>"
              "<h1>There is no such page.</h1></html>");
}

}  // namespace

Pages::Pages(PageFacts facts) : facts_(std::move(facts)) {
  for (const ErrorRow& row : error_rows)
    fixed_["/problems/" + std::string(row.slug)] = page(200, "text/html; charset=utf-8", problem_page(row));
  fixed_["/openapi.json"] = page(200, "application/json", facts_.openapi);
  if (facts_.demo_ready.empty()) return;
  fixed_["/demo/"] = page(200, "text/html; charset=utf-8", std::string(asset("demo/index.html")));
  fixed_["/demo/demo.js"] = page(200, "text/javascript; charset=utf-8", std::string(asset("demo/demo.js")));
  fixed_["/demo/demo.css"] = page(200, "text/css; charset=utf-8", std::string(asset("demo/demo.css")));
  fixed_["/demo/ready.json"] = page(200, "application/json", facts_.demo_ready);
}

void Pages::handle(net::HttpRequest request, net::Responder responder) { responder.send(answer(request)); }

net::HttpResponse Pages::answer(const net::HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    net::HttpResponse response = page(405, "text/plain; charset=utf-8", "Only GET is offered here.\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (request.path == "/healthz") return health();
  const auto found = fixed_.find(request.path);
  return found == fixed_.end() ? not_found() : found->second;
}

net::HttpResponse Pages::health() const {
  const bool well = facts_.healthy();
  return page(well ? 200 : 503, "application/json", well ? "{\"status\":\"ok\"}" : "{\"status\":\"journal unavailable\"}");
}

}  // namespace sealbook::ui
