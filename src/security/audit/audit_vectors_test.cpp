// The journal's byte formats against docs/formats/vectors/audit-log.json, which another program wrote
// from docs/formats/audit-log.md.
#include <gtest/gtest.h>

#include "security/audit/body.hpp"
#include "security/audit/bundle.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/merkle.hpp"
#include "security/test_vectors.hpp"

namespace sealbook::audit {
namespace {

namespace tv = test_vectors;

class AuditVectors : public ::testing::Test {
 protected:
  const JsonValue vectors = tv::load("docs/formats/vectors/audit-log.json");
  const crypto::DataKey key{*crypto::KeyId::from_bytes(tv::bytes(vectors, "key_id")),
                            static_cast<std::uint32_t>(tv::integer(vectors, "generation")), Secret(tv::bytes(vectors, "dek"))};
  const std::string environment = tv::text(vectors, "environment");
  const TenantId tenant = TenantId::from_bytes(tv::bytes(vectors, "tenant"));
  const crypto::Ed25519SigningKey signing{Secret(tv::bytes(vectors, "checkpoint_seed"))};
  const CheckpointSigner signer{tv::text(vectors, "instance_origin"), signing};
};

TreeEntry entry_of(const JsonValue& json) {
  const Bytes bytes = tv::bytes(json, "entry");
  TreeEntry out{};
  std::copy_n(bytes.begin(), out.size(), out.begin());
  return out;
}

TEST_F(AuditVectors, entries_open_and_encode_again_to_the_same_bytes) {
  for (const JsonValue& json : tv::array(vectors, "entries")) {
    SCOPED_TRACE(tv::text(json, "name"));
    const auto opened = open_entry(EntryId::from_bytes(tv::bytes(json, "id")), entry_of(json), tv::bytes(json, "sealed"), key,
                                   {environment, tenant});
    ASSERT_TRUE(opened) << opened.error().cause;
    EXPECT_EQ(opened->body, tv::bytes(json, "body"));
    EXPECT_EQ(to_hex(opened->salt), tv::text(json, "salt"));
    const auto body = decode_body(opened->body);
    ASSERT_TRUE(body);
    EXPECT_EQ(encode(*body), opened->body);
    if (tv::array(json, "people").empty()) continue;
    std::vector<PatientId> people;
    for (const JsonValue& person : tv::array(json, "people")) people.push_back(PatientId::from_bytes(*from_hex(*person.as_string())));
    EXPECT_EQ(opened->entry.subjects, people);
  }
}

TEST_F(AuditVectors, members_have_the_meaning_that_the_page_says) {
  const JsonValue& booked = tv::array(vectors, "entries")[0];
  const auto body = decode_body(tv::bytes(booked, "body"));
  ASSERT_TRUE(body);
  EXPECT_EQ(body->entry.action, AuditAction::appointment_booked);
  EXPECT_EQ(body->entry.actor.kind, ActorKind::account);
  EXPECT_EQ(body->entry.role, Role::front_desk);
  EXPECT_EQ(body->entry.permission, Permission::appointment_create);
  EXPECT_EQ(body->entry.resource.kind, ResourceKind::appointment);
  EXPECT_EQ(body->entry.second.kind, ResourceKind::service);
  EXPECT_TRUE(body->subject);
  EXPECT_EQ(body->entry.version_after, 1U);
  EXPECT_EQ(body->entry.at.micros(), 1'795'000'000'000'000);
  const auto refused = decode_body(tv::bytes(tv::array(vectors, "entries")[2], "body"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->entry.action, AuditAction::access_refused_anonymous);
  EXPECT_EQ(refused->entry.outcome, AuditOutcome::refused);
  EXPECT_EQ(refused->entry.error, ErrorCode::unauthenticated);
  EXPECT_EQ(refused->entry.count, 41U);
}

TEST_F(AuditVectors, bundles_chain_and_root_are_the_same_bytes) {
  Bytes entries, bodies;
  Hash256 chain{};
  CompactRange range;
  begin_bodies(bodies, chain);
  auto at = static_cast<std::uint64_t>(tv::integer(vectors, "first_sequenced_at"));
  for (std::size_t i = 0; i < tv::array(vectors, "entries").size(); ++i) {
    const JsonValue& json = tv::array(vectors, "entries")[i];
    const Bytes sealed = tv::bytes(json, "sealed");
    const BodyRecord record{EntryId::from_bytes(tv::bytes(json, "id")), at++, sealed};
    append_entry(entries, entry_of(json));
    append_body(bodies, record);
    range.append(leaf_hash(entry_of(json)));
    chain = chain_next(chain, record);
    EXPECT_EQ(to_hex(chain), *tv::array(vectors, "chain")[i].as_string());
  }
  EXPECT_EQ(to_hex(entries), tv::text(vectors, "entry_bundle"));
  EXPECT_EQ(to_hex(bodies), tv::text(vectors, "body_bundle"));
  EXPECT_EQ(to_hex(range.root()), tv::text(vectors, "root"));
  const JsonValue& json = tv::member(vectors, "publication");
  const Publication leaf{tv::text(json, "log"), range.size(), range.root(), chain, static_cast<std::uint64_t>(tv::integer(json, "published_at"))};
  EXPECT_EQ(to_hex(encode(leaf)), tv::text(json, "leaf"));
  EXPECT_EQ(parse_publication(tv::bytes(json, "leaf")), leaf);
  EXPECT_EQ(signer.sign(tv::text(vectors, "checkpoint_log"), range.size(), range.root()), tv::text(vectors, "checkpoint"));
  EXPECT_EQ(signer.instance_key().text(), tv::text(vectors, "vkey"));
}

// What is stored as a number keeps it: these lists may only grow at their ends (or, before the first
// release, change together with the vectors).
TEST(StoredNumbers, stay_as_they_are) {
  constexpr std::string_view errors[] = {
      "malformed-json", "unauthenticated", "step-up-required", "forbidden", "not-found", "method-not-allowed", "slot-taken",
      "offer-stale", "state-conflict", "precondition-failed", "version-moved", "unsupported-media-type", "invalid", "outside-hours",
      "idempotency-key-reused", "rate-limited", "unavailable", "integrity-error", "internal"};
  constexpr std::string_view permissions[] = {
      "openings.search", "openings.check", "appointment.view", "appointment.create", "appointment.reschedule", "appointment.cancel",
      "appointment.confirm", "appointment.change", "appointment.check_in", "appointment.no_show", "appointment.reinstate",
      "appointment.override", "patient.view", "patient.search", "patient.create", "patient.change", "directory.view",
      "directory.manage", "role.grant", "audit.read", "audit.verify", "tenant.manage", "posture.read"};
  constexpr std::string_view roles[] = {"super_admin", "admin", "scheduler", "front_desk", "provider", "billing", "auditor", "patient"};
  for (std::size_t i = 0; i < std::size(errors); ++i) EXPECT_EQ(row_of(static_cast<ErrorCode>(i)).slug, errors[i]);
  for (std::size_t i = 0; i < std::size(permissions); ++i) EXPECT_EQ(row_of(static_cast<Permission>(i)).id, permissions[i]);
  for (std::size_t i = 0; i < std::size(roles); ++i) EXPECT_EQ(to_text(static_cast<Role>(i)), roles[i]);
  EXPECT_EQ(static_cast<int>(Grant::with_case), 4);
}

}  // namespace
}  // namespace sealbook::audit
