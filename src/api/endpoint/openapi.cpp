#include "api/endpoint/openapi.hpp"

#include <algorithm>

#include "api/endpoint/described_types.hpp"
#include "api/endpoint/problem.hpp"

namespace sealbook::api {
namespace {

std::string reference(std::string_view name) { return "#/components/schemas/" + std::string(name); }

std::string_view pattern_of(TextRule rule) {
  switch (rule) {
    case TextRule::token: return "^[!-~]+$";
    case TextRule::slug: return "^[a-z0-9](-?[a-z0-9])*$";
    case TextRule::phone: return "^\\+?[0-9 ().\\-/]+$";
    case TextRule::language: return "^[A-Za-z0-9][A-Za-z0-9-]*$";
    case TextRule::time_zone: return "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$";
    case TextRule::time_of_day: return "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$";
    case TextRule::line:
    case TextRule::multiline:
    case TextRule::email: return {};
  }
  return {};
}

// The limits are those of what is sent. An answer keeps to the limits that its fields name, no others.
enum class Side : std::uint8_t { request, answer };

void write_text_rules(const FieldOptions& options, bool in_array, Side side, JsonWriter& json) {
  if (side == Side::answer) return;
  json.member("minLength", in_array ? 1 : options.min.value_or(1));
  json.member("maxLength", in_array ? options.item_max : options.max.value_or(200));
  if (options.text == TextRule::email) json.member("format", std::string_view("email"));
  if (const std::string_view pattern = pattern_of(options.text); !pattern.empty())
    json.member("pattern", pattern);
}

void write_string(const Codec& codec, const FieldOptions& options, bool in_array, Side side,
                  JsonWriter& json) {
  json.member("type", std::string_view("string"));
  if (!codec.names.empty()) {
    json.key("enum").begin_array();
    for (const EnumName& name : codec.names) json.string(name.text);
    json.end_array();
  } else if (!codec.id_prefix.empty()) {
    json.member("pattern", "^" + std::string(codec.id_prefix) + "[0-9a-hjkmnp-tv-z]{26}$");
  } else if (!codec.format.empty()) {
    json.member("format", codec.format);
  } else {
    write_text_rules(options, in_array, side, json);
  }
}

// The members of a JSON Schema; the object around them is the caller's.
void write_type(const Codec& codec, const FieldOptions& options, bool in_array, Side side,
                JsonWriter& json) {
  switch (codec.kind) {
    case JsonKind::string: write_string(codec, options, in_array, side, json); break;
    case JsonKind::integer:
    case JsonKind::number:
      json.member("type", std::string_view(codec.kind == JsonKind::integer ? "integer" : "number"));
      if (side == Side::answer) break;
      if (options.min && !in_array) json.member("minimum", *options.min);
      if (options.max && !in_array) json.member("maximum", *options.max);
      break;
    case JsonKind::boolean: json.member("type", std::string_view("boolean")); break;
    case JsonKind::array:
      if (!codec.or_word.empty()) {
        json.key("oneOf").begin_array();
        json.begin_object().member("const", codec.or_word).end_object();
        Codec plain = codec;
        plain.or_word = {};
        json.begin_object();
        write_type(plain, options, in_array, side, json);
        json.end_object().end_array();
        break;
      }
      json.member("type", std::string_view("array"));
      if (side == Side::request)
        json.member("minItems", options.min.value_or(0))
            .member("maxItems", options.max.value_or(100));
      else if (options.max) json.member("maxItems", *options.max);
      json.key("items").begin_object();
      write_type(codec.item(), options, true, side, json);
      json.end_object();
      break;
    case JsonKind::object: json.member("$ref", reference(codec.members().name)); break;
  }
}

void write_struct(Schema schema, Side side, JsonWriter& json) {
  const auto fields = fields_in(schema, Where::body);
  json.begin_object().member("type", std::string_view("object"));
  json.key("properties").begin_object();
  for (const Field* field : fields) {
    json.key(field->name).begin_object();
    write_type(field->codec(), field->options, false, side, json);
    json.member("description", field->doc)
        .member("x-data-class", to_text(field->data_class))
        .end_object();
  }
  json.end_object();
  if (std::ranges::any_of(fields, [](const Field* field) { return is_required(*field); })) {
    json.key("required").begin_array();
    for (const Field* field : fields)
      if (is_required(*field)) json.string(field->name);
    json.end_array();
  }
  // Readers of an answer ignore what they do not know; a request may hold nothing that is unknown.
  if (side == Side::request) json.member("additionalProperties", false);
  json.end_object();
}

void write_parameter(std::string_view where, std::string_view name, std::string_view doc,
                     bool required, JsonWriter& json) {
  json.begin_object().member("name", name).member("in", where).member("description", doc);
  json.member("required", required).key("schema").begin_object();
}

void write_parameters(const Endpoint& row, JsonWriter& json) {
  json.key("parameters").begin_array();
  for (const Field& field : row.request.fields) {
    const Where where = field.options.where;
    if (where == Where::body) continue;
    write_parameter(where == Where::path    ? "path"
                    : where == Where::query ? "query"
                                            : "header",
                    field.name, field.doc, where == Where::path || is_required(field), json);
    write_type(field.codec(), field.options, false, Side::request, json);
    json.end_object().member("x-data-class", to_text(field.data_class)).end_object();
  }
  const auto header = [&](std::string_view name, std::string_view doc, bool required,
                          std::int64_t max) {
    write_parameter("header", name, doc, required, json);
    json.member("type", std::string_view("string")).member("minLength", 1).member("maxLength", max);
    json.end_object().end_object();
  };
  const EndpointSpec& spec = row.spec;
  if (spec.idempotency != Idempotency::none)
    header("Idempotency-Key", "The same key with the same body gets the same answer again.",
           spec.idempotency == Idempotency::required, 255);
  if (spec.if_match != IfMatch::none)
    header("If-Match", "The ETag of the version that is to be changed.",
           spec.if_match == IfMatch::required, 1000);
  json.end_array();
}

void write_success(const Endpoint& row, JsonWriter& json) {
  json.key(std::to_string(row.spec.success)).begin_object().member("description", row.spec.summary);
  const bool versioned =
      std::ranges::any_of(row.response.fields, [](const Field& f) { return f.name == "version"; });
  if (versioned || !row.spec.location.empty()) {
    json.key("headers").begin_object();
    for (const auto& [name, there] :
         {std::pair{"ETag", versioned}, {"Location", !row.spec.location.empty()}})
      if (there) json.key(name).raw(R"({"schema":{"type":"string"}})");
    json.end_object();
  }
  if (row.spec.success != 204) {
    json.key("content")
        .begin_object()
        .key(row.spec.produces)
        .begin_object()
        .key("schema")
        .begin_object();
    if (has_json_answer(row)) json.member("$ref", reference(row.response.name));
    else json.member("type", std::string_view("string"));
    json.end_object().end_object().end_object();
  }
  json.end_object();
}

// One response per status; its description lists the problem types.
void write_errors(const Endpoint& row, JsonWriter& json) {
  std::map<int, std::string> by_status;
  for (const ErrorCode code : errors_of(row)) {
    std::string& slugs = by_status[row_of(code).http_status];
    slugs.append(slugs.empty() ? "" : ", ").append(row_of(code).slug);
  }
  for (const auto& [status, slugs] : by_status) {
    json.key(std::to_string(status)).begin_object().member("description", slugs);
    json.key("content")
        .begin_object()
        .key(problem_media_type)
        .raw(R"({"schema":{"$ref":"#/components/schemas/Problem"}})");
    json.end_object().end_object();
  }
}

// A body that is a file, in one of several types.
void write_raw_body(std::string_view consumes, JsonWriter& json) {
  json.key("requestBody").begin_object().member("required", true).key("content").begin_object();
  while (!consumes.empty()) {
    const std::string_view one = consumes.substr(0, consumes.find(','));
    json.key(one).begin_object().key("schema").raw(R"({"type":"string"})").end_object();
    consumes.remove_prefix(std::min(one.size() + 2, consumes.size()));
  }
  json.end_object().end_object();
}

void write_operation(const Endpoint& row, JsonWriter& json) {
  const EndpointSpec& spec = row.spec;
  json.begin_object().member("operationId", spec.id).member("summary", spec.summary);
  json.key("security").raw(spec.access.is_public()     ? "[]"
                           : spec.access.own_session ? R"([{"session":[]}])"
                                                     : R"([{"bearer":[]},{"session":[]}])");
  if (spec.access.permission)
    json.member("x-permission", sealbook::row_of(*spec.access.permission).id);
  else if (spec.access.any_account) json.member("x-permission", std::string_view("authenticated"));
  else json.member("x-public-because", spec.access.public_because);
  if (spec.audit != AuditAction::none) json.member("x-audit-action", audit::to_text(spec.audit));
  if (spec.step_up != StepUp::none) json.member("x-step-up", to_text(spec.step_up));
  json.member("x-rate-class", to_text(spec.rate));
  write_parameters(row, json);
  if (!fields_in(row.request, Where::body).empty()) {
    json.key("requestBody").begin_object().member("required", true).key("content").begin_object();
    json.key(spec.consumes)
        .begin_object()
        .key("schema")
        .begin_object()
        .member("$ref", reference(row.request.name));
    json.end_object().end_object().end_object().end_object();
  }
  if (spec.consumes != "application/json") write_raw_body(spec.consumes, json);
  json.key("responses").begin_object();
  write_success(row, json);
  write_errors(row, json);
  json.end_object().end_object();
}

// A path of OpenAPI has no form for "the rest": it is one parameter there.
std::string path_of(std::string_view path) {
  std::string text(path);
  if (const std::size_t dots = text.find("...}"); dots != std::string::npos) text.erase(dots, 3);
  return text;
}

void write_paths(std::span<const Endpoint> rows, JsonWriter& json) {
  std::map<std::string, std::vector<const Endpoint*>> paths;
  for (const Endpoint& row : rows) paths[path_of(row.spec.path)].push_back(&row);
  json.key("paths").begin_object();
  for (auto& [path, operations] : paths) {
    std::ranges::sort(operations, {}, [](const Endpoint* row) { return row->spec.method; });
    json.key(path).begin_object();
    for (const Endpoint* row : operations) {
      constexpr std::string_view names[] = {"get", "post", "put", "patch", "delete"};
      json.key(names[static_cast<std::size_t>(row->spec.method)]);
      write_operation(*row, json);
    }
    json.end_object();
  }
  json.end_object();
}

// RFC 9457, with the errors that name each broken rule.
constexpr std::string_view problem_schema =
    R"({"type":"object","properties":{"type":{"type":"string","format":"uri-reference"},"title":{"type":"string"},)"
    R"("status":{"type":"integer"},"detail":{"type":"string"},"instance":{"type":"string"},"errors":{"type":"array",)"
    R"("items":{"type":"object","properties":{"pointer":{"type":"string"},"rule":{"type":"string"},"detail":{"type":"string"}},)"
    R"("required":["pointer","rule","detail"]}},"version":{"type":"integer","description":"Of a 412: the present version."},)"
    R"("alternatives":{"type":"array","description":"Of slot-taken and offer-stale: openings near that time.","items":)";
constexpr std::string_view problem_end = R"(}},"required":["type","title","status","instance"]})";

}  // namespace

Result<std::string> openapi_document(std::span<const Endpoint> rows, const OpenApiInfo& info) {
  TRY(types, described_types(rows));
  const auto sent = sent_types(rows);
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("openapi", std::string_view("3.1.0"));
  json.key("info")
      .begin_object()
      .member("title", info.title)
      .member("version", info.version)
      .end_object();
  write_paths(rows, json);
  json.key("components").begin_object();
  json.key("securitySchemes")
      .raw(R"({"bearer":{"type":"http","scheme":"bearer"},"session":{"type":"apiKey","in":"cookie","name":"__Host-sid",)"
           R"("description":"Every method but GET also needs the X-CSRF-Token of GET /v1/session and Sec-Fetch-Site: same-origin."}})");
  json.key("schemas").begin_object();
  for (const auto& [name, schema] : types) {
    json.key(name);
    write_struct(schema, sent.contains(name) ? Side::request : Side::answer, json);
  }
  std::string problem(problem_schema);
  problem += types.contains("OpeningView") ? R"({"$ref":"#/components/schemas/OpeningView"})" : R"({"type":"object"})";
  json.key("Problem").raw(problem.append(problem_end));
  json.end_object().end_object().end_object();
  return text;
}

}  // namespace sealbook::api
