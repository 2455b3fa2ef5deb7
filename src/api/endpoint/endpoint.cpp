#include "api/endpoint/endpoint.hpp"

#include "api/endpoint/etag.hpp"
#include "api/endpoint/router.hpp"
#include "base/assert.hpp"

namespace sealbook::api {
namespace {

// Path parameters cannot name anything when they do not decode: that is 404, not a broken rule.
bool decode_path(Schema schema, const DecodeInput& input, void* request) {
  DecodeContext context;
  for (const Field& field : schema.fields) {
    if (field.options.where != Where::path) continue;
    for (const PathParameter& parameter : input.path)
      if (parameter.name == field.name) decode_text(context, field, parameter.value, request);
  }
  return context.ok();
}

const Field* find_query_field(Schema schema, std::string_view name) {
  for (const Field& field : schema.fields)
    if (field.options.where == Where::query && field.name == name) return &field;
  return nullptr;
}

std::string pointer_to(std::string_view name) {
  std::string pointer;
  append_pointer(pointer, name);
  return pointer;
}

void require(DecodeContext& context, const Field& field, std::string_view what) {
  if (field.options.presence == Presence::optional || field.codec().is_optional) return;
  context.refuse_at(pointer_to(field.name), "required",
                    "This " + std::string(what) + " is missing.");
}

void decode_query(DecodeContext& context, Schema schema, std::string_view query, void* request) {
  const auto parameters = parse_query(query);
  if (!parameters)
    return context.refuse_at("", "format", "The query is not valid percent-encoded text.");
  std::uint64_t seen = 0;
  for (const QueryParameter& parameter : *parameters) {
    const Field* field = find_query_field(schema, parameter.name);
    if (field == nullptr) {
      context.refuse_at(pointer_to(shortened(parameter.name)), "unknown",
                        "There is no such query parameter here.");
      continue;
    }
    const std::uint64_t bit = std::uint64_t{1} << (field - schema.fields.data());
    if ((seen & bit) != 0)
      context.refuse_at(pointer_to(field->name), "duplicate", "This query parameter stands twice.");
    else decode_text(context, *field, parameter.value, request);
    seen |= bit;
  }
  for (std::size_t i = 0; i < schema.fields.size(); ++i)
    if (schema.fields[i].options.where == Where::query && (seen >> i & 1) == 0)
      require(context, schema.fields[i], "query parameter");
}

void decode_headers(DecodeContext& context, Schema schema, const DecodeInput& input,
                    void* request) {
  for (const Field& field : schema.fields) {
    if (field.options.where != Where::header) continue;
    const net::HeaderView* found = nullptr;
    for (const net::HeaderView& header : input.headers)
      if (net::same_header_name(header.name, field.name)) found = &header;
    if (found != nullptr) decode_text(context, field, found->value, request);
    else require(context, field, "header");
  }
}

bool has_body_field(Schema schema) {
  for (const Field& field : schema.fields)
    if (field.options.where == Where::body) return true;
  return false;
}

// The text of one member, without quotes: for Location and ETag.
std::string member_text(Schema schema, const void* object, std::string_view name) {
  for (const Field& field : schema.fields) {
    if (field.name != name) continue;
    std::string text;
    JsonWriter json(text);
    field.codec().encode(field.member(const_cast<void*>(object)), json);
    if (text.size() >= 2 && text.front() == '"') return text.substr(1, text.size() - 2);
    return text;
  }
  return {};
}

std::string fill_template(std::string_view path, Schema schema, const void* object) {
  std::string filled;
  while (!path.empty()) {
    const std::size_t open = path.find('{');
    filled += path.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = path.find('}', open);
    ASSERT(close != std::string_view::npos);
    filled += member_text(schema, object, path.substr(open + 1, close - open - 1));
    path.remove_prefix(close + 1);
  }
  return filled;
}

}  // namespace

Result<void> decode_request(Schema schema, const DecodeInput& input, void* request) {
  if (!decode_path(schema, input, request)) return fail(ErrorCode::not_found);
  DecodeContext context;
  decode_query(context, schema, input.query, request);
  decode_headers(context, schema, input, request);
  if (has_body_field(schema)) {
    static const JsonValue empty{JsonValue::Object{}};
    decode_object(context, schema, input.body != nullptr ? *input.body : empty, request);
  } else if (input.body != nullptr) {
    const JsonValue::Object* members = input.body->as_object();
    if (members == nullptr || !members->empty())
      context.refuse_at("", "unknown", "There is no body here.");
  }
  if (context.ok()) return {};
  Error error = make_error(ErrorCode::invalid);
  error.fields = context.take();
  error.detail = error.fields.size() == 1 ? error.fields.front().detail
                                          : "Several rules are broken; see errors.";
  return fail(std::move(error));
}

EncodedAnswer encode_answer(const EndpointSpec& spec, Schema schema, const void* response) {
  EncodedAnswer answer;
  if (spec.success == 204) return answer;
  answer.body.reserve(512);
  JsonWriter json(answer.body);
  encode_object(schema, response, json);
  if (!spec.location.empty()) answer.location = fill_template(spec.location, schema, response);
  const std::string version = member_text(schema, response, "version");
  if (!version.empty()) answer.etag = "\"v" + version + '"';
  return answer;
}

std::string_view to_text(Method method) {
  constexpr std::string_view names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  return names[static_cast<std::size_t>(method)];
}

std::string_view to_text(RateClass rate) {
  constexpr std::string_view names[] = {"interactive", "search", "booking", "directory",
                                        "audit",       "admin",  "sign_in", "public_page"};
  return names[static_cast<std::size_t>(rate)];
}

std::string_view to_text(StepUp step_up) {
  constexpr std::string_view names[] = {"none", "recent", "phishing_resistant"};
  return names[static_cast<std::size_t>(step_up)];
}

}  // namespace sealbook::api
