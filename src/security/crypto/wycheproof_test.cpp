// The primitives against Project Wycheproof's vectors, which aim at what implementations get wrong.
#include <gtest/gtest.h>

#include <filesystem>

#include "security/crypto/aead.hpp"
#include "security/crypto/hkdf.hpp"
#include "security/crypto/signature.hpp"
#include "security/test_vectors.hpp"

namespace sealbook::crypto {
namespace {

namespace tv = test_vectors;

class Wycheproof : public testing::Test {
 protected:
  // Runs check(group, test, is_valid) on every test of a file; returns how many there were.
  template <class Check>
  int each(const std::string& name, Check check) {
    int count = 0;
    const JsonValue file = tv::load("../shared/data/wycheproof/" + name + "_test.json");
    for (const JsonValue& group : tv::array(file, "testGroups"))
      for (const JsonValue& test : tv::array(group, "tests")) {
        SCOPED_TRACE(name + " " + std::to_string(tv::integer(test, "tcId")));
        if (check(group, test, tv::text(test, "result") == "valid")) ++count;
      }
    return count;
  }
  void SetUp() override {
    if (!std::filesystem::exists("../shared/data/wycheproof")) GTEST_SKIP() << "no vectors here";
  }
};

TEST_F(Wycheproof, aes_256_gcm) {
  const int ran = each("aes_gcm", [](const auto& group, const auto& test, bool valid) {
    if (tv::integer(group, "keySize") != 256 || tv::integer(group, "ivSize") != 96) return false;
    const Bytes key = tv::bytes(test, "key"), iv = tv::bytes(test, "iv"), aad = tv::bytes(test, "aad");
    const Bytes message = tv::bytes(test, "msg"), tag = tv::bytes(test, "tag");

    Bytes data = tv::bytes(test, "ct");
    EXPECT_EQ(aes256_gcm_decrypt(key, iv, aad, data, tag), valid);
    EXPECT_EQ(data, valid ? message : Bytes(data.size(), 0));
    if (valid) {
      data = message;
      Bytes made(gcm_tag_size);
      aes256_gcm_encrypt(key, iv, aad, data, made);
      EXPECT_EQ(data, tv::bytes(test, "ct"));
      EXPECT_EQ(made, tag);
    }
    return true;
  });
  EXPECT_EQ(ran, 66);
}

// Sizes that RFC 5869 forbids are marked invalid; asking for them is a bug here, not an input.
template <class Key>
bool check_hkdf(Secret (*extract)(ByteView, ByteView), Secret (*expand)(const Key&, ByteView, std::size_t),
                const JsonValue& test, bool valid) {
  if (!valid) return false;
  const Secret key = extract(tv::bytes(test, "salt"), tv::bytes(test, "ikm"));
  const Secret okm = expand(Key(key), tv::bytes(test, "info"), static_cast<std::size_t>(tv::integer(test, "size")));
  EXPECT_EQ(to_hex(okm.expose()), tv::text(test, "okm"));
  return true;
}

TEST_F(Wycheproof, hkdf_sha256) {
  EXPECT_EQ(each("hkdf_sha256", [](const auto&, const auto& test, bool valid) {
    return check_hkdf<HmacSha256Key>(hkdf_extract_sha256, hkdf_expand_sha256, test, valid);
  }), 83);
}

TEST_F(Wycheproof, hkdf_sha512) {
  EXPECT_EQ(each("hkdf_sha512", [](const auto&, const auto& test, bool valid) {
    return check_hkdf<HmacSha512Key>(hkdf_extract_sha512, hkdf_expand_sha512, test, valid);
  }), 80);
}

TEST_F(Wycheproof, hmac_sha256) {
  EXPECT_EQ(each("hmac_sha256", [](const auto& group, const auto& test, bool valid) {
    const HmacSha256Key key{ByteView(tv::bytes(test, "key"))};
    const Bytes message = tv::bytes(test, "msg"), tag = tv::bytes(test, "tag");
    if (tv::integer(group, "tagSize") == 256) {
      EXPECT_EQ(key.verify(message, tag), valid);
    } else {
      EXPECT_FALSE(key.verify(message, tag));  // a shortened tag is never accepted
      EXPECT_EQ(std::ranges::equal(ByteView(key.mac(message)).first(tag.size()), tag), valid);
    }
    return true;
  }), 174);
}

TEST_F(Wycheproof, hmac_sha512) {
  EXPECT_EQ(each("hmac_sha512", [](const auto&, const auto& test, bool valid) {
    const HmacSha512Key key{ByteView(tv::bytes(test, "key"))};
    const Bytes tag = tv::bytes(test, "tag");
    EXPECT_EQ(std::ranges::equal(ByteView(key.mac(tv::bytes(test, "msg"))).first(tag.size()), tag), valid);
    return true;
  }), 174);
}

TEST_F(Wycheproof, ed25519) {
  EXPECT_EQ(each("ed25519", [](const auto& group, const auto& test, bool valid) {
    const Bytes key = tv::bytes(tv::member(group, "publicKey"), "pk");
    EXPECT_EQ(ed25519_verify(key, tv::bytes(test, "msg"), tv::bytes(test, "sig")), valid);
    return true;
  }), 151);
}

TEST(Ed25519, signs_as_rfc_8032_section_7_1_has_it) {
  const Ed25519SigningKey key(
      Secret(*from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
  const Bytes message{0x72};

  EXPECT_EQ(to_hex(key.public_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(to_hex(key.sign(message)),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(ed25519_verify(key.public_key(), message, key.sign(message)));
}

TEST(Hash, of_parts_is_the_hash_of_their_join) {
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({as_bytes("a"), {}, as_bytes("bc")}), sha256(as_bytes("abc")));
}

}  // namespace
}  // namespace sealbook::crypto
