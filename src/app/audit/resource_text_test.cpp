#include "app/audit/resource_text.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace sealbook::app {
namespace {

using audit::Resource;
using audit::ResourceKind;

TEST(ResourceText, gives_each_kind_the_prefix_that_the_api_uses_for_it) {
  const RawId raw = random_array<16>();
  EXPECT_EQ(id_text_of({ResourceKind::appointment, raw}), AppointmentId::from_raw(raw).text());
  EXPECT_EQ(id_text_of({ResourceKind::patient, raw}), PatientId::from_raw(raw).text());
  EXPECT_EQ(id_text_of({ResourceKind::practitioner, raw}), ResourceId::from_raw(raw).text());
  EXPECT_EQ(id_text_of({ResourceKind::room, raw}), ResourceId::from_raw(raw).text());
  EXPECT_EQ(id_text_of({ResourceKind::schedule_override, raw}), ScheduleId::from_raw(raw).text());
  EXPECT_EQ(id_text_of({ResourceKind::log, raw}), TenantId::from_raw(raw).text());
}

TEST(ResourceText, names_nothing_where_there_is_no_id) {
  EXPECT_EQ(id_text_of({ResourceKind::none, random_array<16>()}), "");
  EXPECT_EQ(id_text_of({ResourceKind::migration, random_array<16>()}), "");
  EXPECT_EQ(id_text_of({ResourceKind::patient, RawId{}}), "");
}

TEST(ResourceText, reads_back_every_id_that_it_writes) {
  for (int kind = 0; kind <= static_cast<int>(ResourceKind::device); ++kind) {
    const Resource resource{static_cast<ResourceKind>(kind), random_array<16>()};
    const std::string text = id_text_of(resource);
    if (text.empty()) continue;
    const auto id = parse_any_id(text);
    ASSERT_TRUE(id) << text;
    EXPECT_TRUE(is_named_by(resource, *id)) << text;
    EXPECT_FALSE(is_named_by({resource.kind, random_array<16>()}, *id));
  }
}

TEST(ResourceText, tells_things_of_another_kind_apart_even_with_the_same_bytes) {
  const RawId raw = random_array<16>();
  const auto id = parse_any_id(PatientId::from_raw(raw).text());
  ASSERT_TRUE(id);
  EXPECT_FALSE(is_named_by({ResourceKind::appointment, raw}, *id));
}

TEST(ResourceText, refuses_what_is_no_id) {
  for (const char* text : {"", "pat_", "pat_0", "xyz_00000000000000000000000001", "00000000000000000000000001",
                           "pat_zzzzzzzzzzzzzzzzzzzzzzzzzz", "PAT_00000000000000000000000001"})
    EXPECT_FALSE(parse_any_id(text)) << text;
}

}  // namespace
}  // namespace sealbook::app
