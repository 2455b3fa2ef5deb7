// Fuzzes what stands between a request's body and a use case: strict JSON, then the schema-driven
// decoder of a realistic request. What it accepts must encode, and decode to the same again; what
// it refuses must name a rule and a pointer that is valid JSON pointer text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/endpoint/endpoint.hpp"
#include "api/endpoint/router.hpp"
#include "api/endpoint/testing/sample_rows.hpp"

using namespace sealbook;
using api::testing::PersonRequest;

namespace {

const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

void check_errors(const Error& error) {
  require(error.code == ErrorCode::invalid || error.code == ErrorCode::not_found);
  require(error.fields.size() <= api::max_field_errors);
  for (const FieldError& field : error.fields) {
    require(field.pointer.empty() || field.pointer.front() == '/');
    require(!field.rule.empty() && !field.detail.empty());
  }
}

void check_body(std::string_view text) {
  const auto body = parse_json(text);
  if (!body) return require(body.error().code == ErrorCode::malformed_json);
  PersonRequest request;
  const auto decoded =
      api::decode_request(api::schema_of<PersonRequest>(), {.body = &*body}, &request);
  if (!decoded) return check_errors(decoded.error());
  // The seed with two contacts bears another name: only a mutation that stays valid gets here.
  if (planted && request.contacts.size() >= 2 && request.name.family.reveal() != "Moss")
    __builtin_trap();
  const std::string once = api::to_json(request);
  const auto again_body = parse_json(once);
  require(again_body.has_value());
  PersonRequest again;
  require(api::decode_request(api::schema_of<PersonRequest>(), {.body = &*again_body}, &again)
              .has_value());
  require(api::to_json(again) == once);
}

void check_query(std::string_view query) {
  const std::string id = api::testing::sample_id().text();
  const api::PathParameter path[] = {{"id", id}};
  api::testing::PersonPath request;
  const auto decoded = api::decode_request(api::schema_of<api::testing::PersonPath>(),
                                           {.path = path, .query = query}, &request);
  if (!decoded) return check_errors(decoded.error());
  require(request.limit >= 1 && request.limit <= 200);
}

}  // namespace

// The first byte chooses: a query when it is '?', a body otherwise.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  if (text.starts_with('?')) check_query(text.substr(1));
  else check_body(text);
  return 0;
}
