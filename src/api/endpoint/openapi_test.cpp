#include "api/endpoint/openapi.hpp"

#include <gtest/gtest.h>

#include "api/endpoint/testing/sample_rows.hpp"
#include "api/endpoint/typescript.hpp"

namespace sealbook::api {
namespace {

using testing::sample_rows;

JsonValue document() {
  return parse_json(openapi_document(sample_rows, {.version = "0.1.0"}).value(),
                    {.max_bytes = 1 << 20, .max_depth = 32})
      .value();
}

// Follows the names; an absent one ends the test with a null value.
const JsonValue& at(const JsonValue& value, std::initializer_list<std::string_view> names) {
  static const JsonValue none;
  const JsonValue* found = &value;
  for (const std::string_view name : names) {
    found = found->find(name);
    if (found == nullptr) return none;
  }
  return *found;
}

std::string text_at(const JsonValue& value, std::initializer_list<std::string_view> names) {
  const std::string* text = at(value, names).as_string();
  return text == nullptr ? "(absent)" : *text;
}

TEST(OpenApi, every_operation_says_who_may_and_what_is_journaled) {
  const JsonValue json = document();
  EXPECT_EQ(text_at(json, {"openapi"}), "3.1.0");
  const JsonValue& make = at(json, {"paths", "/v1/persons", "post"});
  EXPECT_EQ(text_at(make, {"operationId"}), "createPerson");
  EXPECT_EQ(text_at(make, {"x-permission"}), "patient.create");
  EXPECT_EQ(text_at(make, {"x-audit-action"}), audit::to_text(AuditAction::patient_created));
  EXPECT_EQ(text_at(make, {"x-rate-class"}), "directory");
  EXPECT_EQ(text_at(json, {"paths", "/v1/persons/{id}", "patch", "x-step-up"}), "recent");
  const JsonValue& tile = at(json, {"paths", "/v1/tiles/{tile}", "get"});
  EXPECT_EQ(text_at(tile, {"x-public-because"}), "hashes say nothing about anybody");
  EXPECT_TRUE(at(tile, {"security"}).as_array()->empty());
  EXPECT_EQ(text_at(json, {"components", "securitySchemes", "bearer", "scheme"}), "bearer");
}

TEST(OpenApi, schemas_follow_the_fields) {
  const JsonValue json = document();
  const JsonValue& request = at(json, {"components", "schemas", "PersonRequest"});
  EXPECT_EQ(at(request, {"required"}).as_array()->size(), 3U);
  EXPECT_FALSE(*at(request, {"additionalProperties"}).as_bool());
  EXPECT_EQ(text_at(request, {"properties", "birth_date", "format"}), "date");
  EXPECT_EQ(text_at(request, {"properties", "birth_date", "x-data-class"}), "pii");
  EXPECT_EQ(text_at(request, {"properties", "contacts", "items", "$ref"}),
            "#/components/schemas/Contact");
  EXPECT_EQ(*at(request, {"properties", "note", "maxLength"}).as_int(), 500);
  EXPECT_EQ(*at(request, {"properties", "visits", "minimum"}).as_int(), 1);
  EXPECT_EQ(at(json, {"components", "schemas", "Contact", "properties", "kind", "enum"})
                .as_array()
                ->size(),
            3U);
  EXPECT_EQ(text_at(json, {"components", "schemas", "PersonView", "properties", "id", "pattern"}),
            "^pat_[0-9a-hjkmnp-tv-z]{26}$");
  EXPECT_FALSE(at(json, {"components", "schemas", "Problem"}).is_null());
}

TEST(OpenApi, limits_bind_what_is_sent_and_not_what_is_answered) {
  const JsonValue json = document();
  const JsonValue& view = at(json, {"components", "schemas", "PersonView"});
  EXPECT_TRUE(at(view, {"additionalProperties"}).is_null());
  for (const auto& [name, property] : *at(view, {"properties"}).as_object())
    for (const std::string_view limit : {"minLength", "maxLength", "minItems", "minimum"})
      EXPECT_TRUE(at(property, {limit}).is_null()) << name << " " << limit;
  EXPECT_EQ(text_at(json, {"info", "version"}), "0.1.0");
  const JsonValue& problem = at(json, {"components", "schemas", "Problem", "properties"});
  EXPECT_EQ(text_at(problem, {"alternatives", "type"}), "array");
  EXPECT_EQ(text_at(problem, {"version", "type"}), "integer");
}

TEST(OpenApi, parameters_and_answers_follow_the_row) {
  const JsonValue json = document();
  const auto& parameters = *at(json, {"paths", "/v1/persons", "post", "parameters"}).as_array();
  ASSERT_EQ(parameters.size(), 1U);
  EXPECT_EQ(text_at(parameters[0], {"name"}), "Idempotency-Key");
  const auto& get = *at(json, {"paths", "/v1/persons/{id}", "get", "parameters"}).as_array();
  ASSERT_EQ(get.size(), 4U);
  EXPECT_EQ(text_at(get[0], {"in"}), "path");
  EXPECT_FALSE(*at(get[1], {"required"}).as_bool());
  const JsonValue& answers = at(json, {"paths", "/v1/persons", "post", "responses"});
  EXPECT_FALSE(at(answers, {"201", "headers", "Location"}).is_null());
  EXPECT_EQ(text_at(answers, {"422", "description"}), "invalid, idempotency-key-reused");
  EXPECT_EQ(text_at(answers, {"409", "description"}), "state-conflict");
  EXPECT_FALSE(at(answers, {"401"}).is_null());
  EXPECT_TRUE(
      at(json, {"paths", "/v1/persons/{id}", "patch", "responses", "204", "content"}).is_null());
}

TEST(OpenApi, the_same_rows_give_the_same_bytes) {
  std::vector<Endpoint> turned(std::rbegin(sample_rows), std::rend(sample_rows));
  EXPECT_EQ(openapi_document(sample_rows, {.version = "1"}).value(),
            openapi_document(turned, {.version = "1"}).value());
}

namespace one {
struct Twin {
  int a = 0;
  static constexpr auto fields = std::to_array<Field>(
      {field<&Twin::a>("a", DataClass::public_, "A.", {.where = Where::query})});
};
}  // namespace one
namespace two {
struct Twin {
  int b = 0;
  static constexpr auto fields =
      std::to_array<Field>({field<&Twin::b>("b", DataClass::public_, "B.")});
};
}  // namespace two

TEST(OpenApi, two_structs_of_one_name_are_refused) {
  Endpoint first = sample_rows[1], second = sample_rows[1];
  first.response = schema_of<one::Twin>();
  second.response = schema_of<two::Twin>();
  EXPECT_EQ(openapi_document(std::array{first, second}, {}).error().cause,
            "two different structs are called Twin");
}

TEST(TypeScript, types_and_calls_follow_the_rows) {
  const std::string text = typescript_client(sample_rows).value();
  for (const char* part :
       {"export interface PersonRequest {\n", "  name: PersonName;\n", "  contacts: Contact[];\n",
        "  language?: string;\n", "  kind: 'email' | 'phone' | 'address';\n",
        "  createPerson(\n    body: PersonRequest,\n    options: CallOptions = {},\n  ): "
        "Promise<Answer<PersonView>> {\n",
        "    path: { id: string },\n    query: { limit?: number; active?: boolean; text?: string } "
        "= {},\n",
        "`/v1/persons/${encodeURIComponent(path.id)}`", "): Promise<Answer<void>> {",
        "`/v1/tiles/${path.tile}`, {}, undefined, 'text', options"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace sealbook::api
