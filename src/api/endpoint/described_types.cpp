#include "api/endpoint/described_types.hpp"

#include <algorithm>

namespace sealbook::api {
namespace {

using Types = std::map<std::string_view, Schema>;

Result<void> collect(Schema schema, Types& types);

Result<void> collect_codec(const Codec& codec, Types& types) {
  if (codec.item != nullptr) return collect_codec(codec.item(), types);
  if (codec.members != nullptr) return collect(codec.members(), types);
  return {};
}

Result<void> collect(Schema schema, Types& types) {
  const auto [known, is_new] = types.try_emplace(schema.name, schema);
  if (!is_new) {
    if (known->second.fields.data() == schema.fields.data()) return {};
    Error error = make_error(ErrorCode::internal);
    error.cause = "two different structs are called " + std::string(schema.name);
    return fail(std::move(error));
  }
  for (const Field& field : schema.fields) ENSURE(collect_codec(field.codec(), types));
  return {};
}

}  // namespace

Result<Types> described_types(std::span<const Endpoint> rows) {
  Types types;
  for (const Endpoint& row : rows) {
    if (!fields_in(row.request, Where::body).empty()) ENSURE(collect(row.request, types));
    if (has_json_answer(row)) ENSURE(collect(row.response, types));
  }
  return types;
}

Types sent_types(std::span<const Endpoint> rows) {
  Types types;
  for (const Endpoint& row : rows)
    if (!fields_in(row.request, Where::body).empty()) (void)collect(row.request, types);
  return types;
}

std::vector<const Field*> fields_in(Schema schema, Where where) {
  std::vector<const Field*> fields;
  for (const Field& field : schema.fields)
    if (field.options.where == where) fields.push_back(&field);
  return fields;
}

bool is_required(const Field& field) {
  return field.options.presence == Presence::by_type && !field.codec().is_optional;
}

bool has_json_answer(const Endpoint& row) {
  return row.spec.success != 204 && row.spec.produces == "application/json";
}

std::vector<ErrorCode> errors_of(const Endpoint& row) {
  std::vector<ErrorCode> codes(row.spec.errors.begin(), row.spec.errors.end());
  codes.insert(codes.end(), {ErrorCode::rate_limited, ErrorCode::unavailable, ErrorCode::internal});
  if (!row.spec.access.is_public()) codes.push_back(ErrorCode::unauthenticated);
  if (row.spec.method != Method::get) codes.push_back(ErrorCode::cross_site);
  if (row.spec.access.permission) codes.push_back(ErrorCode::forbidden);
  if (row.spec.step_up != StepUp::none) codes.push_back(ErrorCode::step_up_required);
  codes.push_back(ErrorCode::invalid);  // unknown parameters too
  if (row.spec.path.find('{') != std::string_view::npos) codes.push_back(ErrorCode::not_found);
  // A body where none is wanted is read as one that is wrong.
  if (row.spec.consumes == "application/json")
    codes.insert(codes.end(), {ErrorCode::malformed_json, ErrorCode::unsupported_media_type});
  if (row.spec.if_match != IfMatch::none) codes.push_back(ErrorCode::precondition_failed);
  if (row.spec.idempotency != Idempotency::none) codes.push_back(ErrorCode::idempotency_key_reused);
  std::ranges::sort(codes);
  const auto twice = std::ranges::unique(codes);
  codes.erase(twice.begin(), twice.end());
  return codes;
}

}  // namespace sealbook::api
