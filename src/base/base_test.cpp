#include <gtest/gtest.h>

#include <set>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"

namespace sealbook {
namespace {

TEST(Id, text_reads_back_and_carries_its_kind) {
  const auto id = new_id<PatientId>();

  EXPECT_EQ(PatientId::parse(id.text()), id);
  EXPECT_FALSE(AppointmentId::parse(id.text()));
  EXPECT_EQ(id.text().size(), 30U);
}

TEST(Id, only_one_text_names_an_id) {
  EXPECT_FALSE(PatientId::parse("pat_8zzzzzzzzzzzzzzzzzzzzzzzzz"));  // 129 bits
  EXPECT_FALSE(PatientId::parse("pat_0000000000000000000000000O"));
  EXPECT_FALSE(PatientId::parse("pat_"));
  EXPECT_TRUE(PatientId::parse("pat_7zzzzzzzzzzzzzzzzzzzzzzzzz"));
}

TEST(Instant, reads_and_writes_rfc_3339) {
  EXPECT_EQ(Instant::parse("2026-11-22T10:00:00+01:00")->text(), "2026-11-22T09:00:00Z");
  EXPECT_EQ(Instant::parse("2026-11-22T10:00:00.25Z")->text(), "2026-11-22T10:00:00.250000Z");
  EXPECT_FALSE(Instant::parse("2026-11-22T10:00:00"));
  EXPECT_FALSE(Instant::parse("2026-02-30T10:00:00Z"));
  EXPECT_FALSE(Instant::parse("2026-11-22 10:00:00Z"));
  EXPECT_FALSE(Instant::parse("2026-11-22T10:00:60Z"));
  EXPECT_FALSE(Instant::parse("2026-11-22T10:00:00Zx"));
}

TEST(Base64url, has_one_text_for_one_value) {
  for (std::size_t size = 0; size < 40; ++size) {
    Bytes bytes(size);
    fill_random(bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
  }
  EXPECT_FALSE(from_base64url("AB"));  // stray bits
  EXPECT_FALSE(from_base64url("A"));
  EXPECT_FALSE(from_base64url("AA=="));
}

TEST(Random, does_not_repeat_across_the_buffer_edge) {
  std::set<RawId> seen;
  for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(seen.insert(random_array<16>()).second);
}

TEST(Secret, compares_by_value_and_moves_out) {
  Secret a(Bytes{1, 2, 3});
  Secret b = a.clone();
  EXPECT_TRUE(a == b);
  Secret c = std::move(b);
  EXPECT_TRUE(b.empty());  // NOLINT: what is left behind is what is tested
  EXPECT_EQ(c.size(), 3U);
}

}  // namespace
}  // namespace sealbook
