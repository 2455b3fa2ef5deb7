#include "net/refusal.hpp"

#include "base/json.hpp"

namespace sealbook::net {
namespace refusals {

// clang-format off
const Refusal bad_request{400, "bad-request", "The request is not HTTP/1.1.", "The request line or a header field breaks the grammar of RFC 9112."};
const Refusal bad_line_ending{400, "bad-request", "The request is not HTTP/1.1.", "Lines end with CR LF, and a header field does not continue on the next line."};
const Refusal bad_target{400, "bad-request", "The request is not HTTP/1.1.", "The target is a path that starts with a slash, in visible ASCII; an absolute target names this host."};
const Refusal bad_host{400, "bad-request", "The request is not HTTP/1.1.", "There must be exactly one Host header, and it must name a host."};
const Refusal misdirected{421, "misdirected-request", "This server does not answer for that host.", "The Host header names another server."};
const Refusal bad_framing{400, "bad-request", "The request is not HTTP/1.1.", "The length of the body is told once: one Content-Length in digits, or Transfer-Encoding: chunked."};
const Refusal bad_chunk{400, "bad-request", "The request is not HTTP/1.1.", "The chunked body is malformed; chunk extensions and trailers are not read here."};
const Refusal unknown_coding{501, "not-implemented", "That transfer coding is not known here.", "The only transfer coding is chunked."};
const Refusal bad_version{505, "version-not-supported", "Only HTTP/1.1 is spoken here.", "The request names another version of HTTP."};
const Refusal header_too_large{431, "header-too-large", "The header is too large.", "The request line and header fields together are too large."};
const Refusal too_many_headers{431, "header-too-large", "The header is too large.", "There are too many header fields."};
const Refusal duplicate_header{400, "bad-request", "The request is not HTTP/1.1.", "A header field that may stand only once stands twice."};
const Refusal unexpected_body{400, "bad-request", "The request is not accepted.", "A GET or HEAD has no body."};
const Refusal bad_expectation{417, "expectation-failed", "That expectation is not met here.", "The only expectation is 100-continue."};
const Refusal json_too_large{400, "malformed-json", "The body is not strict JSON.", "The body is larger than is read here.", "size"};
const Refusal body_too_large{413, "body-too-large", "The body is too large.", "The body is larger than is read here.", "size"};
const Refusal too_busy{503, "unavailable", "The service is not available just now.", "Too many large requests are on their way; send it again in a moment."};
const Refusal timeout{408, "request-timeout", "The request took too long.", "The request did not arrive in time."};
const Refusal broken{500, "internal", "Something broke on our side.", ""};
// clang-format on

}  // namespace refusals

HttpResponse answer_of(const Refusal& refusal, std::string_view request_id) {
  HttpResponse response;
  response.status = refusal.status;
  response.content_type = "application/problem+json";
  response.close = true;
  if (refusal.status == 503) response.headers.emplace_back("Retry-After", "2");
  JsonWriter json(response.body);
  std::string type = "/problems/";
  type += refusal.slug;
  json.begin_object().member("type", type).member("title", refusal.title);
  json.member("status", refusal.status);
  if (!refusal.detail.empty()) json.member("detail", refusal.detail);
  json.member("instance", request_id);
  if (!refusal.rule.empty()) {
    json.key("errors").begin_array().begin_object().member("pointer", std::string_view());
    json.member("rule", refusal.rule).member("detail", refusal.detail).end_object().end_array();
  }
  json.end_object();
  return response;
}

}  // namespace sealbook::net
