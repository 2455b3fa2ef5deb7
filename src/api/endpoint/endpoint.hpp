// An endpoint is declared once, as a row; everything that must agree about it reads the row:
// router, pipeline, OpenAPI, TypeScript client, authorization matrix, audit coverage, fuzzer.
//
//   struct BookAppointment {
//     using Request = BookAppointmentRequest;      // has `fields`; see codec.hpp
//     using Response = AppointmentView;
//     static constexpr EndpointSpec spec = checked({.id = "bookAppointment", …});
//   };
//   Result<app::Work<AppointmentView>> book_appointment(app::CallContext&, const
//   BookAppointmentRequest&); constexpr Endpoint rows[] = {bind_write<BookAppointment,
//   book_appointment>()};
//
// A declaration that breaks a rule of checked() or bind does not compile. Rows are constant data
// and may be read by any thread. The handler runs on the caller's thread; a Work runs later inside
// the write transaction, and again after a conflict.
#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <string>
#include <variant>

#include "api/endpoint/codec.hpp"
#include "app/work.hpp"
#include "base/result.hpp"
#include "net/http_message.hpp"
#include "security/audit/actions.hpp"
#include "security/authz/permissions.hpp"

namespace sealbook::api {

enum class Method : std::uint8_t { get, post, put, patch, delete_ };
std::string_view to_text(Method method);  // "GET"

struct Access {
  std::optional<Permission> permission;
  std::string_view public_because;
  bool any_account = false;  // who is signed in, whatever the role: what the caller is itself told
  bool own_session = false;  // of them, browsers only: what belongs to the session or its account
  bool enrolling = false;    // of them, also those who may do nothing but enrol a passkey
  constexpr bool is_public() const { return !public_because.empty(); }
};
constexpr Access needs(Permission permission) { return {.permission = permission, .public_because = {}}; }
constexpr Access open_to_public(std::string_view why) { return {.permission = {}, .public_because = why}; }
constexpr Access authenticated() { return {.permission = {}, .public_because = {}, .any_account = true}; }
constexpr Access own_session() {
  return {.permission = {}, .public_because = {}, .any_account = true, .own_session = true};
}
constexpr Access own_session_or_enrolling() {
  return {.permission = {}, .public_because = {}, .any_account = true, .own_session = true, .enrolling = true};
}

// Which allowance a call is counted against; the numbers are the pipeline's.
enum class RateClass : std::uint8_t {
  interactive,
  search,
  booking,
  directory,
  audit,
  admin,
  sign_in,
  public_page
};
std::string_view to_text(RateClass rate);

// How fresh the caller's proof of identity must be (CONTROLS AUTH-06).
enum class StepUp : std::uint8_t { none, recent, phishing_resistant };
std::string_view to_text(StepUp step_up);

// A POST that only reads (a search whose question is too large or too private for a URL) says so.
enum class Effect : std::uint8_t { by_method, reads };
enum class Idempotency : std::uint8_t { none, optional, required };  // the Idempotency-Key header
enum class IfMatch : std::uint8_t { none, optional, required };      // the If-Match header

// The errors that this endpoint in particular may give; the general ones (401, 403, 404, 422, 429,
// 500, 503) follow from the rest of the row.
class ErrorList {
 public:
  constexpr ErrorList() = default;
  constexpr ErrorList(std::initializer_list<ErrorCode> codes) {
    if (codes.size() > codes_.size()) throw "at most eight errors of an endpoint's own";
    for (const ErrorCode code : codes) codes_[size_++] = code;
  }
  constexpr const ErrorCode* begin() const { return codes_.data(); }
  constexpr const ErrorCode* end() const { return codes_.data() + size_; }

 private:
  std::array<ErrorCode, 8> codes_{};
  std::size_t size_ = 0;
};

struct EndpointSpec {
  std::string_view id;  // operationId and metrics label: "bookAppointment"
  Method method;
  std::string_view path;     // "/v1/appointments/{id}"; a last "{name...}" takes the rest
  std::string_view summary;  // one sentence
  Access access;
  AuditAction audit = AuditAction::none;
  RateClass rate = RateClass::interactive;
  StepUp step_up = StepUp::none;
  int success = 200;
  ErrorList errors = {};
  Effect effect = Effect::by_method;
  Idempotency idempotency = Idempotency::none;
  IfMatch if_match = IfMatch::none;
  std::string_view location = {};  // of a 201: "/v1/appointments/{id}", from the answer's members
  // Types separated by ", "; other than JSON, the Request has a member `RawInput raw`.
  std::string_view consumes = "application/json";
  std::string_view produces = "application/json";  // another type: Response is RawBody
  bool slow = false;  // reads much or waits: prepared on a thread of its own, not on an I/O thread

  constexpr bool changes() const { return method != Method::get && effect == Effect::by_method; }
};

// Refuses at compile time what the house does not allow of an endpoint; returns it otherwise.
consteval EndpointSpec checked(EndpointSpec spec);

struct PathParameter {
  std::string_view name;  // of the template, without braces
  std::string value;      // percent-decoded
};

// A body that is not JSON, as it came. Views borrow for the call.
struct RawInput {
  std::string_view type;  // "text/csv", without parameters; empty: the request had no body
  std::string_view body;
};

// What a request gave, before it has types. Views borrow for the call.
struct DecodeInput {
  std::span<const PathParameter> path = {};
  std::string_view query = {};  // raw, without '?'
  std::span<const net::HeaderView> headers = {};
  const JsonValue* body = nullptr;  // null: the request had none
  RawInput raw = {};                // set where the row consumes another type than JSON
};

// A success, ready to send. `etag` is quoted and set when the answer has a `version`.
struct EncodedAnswer {
  std::string body;
  std::string location;
  std::string etag;
};
// Runs inside the write transaction; may run again after a conflict.
using EncodedWork = std::move_only_function<Result<EncodedAnswer>(storage::Transaction&)>;
using EncodedCall = std::variant<EncodedAnswer, EncodedWork>;

struct Endpoint {
  EndpointSpec spec;
  Schema request;
  Schema response;
  // Decodes, then calls the handler. Fails with `invalid` and the list of broken rules, with
  // `not_found` when a path parameter cannot name anything, or with the handler's own error.
  Result<EncodedCall> (*prepare)(app::CallContext&, const DecodeInput&);
};

// A request without members; an answer without a body (204); a body that is not JSON.
struct NoRequest {
  static constexpr std::array<Field, 0> fields{};
};
struct NoContent {
  static constexpr std::array<Field, 0> fields{};
};
struct RawBody {
  static constexpr std::array<Field, 0> fields{};
  std::string bytes;
  std::string etag = {};  // quoted; empty: none
};

// Rows. Reads answer at once; writes give the work for the writer.
//   Result<Response>            handler(app::CallContext&, const Request&)
//   Result<app::Work<Response>> handler(app::CallContext&, const Request&)
template <class E, auto Handler>
consteval Endpoint bind_read();
template <class E, auto Handler>
consteval Endpoint bind_write();

// Reads path, query, headers and body into the struct that the schema describes.
Result<void> decode_request(Schema schema, const DecodeInput& input, void* request);
// Encodes an answer, with its Location and ETag.
EncodedAnswer encode_answer(const EndpointSpec& spec, Schema schema, const void* response);

}  // namespace sealbook::api

#include "api/endpoint/bind.hpp"
