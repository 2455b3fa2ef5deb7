#include "net/mail/dkim.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "net/mail/dkim_canonical.hpp"

namespace sealbook::net::mail {
namespace {

Secret pem_of(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  Secret out(as_bytes({data, static_cast<std::size_t>(size)}));
  BIO_free(bio);
  EVP_PKEY_free(key);
  return out;
}
Secret rsa(unsigned bits) { return pem_of(EVP_RSA_gen(bits)); }
Secret ed25519() { return pem_of(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

Result<DkimSigner> make(std::vector<std::pair<std::string, Secret>> keys) {
  std::vector<DkimKeyText> texts;
  for (auto& [selector, key] : keys) texts.push_back({selector, std::move(key)});
  return DkimSigner::make("clinic.example.test", std::move(texts));
}
std::vector<std::pair<std::string, Secret>> one(std::string selector, Secret key) {
  std::vector<std::pair<std::string, Secret>> keys;
  keys.emplace_back(std::move(selector), std::move(key));
  return keys;
}

// RFC 6376 3.4.5, first example.
TEST(Dkim, canonical_forms_are_those_of_the_rfc) {
  const std::string message = "A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
  const MessageParts parts = split_message(message);
  ASSERT_EQ(parts.fields.size(), 2u);
  EXPECT_EQ(relaxed_field(parts.fields[0]), "a:X");
  EXPECT_EQ(relaxed_field(parts.fields[1]), "b:Y Z");
  EXPECT_EQ(relaxed_body(parts.body), " C\r\nD E\r\n");
  EXPECT_EQ(relaxed_body("\r\n\r\n"), "");
}

TEST(Dkim, two_keys_sign_twice_and_cover_a_second_from) {
  auto keys = one("rsa1", rsa(2048));
  keys.emplace_back("ed1", ed25519());
  const auto signer = make(std::move(keys));
  ASSERT_TRUE(signer);
  const std::string message =
      "From: a@clinic.example.test\r\nTo: b@example.test\r\nSubject: s\r\n\r\nbody\r\n";
  const std::string out = signer->sign(message, Instant::from_seconds(1'800'000'000));
  EXPECT_TRUE(out.ends_with(message));
  const MessageParts parts = split_message(out);
  ASSERT_EQ(fields_named(parts, "dkim-signature").size(), 2u);
  for (const std::string_view field : fields_named(parts, "dkim-signature")) {
    const std::string text = relaxed_field(field);
    EXPECT_TRUE(text.contains("h=from:from:to:to:subject:subject")) << text;
    EXPECT_TRUE(text.contains("t=1800000000")) << text;
    EXPECT_TRUE(text.contains("c=relaxed/relaxed; d=clinic.example.test")) << text;
  }
  for (std::size_t at = 0; at < out.size() - message.size();) {
    const std::size_t end = out.find("\r\n", at);
    EXPECT_LE(end - at, 78u);
    at = end + 2;
  }
}

TEST(Dkim, weak_and_wrong_keys_are_refused) {
  EXPECT_FALSE(make(one("s", rsa(1024))));
  EXPECT_FALSE(make(one("s", Secret(as_bytes("not a key")))));
  EXPECT_FALSE(make(one("s s", ed25519())));
  auto twice = one("s", ed25519());
  twice.emplace_back("s", rsa(2048));
  EXPECT_FALSE(make(std::move(twice)));
  EXPECT_TRUE(make(one("s", ed25519())));
}

TEST(Dkim, the_records_to_publish_hold_the_public_key) {
  const auto signer = make(one("ed1", ed25519()));
  ASSERT_TRUE(signer);
  const auto records = signer->records();
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].name, "ed1._domainkey.clinic.example.test");
  EXPECT_EQ(records[0].text, "v=DKIM1; k=ed25519; p=" + records[0].public_key);
  EXPECT_EQ(from_base64(records[0].public_key)->size(), 32u);
}

}  // namespace
}  // namespace sealbook::net::mail
