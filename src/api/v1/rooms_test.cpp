// The rows of the first rooms, called as the pipeline calls them, on both engines: JSON in, JSON out.
#include "api/endpoint/openapi.hpp"
#include "api/endpoint/router.hpp"
#include "api/endpoint/typescript.hpp"
#include "api/v1/all.hpp"
#include "app/testing/world.hpp"

namespace sealbook::api {
namespace {

class RoomsTest : public app::testing::World {
 protected:
  struct Answer {
    std::string error;                  // slug of a refusal
    std::vector<std::string> pointers;  // what it names
    JsonValue body;
    std::string etag, location;
    std::string text(std::string_view name) const {
      const JsonValue* member = body.find(name);
      return member != nullptr && member->as_string() != nullptr ? *member->as_string() : std::string();
    }
    const JsonValue::Array& list(std::string_view name) const { return *body.find(name)->as_array(); }
  };

  static Answer refusal(const Error& error) {
    Answer answer{std::string(row_of(error.code).slug), {}, {}, {}, {}};
    for (const FieldError& field : error.fields) answer.pointers.push_back(field.pointer);
    return answer;
  }

  Answer call(const Principal& who, std::string_view method, std::string_view path, std::string_view body = {},
              std::optional<std::int64_t> if_match = std::nullopt) {
    static const Router router = std::move(*Router::build(all_endpoints()));
    const std::size_t question = path.find('?');
    const auto found = router.find(method, path.substr(0, question));
    const auto& match = std::get<Router::Match>(found);
    app::CallContext ctx{.app = app(), .tenant = who.tenant.is_nil() ? nullptr : tenant, .principal = who,
                         .decision = {}, .now = app().store.now(), .request = {}, .if_match = if_match,
                         .endpoint_id = match.endpoint->spec.id, .entries = {}, .explain = {}};
    if (match.endpoint->spec.access.permission) {
      const auto decision = decide(who, *match.endpoint->spec.access.permission);
      if (!decision) return refusal(decision.error());
      ctx.decision = *decision;
    }
    std::optional<JsonValue> parsed;
    if (!body.empty()) parsed = parse_json(body).value();
    const std::string_view query = question == std::string_view::npos ? std::string_view() : path.substr(question + 1);
    auto prepared = match.endpoint->prepare(ctx, {match.parameters, query, {}, parsed ? &*parsed : nullptr});
    if (!prepared) return refusal(prepared.error());
    EncodedAnswer encoded;
    if (auto* read = std::get_if<EncodedAnswer>(&*prepared)) encoded = std::move(*read);
    else {
      EXPECT_FALSE(ctx.entries.empty()) << "a change without an entry";
      auto written = app::perform(ctx, Result<app::Work<EncodedAnswer>>(std::move(std::get<EncodedWork>(*prepared))));
      if (!written) return refusal(written.error());
      encoded = std::move(*written);
    }
    return {{}, {}, encoded.body.empty() ? JsonValue() : parse_json(encoded.body).value(), encoded.etag, encoded.location};
  }
  Answer post(std::string_view path, std::string_view body) { return call(admin, "POST", path, body); }
  Answer get(std::string_view path) { return call(admin, "GET", path); }
};
SEALBOOK_ON_BOTH_ENGINES(RoomsTest);

TEST(AllEndpoints, fit_together_and_can_be_written_down) {
  EXPECT_TRUE(Router::build(all_endpoints()));
  const auto document = openapi_document(all_endpoints(), {});
  ASSERT_TRUE(document) << document.error().cause;
  EXPECT_TRUE(parse_json(*document, {.max_bytes = 1 << 20, .max_depth = 32}));
  EXPECT_TRUE(typescript_client(all_endpoints()));
}

TEST_P(RoomsTest, a_clinic_is_set_up_with_the_shapes_of_the_quick_start) {
  const auto site = post("/v1/locations", R"({"name":"Harbour","time_zone":"America/New_York"})");
  ASSERT_EQ(site.error, "");
  EXPECT_EQ(site.etag, "\"v1\"");
  EXPECT_EQ(site.location, "/v1/locations/" + site.text("id"));
  const std::string at = R"("location_id":")" + site.text("id") + '"';
  EXPECT_EQ(post("/v1/departments", R"({"name":"General",)" + at + "}").error, "");
  const auto person = post("/v1/practitioners", R"({"name":"Dr. Example A"})");
  EXPECT_EQ(*person.body.find("lanes")->as_int(), 1);
  const auto hours = post("/v1/schedules", R"({"resource_id":")" + person.text("id") + "\"," + at +
      R"(,"weekly":[{"weekday":"monday","from":"09:00","until":"17:00"},{"weekday":"tuesday","from":"22:00","until":"06:00"}]})");
  ASSERT_EQ(hours.error, "");
  const auto room = post("/v1/rooms", R"({"name":"Room 1",)" + at + "}");
  EXPECT_EQ(room.text("location_id"), site.text("id"));
  const auto service = post("/v1/services", R"({"name":"First visit","duration_minutes":45,"buffer_after_minutes":15,)"
      R"("notice_minutes":0,"horizon_days":90,"grid_minutes":15,"needs":[{"kind":"practitioner"},{"kind":"room"}]})");
  ASSERT_EQ(service.error, "");
  EXPECT_EQ(service.text("audience"), "patients");
  EXPECT_EQ(*service.list("needs").at(0).find("buffers")->as_bool(), true);
  EXPECT_EQ(*service.list("needs").at(1).find("listing")->as_string(), "named");
  EXPECT_EQ(post("/v1/accounts", R"({"role":"front_desk"})").error, "");

  restart();
  const auto schedules = get("/v1/schedules?resource_id=" + person.text("id"));
  ASSERT_EQ(schedules.list("schedules").size(), 1U);
  const JsonValue& night = schedules.list("schedules")[0].find("weekly")->as_array()->at(1);
  EXPECT_EQ(*night.find("weekday")->as_string(), "tuesday");
  EXPECT_EQ(*night.find("from")->as_string(), "22:00");
  EXPECT_EQ(*night.find("until")->as_string(), "06:00");
  EXPECT_EQ(get("/v1/services").list("services").size(), 1U);
  EXPECT_EQ(get("/v1/services/" + service.text("id")).text("name"), "First visit");
  EXPECT_EQ(get("/v1/rooms").list("rooms").size(), 1U);
  EXPECT_EQ(get("/v1/departments").list("departments").size(), 1U);
}

TEST_P(RoomsTest, a_patch_changes_what_it_names_and_the_etag_moves_on) {
  const auto service = post("/v1/services", R"({"name":"Visit","description":"What to expect","duration_minutes":30,"needs":[{"kind":"device","pool":[],"buffers":false,"listing":"pooled"}]})");
  const auto changed = call(admin, "PATCH", "/v1/services/" + service.text("id"), R"({"duration_minutes":40,"audience":"staff","description":""})", 1);
  ASSERT_EQ(changed.error, "");
  EXPECT_EQ(changed.etag, "\"v2\"");
  EXPECT_EQ(*changed.body.find("duration_minutes")->as_int(), 40);
  EXPECT_EQ(changed.text("audience"), "staff");
  EXPECT_EQ(changed.body.find("description"), nullptr);
  EXPECT_EQ(*changed.list("needs").at(0).find("buffers")->as_bool(), false);
  EXPECT_EQ(call(admin, "PATCH", "/v1/services/" + service.text("id"), R"({"name":"Late"})", 1).error, "precondition-failed");
  EXPECT_EQ(call(admin, "PATCH", "/v1/services/" + service.text("id"), "{}", 2).error, "invalid");
}

TEST_P(RoomsTest, overrides_and_closures_come_and_go) {
  const auto site = post("/v1/locations", R"({"name":"Harbour","time_zone":"America/New_York"})");
  const auto hours = post("/v1/schedules", R"({"location_id":")" + site.text("id") + R"(","weekly":[]})");
  const std::string day = "/v1/schedules/" + hours.text("id") + "/overrides/2026-12-24";
  const auto set = call(admin, "PUT", day, R"({"hours":[{"from":"09:00","until":"24:00"}]})");
  ASSERT_EQ(set.error, "");
  EXPECT_EQ(*set.list("overrides").at(0).find("date")->as_string(), "2026-12-24");
  EXPECT_EQ(*set.list("overrides").at(0).find("hours")->as_array()->at(0).find("until")->as_string(), "24:00");
  EXPECT_EQ(call(admin, "PUT", "/v1/schedules/" + hours.text("id") + "/overrides/2026-02-30", R"({"hours":[]})").error, "not-found");
  EXPECT_EQ(call(admin, "DELETE", day).error, "");
  EXPECT_EQ(call(admin, "DELETE", day).error, "not-found");

  const auto closure = post("/v1/closures", R"({"starts_at":"2026-12-24T00:00:00Z","ends_at":"2026-12-27T00:00:00Z","reason":"Holidays"})");
  ASSERT_EQ(closure.error, "");
  EXPECT_EQ(get("/v1/closures?from=2026-12-26T00:00:00Z&to=2027-01-01T00:00:00Z").list("closures").size(), 1U);
  EXPECT_TRUE(get("/v1/closures?from=2026-12-27T00:00:00Z").list("closures").empty());
  EXPECT_EQ(call(admin, "DELETE", "/v1/closures/" + closure.text("id")).error, "");
  EXPECT_TRUE(get("/v1/closures").list("closures").empty());
}

TEST_P(RoomsTest, a_patient_is_registered_changed_and_found) {
  const auto made = post("/v1/patients", R"({"name":{"given":["María"],"family":"García","second_family":"Ruiz"},"birth_date":"1984-03-12",)"
      R"("contacts":[{"kind":"email","value":"maria@example.test"},{"kind":"phone","value":"+1 202 555 0141","safe":false}],)"
      R"("identifiers":[{"issuer":"urn:example:mrn","value":"A17"}],"language":"es","note":"prefers\nmornings"})");
  ASSERT_EQ(made.error, "");
  const std::string path = "/v1/patients/" + made.text("id");
  EXPECT_EQ(made.location, path);
  const auto seen = get(path);
  EXPECT_EQ(seen.etag, "\"v1\"");
  EXPECT_EQ(seen.text("birth_date"), "1984-03-12");
  EXPECT_EQ(seen.text("note"), "prefers\nmornings");
  EXPECT_EQ(*seen.body.find("name")->find("second_family")->as_string(), "Ruiz");
  EXPECT_EQ(*seen.list("contacts").at(1).find("safe")->as_bool(), false);
  EXPECT_EQ(*seen.list("contacts").at(1).find("verified")->as_bool(), false);

  EXPECT_EQ(call(admin, "PATCH", path, R"({"contacts":[{"kind":"phone","value":"202-555-0142"}]})", 1).etag, "\"v2\"");
  const auto hits = post("/v1/patients/search", R"({"contact":"(202) 555 0142"})").list("patients");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(*hits[0].find("id")->as_string(), made.text("id"));
  EXPECT_EQ(*hits[0].find("phone_tail")->as_string(), "0142");
  EXPECT_EQ(hits[0].find("contacts"), nullptr);
  EXPECT_EQ(post("/v1/patients/search", R"({"text":"gar mar"})").list("patients").size(), 1U);
  EXPECT_EQ(post("/v1/patients/search", R"({"identifier":{"issuer":"urn:example:mrn","value":"a17"}})").list("patients").size(), 1U);
}

TEST_P(RoomsTest, refusals_name_the_member_by_its_pointer) {
  using Pointers = std::vector<std::string>;
  EXPECT_EQ(post("/v1/patients", R"({"name":{"given":[""],"family":"A\u202eB"},"birth_date":"1984-02-30","contacts":[{"kind":"fax","value":"1"}],"colour":"red"})").pointers,
            (Pointers{"/name/given/0", "/name/family", "/birth_date", "/contacts/0/kind", "/colour"}));
  EXPECT_EQ(post("/v1/patients", R"({"name":{"given":["A"],"family":"B"},"birth_date":"1984-02-01","contacts":[{"kind":"email","value":"nobody"}]})").pointers,
            Pointers{"/contacts/0/value"});
  EXPECT_EQ(post("/v1/patients/search", R"({"text":"a","contact":"a@example.test"})").error, "invalid");
  EXPECT_EQ(post("/v1/services", R"({"name":"V","duration_minutes":0,"needs":[]})").pointers, (Pointers{"/duration_minutes", "/needs"}));
  EXPECT_EQ(post("/v1/practitioners", R"({"name":"V","lanes":9})").pointers, Pointers{"/lanes"});
  const auto site = post("/v1/locations", R"({"name":"Harbour","time_zone":"America/New_York"})");
  EXPECT_EQ(post("/v1/schedules", R"({"location_id":")" + site.text("id") + R"(","weekly":[{"weekday":"monday","from":"24:00","until":"17:00"}]})").pointers,
            Pointers{"/weekly/0/from"});
  EXPECT_EQ(post("/v1/rooms", R"({"name":"R","location_id":"dep_00000000000000000000000000"})").pointers, Pointers{"/location_id"});
}

TEST_P(RoomsTest, me_tells_every_role_who_it_is_and_the_instance_belongs_to_no_tenant) {
  for (const Role role : {Role::admin, Role::auditor, Role::billing, Role::patient}) {
    const auto me = call(principal(role), "GET", "/v1/me");
    EXPECT_EQ(me.text("role"), to_text(role));
    EXPECT_EQ(me.text("tenant_id"), tenant->id().text());
    EXPECT_TRUE(Instant::parse(me.text("now")));
  }
  Principal root = principal(Role::super_admin);
  root.tenant = TenantId();
  const auto me = call(root, "GET", "/v1/me");
  EXPECT_EQ(me.body.find("tenant_id"), nullptr);
  EXPECT_EQ(me.list("permissions").size(), 2U);
  EXPECT_EQ(call(root, "GET", "/v1/services").error, "forbidden");
  EXPECT_EQ(call(admin, "GET", "/v1/tenants").error, "forbidden");

  const auto made = call(root, "POST", "/v1/tenants", R"({"slug":"new-clinic","name":"New","message_name":"Your clinic","regime":["healthcare"],"phone":"+12025550100"})");
  ASSERT_EQ(made.error, "");
  EXPECT_TRUE(app::token_hash(*made.body.find("admin")->find("token")->as_string()));
  EXPECT_EQ(call(root, "POST", "/v1/tenants", R"({"slug":"new-clinic","name":"New","message_name":"Your clinic","regime":["gdpr"]})").error, "state-conflict");
  EXPECT_EQ(call(root, "GET", "/v1/tenants").list("tenants").size(), 2U);
  EXPECT_EQ(get("/v1/tenant").text("slug"), "first-clinic");
}

}  // namespace
}  // namespace sealbook::api
