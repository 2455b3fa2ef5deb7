// SoftAuthenticator makes ceremonies as a browser and an authenticator do, with every part open to be
// bent: what tests of the checks start from.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/random.hpp"
#include "security/authn/webauthn/ceremony.hpp"
#include "security/crypto/hash.hpp"

namespace sealbook::authn::webauthn::testing {

// CBOR items, written by hand so that they can also be wrong.
inline Bytes head(std::uint8_t major, std::size_t n) {
  const auto first = static_cast<std::uint8_t>(major << 5);
  if (n < 24) return {static_cast<std::uint8_t>(first | n)};
  if (n < 256) return {static_cast<std::uint8_t>(first | 24), static_cast<std::uint8_t>(n)};
  return {static_cast<std::uint8_t>(first | 25), static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n)};
}
inline Bytes operator+(Bytes a, ByteView b) {
  append(a, b);
  return a;
}
inline Bytes bytes_item(ByteView b) { return head(2, b.size()) + b; }
inline Bytes text_item(std::string_view t) { return head(3, t.size()) + as_bytes(t); }
inline Bytes int_item(std::int64_t n) {
  return n >= 0 ? head(0, static_cast<std::size_t>(n)) : head(1, static_cast<std::size_t>(-1 - n));
}

// The parts of a ceremony, in the order in which they are made; each may be changed before the next.
struct Bends {
  std::string type, origin = "https://book.example.test", more;  // `more`: further members, ",\"a\":1"
  std::string challenge_text;                                    // instead of the challenge in base64url
  std::string prefix;                                            // before the JSON
  std::string rp_id = "book.example.test";
  std::uint8_t flags_on = 0, flags_off = 0;
  std::uint32_t counter = 0;
  Bytes extra_authenticator_data;
  std::size_t said_id_size = 0;  // instead of the real one
  std::function<void(Bytes&)> key, authenticator_data, object, client_data, signature;
  std::string format = "none";
  Bytes statement;  // instead of the format's own
};

struct FreePkey {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
};
using Pkey = std::unique_ptr<EVP_PKEY, FreePkey>;

class SoftAuthenticator {
 public:
  explicit SoftAuthenticator(Algorithm algorithm, std::size_t id_size = 32) : algorithm_(algorithm) {
    if (algorithm == Algorithm::es256) key_.reset(EVP_EC_gen("P-256"));
    if (algorithm == Algorithm::eddsa) key_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (algorithm == Algorithm::rs256) key_.reset(EVP_RSA_gen(2048));
    if (!key_) throw std::runtime_error("no key");
    id_.resize(id_size);
    fill_random(id_);
  }

  const Bytes& id() const { return id_; }
  bool is_backup_eligible = false;

  Bytes cose_key() const {
    Bytes alg = int_item(3) + int_item(static_cast<std::int64_t>(algorithm_));
    if (algorithm_ == Algorithm::es256)
      return head(5, 5) + int_item(1) + int_item(2) + alg + int_item(-1) + int_item(1) + int_item(-2) +
             bytes_item(number(OSSL_PKEY_PARAM_EC_PUB_X, 32)) + int_item(-3) +
             bytes_item(number(OSSL_PKEY_PARAM_EC_PUB_Y, 32));
    if (algorithm_ == Algorithm::eddsa) {
      Bytes point(32);
      std::size_t size = point.size();
      EVP_PKEY_get_raw_public_key(key_.get(), point.data(), &size);
      return head(5, 4) + int_item(1) + int_item(1) + alg + int_item(-1) + int_item(6) + int_item(-2) + bytes_item(point);
    }
    return head(5, 4) + int_item(1) + int_item(3) + alg + int_item(-1) +
           bytes_item(number(OSSL_PKEY_PARAM_RSA_N, 256)) + int_item(-2) + bytes_item(Bytes{1, 0, 1});
  }

  RegistrationResponse make_credential(ByteView challenge, const Bends& bends = {}) const {
    RegistrationResponse out;
    out.credential_id = id_;
    out.client_data = client_data(challenge, bends.type.empty() ? "webauthn.create" : bends.type, bends);
    Bytes key = cose_key();
    if (bends.key) bends.key(key);
    Bytes id_size;
    append_u16(id_size, static_cast<std::uint16_t>(bends.said_id_size != 0 ? bends.said_id_size : id_.size()));
    const Bytes credential = Bytes(16, 7) + id_size + id_ + key;
    const Bytes data = authenticator_data(bends, static_cast<std::uint8_t>(bends.flags_on | 0x40),
                                          (bends.flags_off & 0x40) != 0 ? Bytes{} : credential);
    Bytes statement = bends.statement.empty() ? head(5, 0) : bends.statement;
    if (bends.format == "packed" && bends.statement.empty()) {
      Bytes signature = signed_by_key(data + crypto::sha256(out.client_data));
      if (bends.signature) bends.signature(signature);
      statement = head(5, 2) + text_item("alg") + int_item(static_cast<std::int64_t>(algorithm_)) + text_item("sig") +
                  bytes_item(signature);
    }
    out.attestation_object = head(5, 3) + text_item("fmt") + text_item(bends.format) + text_item("attStmt") + statement +
                             text_item("authData") + bytes_item(data);
    if (bends.object) bends.object(out.attestation_object);
    return out;
  }

  AssertionResponse get_assertion(ByteView challenge, ByteView user_handle, const Bends& bends = {}) const {
    AssertionResponse out;
    out.client_data = client_data(challenge, bends.type.empty() ? "webauthn.get" : bends.type, bends);
    out.authenticator_data = authenticator_data(bends, bends.flags_on, {});
    out.signature = signed_by_key(out.authenticator_data + crypto::sha256(out.client_data));
    if (bends.signature) bends.signature(out.signature);
    out.user_handle = Bytes(user_handle.begin(), user_handle.end());
    return out;
  }

 private:
  static Bytes client_data(ByteView challenge, const std::string& type, const Bends& bends) {
    const std::string text = bends.challenge_text.empty() ? to_base64url(challenge) : bends.challenge_text;
    const std::string json = bends.prefix + R"({"type":")" + type + R"(","challenge":")" + text + R"(","origin":")" +
                             bends.origin + R"(","crossOrigin":false)" + bends.more + "}";
    Bytes out(as_bytes(json).begin(), as_bytes(json).end());
    if (bends.client_data) bends.client_data(out);
    return out;
  }

  Bytes authenticator_data(const Bends& bends, std::uint8_t flags_on, ByteView credential) const {
    Bytes out;
    append(out, crypto::sha256(as_bytes(bends.rp_id)));
    const std::uint8_t usual = is_backup_eligible ? 0x0D : 0x05;  // UP, UV, BE
    out.push_back(static_cast<std::uint8_t>((usual | flags_on) & ~bends.flags_off));
    append_u32(out, bends.counter);
    append(out, credential);
    append(out, bends.extra_authenticator_data);
    if (bends.authenticator_data) bends.authenticator_data(out);
    return out;
  }

  Bytes signed_by_key(ByteView message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> ctx(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const EVP_MD* digest = algorithm_ == Algorithm::eddsa ? nullptr : EVP_sha256();
    std::size_t size = 0;
    if (EVP_DigestSignInit(ctx.get(), nullptr, digest, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(ctx.get(), nullptr, &size, message.data(), message.size()) != 1)
      throw std::runtime_error("cannot sign");
    Bytes signature(size);
    if (EVP_DigestSign(ctx.get(), signature.data(), &size, message.data(), message.size()) != 1)
      throw std::runtime_error("cannot sign");
    signature.resize(size);
    return signature;
  }

  Bytes number(const char* name, int size) const {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key_.get(), name, &value) != 1) throw std::runtime_error("no such number");
    Bytes out(static_cast<std::size_t>(size));
    BN_bn2binpad(value, out.data(), size);
    BN_free(value);
    return out;
  }

  Algorithm algorithm_;
  Pkey key_;
  Bytes id_;
};

}  // namespace sealbook::authn::webauthn::testing
