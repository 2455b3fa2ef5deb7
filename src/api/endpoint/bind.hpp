// checked(), bind_read and bind_write. Included by endpoint.hpp; include that one.
//
// What is templated here is only what must know a type: construct a Request, call the handler. The
// rest is in decode_request and encode_answer, compiled once.
#pragma once

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

namespace bind_detail {

consteval bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// Calls `each(name)` for every {name} of the template; throws when its shape is wrong.
template <class Each>
consteval void for_each_parameter(std::string_view path, Each each) {
  while (!path.empty()) {
    if (path.front() != '/') throw "a path starts with a slash";
    path.remove_prefix(1);
    const std::size_t end = path.find('/');
    std::string_view segment = path.substr(0, end);
    path.remove_prefix(segment.size());
    if (segment.empty()) throw "a path has no empty segment and no slash at its end";
    if (segment.front() != '{') {
      if (segment.find_first_of("{}?#%") != std::string_view::npos)
        throw "a parameter is a whole segment";
      continue;
    }
    if (segment.back() != '}') throw "a parameter is closed in its own segment";
    segment = segment.substr(1, segment.size() - 2);
    if (segment.ends_with("...")) {
      if (!path.empty()) throw "only the last parameter may take the rest";
      segment.remove_suffix(3);
    }
    if (segment.empty()) throw "a parameter needs a name";
    each(segment);
  }
}

// The fields must fit the row: path parameters both ways, no body on GET, names told once.
consteval void check_fields(const EndpointSpec& spec, std::span<const Field> fields) {
  for_each_parameter(spec.path, [&](std::string_view name) {
    bool found = false;
    for (const Field& field : fields)
      found = found || (field.options.where == Where::path && field.name == name);
    if (!found) throw "a {parameter} of the path has no field with Where::path";
  });
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Field& field = fields[i];
    for (std::size_t k = 0; k < i; ++k)
      if (fields[k].name == field.name && fields[k].options.where == field.options.where)
        throw "two fields of one name";
    if (spec.method == Method::get && field.options.where == Where::body) throw "a GET has no body";
    if (field.options.where != Where::path) continue;
    bool named = false;
    for_each_parameter(spec.path,
                       [&](std::string_view name) { named = named || name == field.name; });
    if (!named) throw "a field with Where::path is not in the path";
  }
}

consteval void check_response(const EndpointSpec& spec, bool raw, bool none) {
  if (raw == (spec.produces == "application/json"))
    throw "another content type goes with RawBody, and only there";
  if (none != (spec.success == 204)) throw "204 goes with NoContent, and only there";
}

}  // namespace bind_detail

consteval EndpointSpec checked(EndpointSpec spec) {
  if (spec.id.empty() || !bind_detail::is_lower(spec.id.front()))
    throw "an endpoint needs an id in camelCase";
  if (!spec.path.starts_with("/v1/")) throw "path must start with /v1/";
  bind_detail::for_each_parameter(spec.path, [](std::string_view) {});
  if (spec.summary.empty()) throw "say in one sentence what the endpoint does";
  if (!spec.access.permission && !spec.access.is_public() && !spec.access.any_account)
    throw "name a permission, or say why it is public";
  if (int{spec.access.permission.has_value()} + int{spec.access.is_public()} +
          int{spec.access.any_account} !=
      1)
    throw "an endpoint needs a permission or is public, not both";
  if (spec.access.any_account && !spec.access.own_session && spec.changes())
    throw "what changes something needs a permission";
  if (spec.changes() && spec.audit == AuditAction::none)
    throw "a mutating endpoint must name its audit action";
  if (spec.effect == Effect::reads && spec.method != Method::post && spec.method != Method::get)
    throw "only GET and POST can be reads";
  if (spec.success != 200 && spec.success != 201 && spec.success != 202 && spec.success != 204)
    throw "success is 200, 201, 202 or 204";
  if (spec.changes() && spec.method == Method::post && spec.success == 201 &&
      spec.idempotency == Idempotency::none)
    throw "a creating POST takes an Idempotency-Key";
  if (spec.idempotency != Idempotency::none && !spec.changes())
    throw "a read takes no Idempotency-Key";
  if (spec.method == Method::patch && spec.if_match != IfMatch::required)
    throw "a PATCH requires If-Match";
  if (!spec.location.empty() && spec.success != 201) throw "only a 201 has a Location";
  return spec;
}

namespace bind_detail {

template <class E>
consteval Endpoint row(Result<EncodedCall> (*prepare)(app::CallContext&, const DecodeInput&)) {
  check_fields(E::spec, std::span<const Field>(E::Request::fields));
  check_response(E::spec, std::is_same_v<typename E::Response, RawBody>,
                 std::is_same_v<typename E::Response, NoContent>);
  return {E::spec, schema_of<typename E::Request>(), schema_of<typename E::Response>(), prepare};
}

template <class E>
EncodedAnswer answer_of(typename E::Response& response) {
  if constexpr (std::is_same_v<typename E::Response, RawBody>)
    return {std::move(response.bytes), {}, std::move(response.etag)};
  else return encode_answer(E::spec, schema_of<typename E::Response>(), &response);
}

}  // namespace bind_detail

template <class E, auto Handler>
consteval Endpoint bind_read() {
  static_assert(!E::spec.changes(), "a mutating endpoint is bound with bind_write");
  return bind_detail::row<E>(
      +[](app::CallContext& context, const DecodeInput& input) -> Result<EncodedCall> {
        typename E::Request request;
        ENSURE(decode_request(schema_of<typename E::Request>(), input, &request));
        if constexpr (requires { request.raw.type; }) request.raw = input.raw;
        Result<typename E::Response> response = Handler(context, request);
        if (!response) return std::unexpected(std::move(response).error());
        return EncodedCall(bind_detail::answer_of<E>(*response));
      });
}

template <class E, auto Handler>
consteval Endpoint bind_write() {
  static_assert(E::spec.changes(), "an endpoint that only reads is bound with bind_read");
  return bind_detail::row<E>(
      +[](app::CallContext& context, const DecodeInput& input) -> Result<EncodedCall> {
        typename E::Request request;
        ENSURE(decode_request(schema_of<typename E::Request>(), input, &request));
        if constexpr (requires { request.raw.type; }) request.raw = input.raw;
        Result<app::Work<typename E::Response>> work = Handler(context, request);
        if (!work) return std::unexpected(std::move(work).error());
        return EncodedCall(EncodedWork(
            [work = std::move(*work)](storage::Transaction& tx) mutable -> Result<EncodedAnswer> {
              Result<typename E::Response> response = work(tx);
              if (!response) return std::unexpected(std::move(response).error());
              return bind_detail::answer_of<E>(*response);
            }));
      });
}

}  // namespace sealbook::api
