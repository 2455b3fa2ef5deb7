#include "domain/scheduling/service.hpp"

#include <gtest/gtest.h>

#include "domain/directory/location.hpp"

namespace sealbook::scheduling {
namespace {

TEST(Service, names_each_broken_rule) {
  const ResourceId twice = ResourceId::from_raw({1});
  Service service;
  service.duration = Minutes(0);
  service.buffer_before = Minutes(-1);
  service.buffer_after = Minutes(1441);
  service.min_notice = std::chrono::days(367);
  service.grid = Minutes(0);
  service.horizon_days = -1;
  service.needs = {Requirement{}, Requirement{.pool = {twice, twice}}};

  const auto refused = validate(service);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  std::vector<std::string> pointers;
  for (const FieldError& field : refused.error().fields) pointers.push_back(field.pointer);
  EXPECT_EQ(pointers,
            (std::vector<std::string>{"/duration", "/buffer_before", "/buffer_after", "/min_notice",
                                      "/grid", "/horizon_days", "/needs/1/pool"}));
}

TEST(Service, needs_at_least_one_resource) {
  Service service;
  EXPECT_EQ(validate(service).error().fields.at(0).pointer, "/needs");
  service.needs = {Requirement{}};
  EXPECT_TRUE(validate(service));
}

TEST(Resource, has_a_kind_with_a_text) {
  for (const ResourceKind kind :
       {ResourceKind::practitioner, ResourceKind::room, ResourceKind::device})
    EXPECT_EQ(parse_resource_kind(to_text(kind)), kind);
  EXPECT_FALSE(parse_resource_kind("vehicle"));
  EXPECT_EQ(Location{}.zone, TimeZone::utc());
}

}  // namespace
}  // namespace sealbook::scheduling
