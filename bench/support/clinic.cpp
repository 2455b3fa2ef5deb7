#include "clinic.hpp"

#include <algorithm>

#include "base/clock.hpp"
#include "base/random.hpp"

namespace sealbook::bench {
namespace {

constexpr const char* weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                    "friday", "saturday", "sunday"};

std::string weekly(Hours hours) {
  std::string out = "[";
  for (std::size_t day = 0; day < (hours == Hours::office ? 5U : 7U); ++day) {
    if (day > 0) out += ",";
    out +=
        "{\"weekday\":\"" + std::string(weekdays[day]) + "\",\"from\":\"" +
        (hours == Hours::office ? "09:00\",\"until\":\"17:00\"}" : "00:00\",\"until\":\"00:00\"}");
  }
  return out + "]";
}

}  // namespace

Clinic::Clinic(DemoServer& server, LoadClient& client, Hours hours, std::size_t count,
               int grid_minutes) {
  const auto make = [&](std::string_view token, std::string_view path, const std::string& body) {
    return client.ask(post_request(path, token, body));
  };
  const std::string tenant = make(
      server.operator_token(), "/v1/tenants",
      R"({"name":"Bench Clinic","message_name":"Your clinic","regime":["healthcare"],"phone":"+12025550100","slug":"bench-)" +
          to_hex(random_array<6>()) + "\"}");
  const std::string admin = member(tenant, "token");
  const std::string site = member(
      make(admin, "/v1/locations", R"({"name":"Harbour","time_zone":"America/New_York"})"), "id");
  for (std::size_t i = 0; i < count; ++i) {
    practitioners.push_back(
        member(make(admin, "/v1/practitioners", R"({"name":"Dr. Example"})"), "id"));
    make(admin, "/v1/schedules",
         R"({"resource_id":")" + practitioners.back() + R"(","location_id":")" + site +
             R"(","weekly":)" + weekly(hours) + "}");
  }
  service = member(
      make(
          admin, "/v1/services",
          R"({"name":"Visit","duration_minutes":30,"notice_minutes":0,"horizon_days":400,"grid_minutes":)" +
              std::to_string(grid_minutes) + R"(,"needs":[{"kind":"practitioner"}]})"),
      "id");
  desk = member(make(admin, "/v1/accounts", R"({"role":"front_desk"})"), "token");
  for (int i = 0; i < 64; ++i)
    patients.push_back(
        member(make(desk, "/v1/patients",
                    R"({"name":{"given":["Person"],"family":"Example"},"birth_date":"1980-01-01",)"
                    R"("contacts":[{"kind":"email","value":"person)" +
                        std::to_string(i) + R"(@example.test"}]})"),
               "id"));
}

std::string Clinic::search(std::size_t practitioner, int days, int limit,
                           const std::string& cursor) const {
  const Instant now = SystemClock().now();
  std::string body =
      R"({"service_id":")" + service + R"(","practitioner_ids":[")" + practitioners[practitioner] +
      R"("],"from":")" + (now + std::chrono::days(4)).text() + R"(","to":")" +
      (now + std::chrono::days(4 + days)).text() + R"(","limit":)" + std::to_string(limit);
  if (!cursor.empty()) body += R"(,"cursor":")" + cursor + "\"";
  return post_request("/v1/openings/search", desk, body + "}");
}

void Clinic::collect_offers(LoadClient& client, std::size_t practitioner, int days,
                            std::size_t count, std::vector<std::string>& offers) const {
  std::string cursor;
  for (std::size_t found = 0; found < count;) {
    const std::string page = client.ask(search(
        practitioner, days, static_cast<int>(std::min<std::size_t>(200, count - found)), cursor));
    for (std::size_t at = 0; (at = page.find("\"offer\":\"", at)) != std::string::npos;
         ++at, ++found)
      offers.push_back(member(page, "offer", at));
    cursor = member(page, "next");
    if (cursor.empty()) break;
  }
}

std::string Clinic::booking(const std::string& offer, std::size_t patient) const {
  return post_request("/v1/appointments", desk,
                      R"({"offer":")" + offer + R"(","patient_id":")" +
                          patients[patient % patients.size()] + R"(","note":")" +
                          std::string(200, 'n') + "\"}");
}

}  // namespace sealbook::bench
