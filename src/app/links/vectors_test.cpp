// Personal links, codes and proofs of work against docs/formats/vectors/link.json, which another
// program wrote from docs/formats/link.md.
#include <gtest/gtest.h>

#include "app/links/challenge.hpp"
#include "app/links/codes.hpp"
#include "app/links/link_token.hpp"
#include "security/keys/link_key.hpp"
#include "security/test_vectors.hpp"

namespace sealbook::app::links {
namespace {

namespace tv = test_vectors;

class LinkVectors : public ::testing::Test {
 protected:
  static RawId id_of(const JsonValue& json, std::string_view name) {
    return LinkId::from_bytes(tv::bytes(json, name)).raw();
  }
  JsonValue vectors = tv::load("docs/formats/vectors/link.json");
  Secret secret = keys::link_key(crypto::HmacSha512Key(Secret(tv::bytes(vectors, "tenant_key"))));
  crypto::HmacSha256Key key{secret};
  Instant now = Instant::from_seconds(tv::integer(vectors, "now"));
};

TEST_F(LinkVectors, the_link_key_is_derived_as_written) {
  EXPECT_EQ(crypto::HmacSha256Key(Secret(tv::bytes(vectors, "link_key"))).mac(as_bytes("x")),
            key.mac(as_bytes("x")));
}

TEST_F(LinkVectors, links_and_their_hashes_are_those_of_the_other_reader) {
  const auto& links = tv::array(vectors, "links");
  ASSERT_GE(links.size(), 4U);
  for (const JsonValue& json : links) {
    const std::string text = link_token(key, LinkId::from_raw(id_of(json, "id")));
    EXPECT_EQ(text, tv::text(json, "text"));
    EXPECT_EQ(to_hex(hash_of(text)), tv::text(json, "hash"));
  }
}

TEST_F(LinkVectors, codes_are_those_of_the_other_reader_with_every_digit) {
  bool leading_nought = false;
  for (const JsonValue& json : tv::array(vectors, "codes")) {
    const SensitiveText code(tv::text(json, "digits"));
    EXPECT_TRUE(
        same_code(code_text(key, LinkId::from_raw(id_of(json, "link")), id_of(json, "id")), code));
    leading_nought = leading_nought || tv::text(json, "digits").starts_with('0');
  }
  EXPECT_TRUE(leading_nought);
}

TEST_F(LinkVectors, proofs_of_work_are_made_and_judged_as_the_other_reader_does) {
  for (const JsonValue& json : tv::array(vectors, "proofs")) {
    const auto expires = Instant::from_seconds(tv::integer(json, "expiry"));
    const auto bits = static_cast<int>(tv::integer(json, "bits"));
    EXPECT_EQ(seal_challenge(key, bits, expires, id_of(json, "nonce")),
              tv::text(json, "challenge"));
    const auto solved =
        check_solution(key, tv::text(json, "challenge"), tv::text(json, "solution"), now);
    ASSERT_TRUE(solved) << bits;
    EXPECT_EQ(solved->nonce, id_of(json, "nonce"));
    EXPECT_EQ(solved->expires, expires);
  }
  const auto& refused = tv::array(vectors, "refused");
  ASSERT_GE(refused.size(), 10U);
  for (const JsonValue& json : refused)
    EXPECT_FALSE(check_solution(key, tv::text(json, "challenge"), tv::text(json, "solution"), now))
        << tv::text(json, "name");
}

}  // namespace
}  // namespace sealbook::app::links
