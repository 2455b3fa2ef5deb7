#include "security/authn/webauthn/ceremony.hpp"

#include <gtest/gtest.h>

#include "security/authn/webauthn/testing/soft_authenticator.hpp"

namespace sealbook::authn::webauthn {
namespace {

using testing::Bends;
using testing::bytes_item;
using testing::head;
using testing::int_item;
using testing::SoftAuthenticator;
using testing::text_item;
using testing::operator+;

const Instant now = Instant::from_seconds(1'800'000'000);
const Bytes user(16, 3);

class CeremonyTest : public ::testing::TestWithParam<Algorithm> {
 protected:
  Terms terms(Ceremony ceremony) const { return {party, root, ceremony, binding, now, {}}; }
  Bytes challenge(Ceremony ceremony) const { return make_challenge(root, ceremony, binding, now); }

  Checked<Registered> enrol(const SoftAuthenticator& device, const Bends& bends = {}) const {
    return check_registration(terms(Ceremony::registration), device.make_credential(challenge(Ceremony::registration), bends));
  }
  // Why a registration that is bent in one place does not count.
  std::string refused(const Bends& bends) const {
    const auto checked = enrol(device, bends);
    return checked ? "accepted" : std::string(to_text(checked.error()));
  }

  KnownCredential known(std::uint32_t counter = 0) const { return {key, user, counter, device.is_backup_eligible}; }
  Checked<Asserted> use(const Bends& bends = {}, std::uint32_t counter = 0, ByteView handle = user) const {
    return check_assertion(terms(Ceremony::sign_in), known(counter),
                           device.get_assertion(challenge(Ceremony::sign_in), handle, bends));
  }
  std::string refused_use(const Bends& bends, std::uint32_t counter = 0, ByteView handle = user) const {
    const auto checked = use(bends, counter, handle);
    return checked ? "accepted" : std::string(to_text(checked.error()));
  }

  RelyingParty party{"book.example.test", {"https://book.example.test"}};
  Secret root{ByteView(Bytes(32, 1))};
  Binding binding{9};
  SoftAuthenticator device{GetParam()};
  Bytes key = device.cose_key();
};
INSTANTIATE_TEST_SUITE_P(Algorithms, CeremonyTest, ::testing::Values(Algorithm::es256, Algorithm::eddsa, Algorithm::rs256),
                         [](const auto& info) {
                           return info.param == Algorithm::es256 ? "es256" : info.param == Algorithm::eddsa ? "eddsa" : "rs256";
                         });

TEST_P(CeremonyTest, a_good_registration_counts_with_and_without_a_signature_of_its_own) {
  for (const std::string format : {"none", "packed"}) {
    Bends bends;
    bends.format = format;
    bends.counter = 5;
    const auto checked = enrol(device, bends);
    ASSERT_TRUE(checked) << format << to_text(checked.error());
    EXPECT_EQ(checked->credential.id, device.id());
    EXPECT_EQ(checked->credential.public_key, key);
    EXPECT_EQ(checked->algorithm, GetParam());
    EXPECT_EQ(checked->counter, 5U);
    EXPECT_FALSE(checked->attested);
  }
}

TEST_P(CeremonyTest, a_good_assertion_counts_and_tells_its_counter) {
  const auto checked = use({.type = {}, .counter = 8}, 7);
  ASSERT_TRUE(checked) << to_text(checked.error());
  EXPECT_EQ(checked->counter, 8U);
  EXPECT_TRUE(use());  // 0 after 0: an authenticator that does not count
}

TEST_P(CeremonyTest, client_data_of_a_registration_is_refused_for_each_thing_that_is_wrong) {
  EXPECT_EQ(refused({.type = "webauthn.get"}), "wrong_type");
  EXPECT_EQ(refused({.type = {}, .challenge_text = to_base64url(challenge(Ceremony::sign_in))}), "challenge_foreign");
  EXPECT_EQ(refused({.type = {}, .challenge_text = "%%%"}), "challenge_foreign");
  EXPECT_EQ(refused({.type = {}, .challenge_text = to_base64url(Bytes(56, 0))}), "challenge_foreign");
  for (const std::string origin : {"https://book.example.test.evil.test", "http://book.example.test",
                                   "https://book.example.test:8443", "https://BOOK.example.test", "null", ""})
    EXPECT_EQ(refused({.type = {}, .origin = origin}), "wrong_origin") << origin;
  EXPECT_EQ(refused({.type = {}, .more = R"(,"topOrigin":"https://evil.test")"}), "top_origin");
  EXPECT_EQ(refused({.type = {}, .more = R"(,"type":"webauthn.create")"}), "client_data_json");
  EXPECT_EQ(refused({.type = {}, .prefix = "\xEF\xBB\xBF"}), "client_data_text");
  EXPECT_EQ(refused({.type = {}, .more = ",\"x\":\"\xFF\""}), "client_data_text");
  EXPECT_EQ(refused({.type = {}, .more = ",\"x\":\"" + std::string(9000, 'x') + '"'}), "client_data_size");
  Bends crossed;
  crossed.client_data = [](Bytes& json) {
    std::string text(as_text(json));
    text.replace(text.find("false"), 5, "true");
    json.assign(text.begin(), text.end());
  };
  EXPECT_EQ(refused(crossed), "cross_origin");
  EXPECT_EQ(refused({.type = {}, .more = R"(,"tokenBinding":{"status":"supported"},"other":1)"}), "accepted");
}

TEST_P(CeremonyTest, a_challenge_is_good_for_five_minutes_for_its_ceremony_and_for_its_session) {
  Terms late = terms(Ceremony::registration);
  const auto response = device.make_credential(challenge(Ceremony::registration));
  late.now = now + challenge_life - std::chrono::seconds(1);
  EXPECT_TRUE(check_registration(late, response));
  late.now = now + challenge_life;
  EXPECT_EQ(check_registration(late, response).error(), Refusal::challenge_old);
  Terms other_session = terms(Ceremony::registration);
  other_session.binding[0] = 8;
  EXPECT_EQ(check_registration(other_session, response).error(), Refusal::challenge_foreign);
  const Secret other_root{ByteView(Bytes(32, 2))};
  const Terms other_server{party, other_root, Ceremony::registration, binding, now, {}};
  EXPECT_EQ(check_registration(other_server, response).error(), Refusal::challenge_foreign);
}

TEST_P(CeremonyTest, authenticator_data_is_refused_for_each_thing_that_is_wrong) {
  EXPECT_EQ(refused({.type = {}, .rp_id = "evil.example.test"}), "wrong_relying_party");
  EXPECT_EQ(refused({.type = {}, .flags_off = 0x01}), "user_not_present");
  EXPECT_EQ(refused({.type = {}, .flags_off = 0x04}), "user_not_verified");
  EXPECT_EQ(refused({.type = {}, .flags_on = 0x10}), "backup_state");
  EXPECT_EQ(refused({.type = {}, .flags_off = 0x40}), "no_credential_data");
  EXPECT_EQ(refused({.type = {}, .flags_on = 0x80}), "extension_data");
  EXPECT_EQ(refused({.type = {}, .flags_on = 0x80, .extra_authenticator_data = {0xBF, 0xFF}}), "extensions_cbor");
  EXPECT_EQ(refused({.type = {}, .extra_authenticator_data = {0xA0}}), "authenticator_data_trailing");
  EXPECT_EQ(refused({.type = {}, .flags_on = 0x80, .extra_authenticator_data = {0xA0, 0xA0}}), "authenticator_data_trailing");
  EXPECT_EQ(refused({.type = {}, .said_id_size = 1024}), "credential_id_size");
  EXPECT_EQ(refused({.type = {}, .said_id_size = 1000}), "authenticator_data_size");
  Bends cut;
  cut.authenticator_data = [](Bytes& data) { data.resize(36); };
  EXPECT_EQ(refused(cut), "authenticator_data_size");
  EXPECT_EQ(refused({.type = {}, .flags_on = 0x80, .extra_authenticator_data = head(5, 1) + text_item("credProtect") + int_item(2)}),
            "accepted");
}

TEST_P(CeremonyTest, a_credential_is_the_one_that_the_browser_names_and_not_too_long) {
  auto response = device.make_credential(challenge(Ceremony::registration));
  response.credential_id.back() ^= 1;
  EXPECT_EQ(check_registration(terms(Ceremony::registration), response).error(), Refusal::credential_id_differs);
  EXPECT_TRUE(enrol(SoftAuthenticator(GetParam(), 1023)));
  EXPECT_EQ(enrol(SoftAuthenticator(GetParam(), 1024)).error(), Refusal::credential_id_size);
}

TEST_P(CeremonyTest, an_attestation_object_is_refused_for_each_thing_that_is_wrong) {
  const auto bent = [](std::function<void(Bytes&)> bend) {
    Bends bends;
    bends.object = std::move(bend);
    return bends;
  };
  EXPECT_EQ(refused(bent([](Bytes& o) { o.push_back(0); })), "attestation_cbor");
  EXPECT_EQ(refused(bent([](Bytes& o) { o.pop_back(); })), "attestation_cbor");
  EXPECT_EQ(refused(bent([](Bytes& o) { o[0] = 0xBF; o.push_back(0xFF); })), "attestation_cbor");  // indefinite
  EXPECT_EQ(refused(bent([](Bytes& o) { o = Bytes{0xB8, 3} + ByteView(o).subspan(1); })), "attestation_cbor");  // longer head
  EXPECT_EQ(refused(bent([](Bytes& o) { o[0] = 0xA4; append(o, text_item("fmt") + text_item("none")); })), "attestation_cbor");  // doubled
  EXPECT_EQ(refused(bent([](Bytes& o) { o[0] = 0xA4; append(o, text_item("more") + int_item(1)); })), "attestation_members");
  EXPECT_EQ(refused(bent([](Bytes& o) { o.clear(); })), "attestation_size");
  EXPECT_EQ(refused(bent([](Bytes& o) { o.resize(17'000); })), "attestation_size");
  EXPECT_EQ(refused({.type = {}, .format = "fido-u2f"}), "attestation_format");
  EXPECT_EQ(refused({.type = {}, .format = "none", .statement = head(5, 1) + text_item("x") + int_item(1)}), "attestation_statement");
  EXPECT_EQ(refused({.type = {}, .format = "packed", .statement = head(5, 1) + text_item("alg") + int_item(-7)}), "attestation_statement");
  Bends forged{.type = {}, .format = "packed"};
  forged.signature = [](Bytes& s) { s[s.size() / 2] ^= 1; };
  EXPECT_EQ(refused(forged), "attestation_signature");
}

TEST_P(CeremonyTest, only_attested_authenticators_of_the_list_are_taken_where_there_is_one) {
  const std::array<std::uint8_t, 16> listed{7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
  Terms strict = terms(Ceremony::registration);
  strict.only_authenticators = {&listed, 1};
  Bends packed;
  packed.format = "packed";  // by the credential's own key: says nothing about its maker
  for (const Bends& bends : {Bends{}, packed})
    EXPECT_EQ(check_registration(strict, device.make_credential(challenge(Ceremony::registration), bends)).error(),
              Refusal::authenticator_not_allowed);
}

TEST_P(CeremonyTest, a_key_is_canonical_with_exactly_its_members_and_of_an_offered_algorithm) {
  const auto bent = [&](std::function<void(Bytes&)> bend) {
    Bends bends;
    bends.key = std::move(bend);
    return refused(bends);
  };
  EXPECT_EQ(bent([](Bytes& k) { k[0] += 1; append(k, int_item(-70) + int_item(1)); }), "key_encoding");  // one more
  EXPECT_EQ(bent([](Bytes& k) { std::swap(k[1], k[3]); std::swap(k[2], k[4]); }), "key_encoding");       // out of order
  EXPECT_EQ(bent([](Bytes& k) { k[2] = 4; }), "key_encoding");                                           // another kty
  EXPECT_EQ(bent([](Bytes& k) { k = head(5, 2) + int_item(1) + int_item(2) + int_item(3) + int_item(-47); }), "algorithm_not_offered");
  EXPECT_EQ(bent([](Bytes& k) { k = {0xFF}; }), "key_encoding");
}

TEST_P(CeremonyTest, an_assertion_is_refused_for_each_thing_that_is_wrong) {
  EXPECT_EQ(refused_use({.type = "webauthn.create"}), "wrong_type");
  EXPECT_EQ(refused_use({.type = {}, .challenge_text = to_base64url(challenge(Ceremony::step_up))}), "challenge_foreign");
  EXPECT_EQ(refused_use({.type = {}, .origin = "https://evil.example.test"}), "wrong_origin");
  EXPECT_EQ(refused_use({.type = {}, .rp_id = "evil.example.test"}), "wrong_relying_party");
  EXPECT_EQ(refused_use({.type = {}, .flags_off = 0x01}), "user_not_present");
  EXPECT_EQ(refused_use({.type = {}, .flags_off = 0x04}), "user_not_verified");
  EXPECT_EQ(refused_use({.type = {}, .flags_on = 0x10}), "backup_state");
  EXPECT_EQ(refused_use({.type = {}, .flags_on = 0x08}), "backup_eligibility_changed");
  EXPECT_EQ(refused_use({.type = {}, .extra_authenticator_data = {0}}), "authenticator_data_trailing");
  EXPECT_EQ(refused_use({}, 0, Bytes(16, 4)), "wrong_user_handle");
  EXPECT_EQ(refused_use({}, 0, {}), "wrong_user_handle");
  EXPECT_EQ(refused_use({.type = {}, .counter = 7}, 7), "counter_went_back");
  EXPECT_EQ(refused_use({.type = {}, .counter = 0}, 7), "counter_went_back");
}

TEST_P(CeremonyTest, a_signature_is_that_of_the_key_over_exactly_what_was_sent) {
  const auto good = device.get_assertion(challenge(Ceremony::sign_in), user);
  const auto check = [&](AssertionResponse response) {
    const auto checked = check_assertion(terms(Ceremony::sign_in), known(), response);
    return checked ? "accepted" : std::string(to_text(checked.error()));
  };
  EXPECT_EQ(check(good), "accepted");
  auto other = good;
  other.client_data.insert(other.client_data.end() - 1, ' ');  // the same JSON in other bytes
  EXPECT_EQ(check(other), "wrong_signature");
  other = good;
  other.authenticator_data[36] = 1;
  EXPECT_EQ(check(other), "wrong_signature");
  other = good;
  other.signature.push_back(0);
  EXPECT_EQ(check(other), "signature_encoding");
  other.signature.clear();
  EXPECT_EQ(check(other), "signature_encoding");
  const SoftAuthenticator stranger(GetParam());
  EXPECT_EQ(check(stranger.get_assertion(challenge(Ceremony::sign_in), user)), "wrong_signature");
}

TEST(PublicKey, a_point_beside_the_curve_is_no_key) {
  SoftAuthenticator p256(Algorithm::es256);
  Bytes key = p256.cose_key();
  key.back() ^= 1;
  EXPECT_EQ(read_public_key(key).error(), Refusal::key_not_on_curve);
  Bytes ed = SoftAuthenticator(Algorithm::eddsa).cose_key();
  std::fill(ed.end() - 32, ed.end(), std::uint8_t{0});
  ed[ed.size() - 32] = 1;  // the neutral element, of order one
  EXPECT_EQ(read_public_key(ed).error(), Refusal::key_not_on_curve);
}

TEST(PublicKey, an_ecdsa_signature_has_one_encoding) {
  const Bytes s{0x02, 0x02, 0x00, 0x80};
  const auto sequence = [](const Bytes& inside) { return Bytes{0x30, static_cast<std::uint8_t>(inside.size())} + inside; };
  EXPECT_TRUE(is_strict_ecdsa_signature(sequence(s + s)));
  EXPECT_FALSE(is_strict_ecdsa_signature(sequence(s + s) + Bytes{0}));
  EXPECT_FALSE(is_strict_ecdsa_signature(sequence(s + Bytes{0x02, 0x02, 0x00, 0x05})));  // padded without need
  EXPECT_FALSE(is_strict_ecdsa_signature(sequence(s + Bytes{0x02, 0x01, 0x80, 0x00})));  // negative
  EXPECT_FALSE(is_strict_ecdsa_signature(sequence(s + Bytes{0x02, 0x01, 0x00})));        // zero
  EXPECT_FALSE(is_strict_ecdsa_signature(Bytes{0x30, 0x80} + s + s));                    // indefinite
  EXPECT_FALSE(is_strict_ecdsa_signature(Bytes{0x30, 0x81, 0x08} + s + s));              // longer head
  EXPECT_FALSE(is_strict_ecdsa_signature(sequence(s + s + s)));
}

}  // namespace
}  // namespace sealbook::authn::webauthn
