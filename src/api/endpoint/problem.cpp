#include "api/endpoint/problem.hpp"

#include "base/json.hpp"

namespace sealbook::api {

std::string problem_json(const Error& error, std::string_view request_id) {
  const ErrorRow& row = row_of(error.code);
  std::string text;
  text.reserve(256);
  JsonWriter json(text);
  std::string type = "/problems/";
  type += row.slug;
  json.begin_object()
      .member("type", type)
      .member("title", row.title)
      .member("status", row.http_status);
  if (!error.detail.empty()) json.member("detail", error.detail);
  json.member("instance", request_id);
  if (!error.fields.empty()) {
    json.key("errors").begin_array();
    for (const FieldError& field : error.fields) {
      json.begin_object().member("pointer", field.pointer).member("rule", field.rule);
      json.member("detail", field.detail).end_object();
    }
    json.end_array();
  }
  for (const auto& [name, encoded] : error.members) json.key(name).raw(encoded);
  json.end_object();
  return text;
}

net::HttpResponse problem_response(const Error& error, std::string_view request_id,
                                   int retry_after_s) {
  net::HttpResponse response;
  response.status = row_of(error.code).http_status;
  response.content_type = problem_media_type;
  response.body = problem_json(error, request_id);
  if (response.status == 401) {
    response.headers.emplace_back(
        "WWW-Authenticate", error.code == ErrorCode::step_up_required
                                ? R"(Bearer error="insufficient_user_authentication")"  // RFC 9470
                                : "Bearer");
  }
  if (response.status == 429 || response.status == 503)
    response.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return response;
}

net::HttpResponse method_not_allowed_response(std::string allow, std::string_view request_id) {
  net::HttpResponse response =
      problem_response(make_error(ErrorCode::method_not_allowed), request_id);
  response.headers.emplace_back("Allow", std::move(allow));
  return response;
}

}  // namespace sealbook::api
