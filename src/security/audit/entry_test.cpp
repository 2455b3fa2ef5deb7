#include "security/audit/entry.hpp"

#include <gtest/gtest.h>

#include <set>

#include "security/audit/body.hpp"
#include "security/audit/testing/sample_journal.hpp"

namespace sealbook::audit {
namespace {

using testing::sample_entry;
using testing::sample_tenant;

constexpr std::string_view environment = "test";

TEST(AuditEntry, what_was_prepared_opens_as_it_was) {
  const testing::SampleKeys keys;
  AuditEntry entry = sample_entry(5);
  entry.second = {ResourceKind::service, random_array<16>()};
  entry.reason = AuditReason::patient_request;
  entry.error = ErrorCode::slot_taken;
  entry.version_before = 7;
  entry.count = 3;

  const PreparedEntry prepared = prepare(entry, keys.data, {environment, sample_tenant(1)});
  const auto opened = open_entry(prepared.id, prepared.entry, prepared.sealed, keys.data, {environment, sample_tenant(1)});

  ASSERT_TRUE(opened) << opened.error().cause;
  EXPECT_EQ(opened->entry, entry);
  EXPECT_EQ(tree_entry(opened->salt, opened->body), prepared.entry);
}

TEST(AuditEntry, an_entry_with_nothing_but_an_action_opens_too) {
  const testing::SampleKeys keys;
  const AuditEntry entry{.action = AuditAction::instance_started};
  const PreparedEntry prepared = prepare(entry, keys.data, {environment, {}});
  const auto opened = open_entry(prepared.id, prepared.entry, prepared.sealed, keys.data, {environment, {}});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->entry, entry);
}

TEST(AuditEntry, a_list_of_people_is_kept_once_each_and_committed_to) {
  const testing::SampleKeys keys;
  AuditEntry entry = sample_entry(1);
  entry.subjects.clear();
  for (int i = 0; i < 37; ++i) entry.subjects.push_back(new_id<PatientId>());
  const std::set<PatientId> people(entry.subjects.begin(), entry.subjects.end());
  entry.subjects.push_back(entry.subjects[3]);

  const PreparedEntry prepared = prepare(entry, keys.data, {environment, sample_tenant(1)});
  const auto opened = open_entry(prepared.id, prepared.entry, prepared.sealed, keys.data, {environment, sample_tenant(1)});

  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->entry.subjects, std::vector<PatientId>(people.begin(), people.end()));
  const auto body = decode_body(opened->body);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->subject_count, 37U);
  EXPECT_FALSE(body->subject) << "a disclosed body names none of them";
}

TEST(AuditEntry, the_commitment_depends_on_the_set_and_the_salt_only) {
  const AuditSalt salt = random_array<32>();
  const auto a = new_id<PatientId>(), b = new_id<PatientId>(), c = new_id<PatientId>();
  EXPECT_EQ(commit_subjects(salt, {a, b}), commit_subjects(salt, {b, a, b}));
  EXPECT_NE(commit_subjects(salt, {a, b}), commit_subjects(salt, {a, c}));
  EXPECT_NE(commit_subjects(salt, {a, b}), commit_subjects(random_array<32>(), {a, b}));
}

TEST(AuditEntry, a_body_opens_in_its_own_place_only) {
  const testing::SampleKeys keys;
  const crypto::DataKey other(crypto::KeyId::from_raw({1, 2, 3, 4, 5, 6, 7, 8}), 1, testing::repeated_byte(10));
  const PreparedEntry one = prepare(sample_entry(1), keys.data, {environment, sample_tenant(1)});
  const PreparedEntry two = prepare(sample_entry(2), keys.data, {environment, sample_tenant(1)});
  const EntryContext here{environment, sample_tenant(1)};

  EXPECT_TRUE(open_entry(one.id, one.entry, one.sealed, keys.data, here));
  EXPECT_FALSE(open_entry(two.id, one.entry, one.sealed, keys.data, here)) << "another entry's id";
  EXPECT_FALSE(open_entry(one.id, two.entry, one.sealed, keys.data, here)) << "another place in the tree";
  EXPECT_FALSE(open_entry(one.id, one.entry, two.sealed, keys.data, here)) << "another body";
  EXPECT_FALSE(open_entry(one.id, one.entry, one.sealed, other, here)) << "another key";
  EXPECT_FALSE(open_entry(one.id, one.entry, one.sealed, keys.data, {environment, sample_tenant(2)})) << "another tenant";
  EXPECT_FALSE(open_entry(one.id, one.entry, one.sealed, keys.data, {"production", sample_tenant(1)})) << "another environment";
}

TEST(AuditEntry, equal_entries_look_unlike_each_other) {
  const testing::SampleKeys keys;
  const AuditEntry entry = sample_entry(1);
  const PreparedEntry one = prepare(entry, keys.data, {environment, sample_tenant(1)});
  const PreparedEntry two = prepare(entry, keys.data, {environment, sample_tenant(1)});
  EXPECT_NE(one.id, two.id);
  EXPECT_NE(one.entry, two.entry);
  EXPECT_NE(one.sealed, two.sealed);
  EXPECT_EQ(one.sealed.size(), two.sealed.size());
}

TEST(AuditBody, a_body_has_one_encoding) {
  Body body{.entry = sample_entry(3)};
  body.entry.subjects.clear();
  body.subject = new_id<PatientId>();
  const Bytes bytes = encode(body);
  ASSERT_TRUE(decode_body(bytes));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 0x01;
    const auto read = decode_body(changed);
    if (read) { EXPECT_EQ(encode(*read), changed) << i; }
  }
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(decode_body(longer));
  EXPECT_FALSE(decode_body(ByteView(bytes).first(bytes.size() - 1)));
}

TEST(AuditActions, every_action_has_its_own_id_and_a_sentence) {
  std::set<std::string_view> ids;
  for (const ActionRow& row : action_rows) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_FALSE(row.sentence.empty());
    EXPECT_EQ(parse_action(row.id), row.action);
  }
  EXPECT_FALSE(parse_action("appointment.deleted"));
}

TEST(AuditLogs, a_log_is_named_after_its_tenant) {
  EXPECT_EQ(log_name({}), "instance");
  EXPECT_EQ(log_tenant("instance"), TenantId{});
  EXPECT_EQ(log_tenant(log_name(sample_tenant(4))), sample_tenant(4));
  EXPECT_FALSE(log_tenant("logs"));
}

}  // namespace
}  // namespace sealbook::audit
