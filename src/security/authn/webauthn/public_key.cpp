#include "security/authn/webauthn/public_key.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <memory>

#include "security/authn/webauthn/ctap_cbor.hpp"

namespace sealbook::authn::webauthn {
namespace {

using Kind = CtapValue::Kind;

// COSE_Key labels and values (RFC 9052 table 4, RFC 9053 tables 19 and 21, RFC 8230 table 4).
constexpr std::int64_t k_kty = 1, k_alg = 3, k_first = -1, k_second = -2, k_third = -3;
constexpr std::int64_t kty_okp = 1, kty_ec2 = 2, kty_rsa = 3, crv_p256 = 1, crv_ed25519 = 6;
constexpr std::size_t field_size = 32, modulus_size = 256;
constexpr std::array<std::uint8_t, 3> exponent{1, 0, 1};

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* p) const { Free(&p); }
};
using Es256 = std::unique_ptr<es256_pk_t, Freed<es256_pk_free>>;
using Eddsa = std::unique_ptr<eddsa_pk_t, Freed<eddsa_pk_free>>;
using Rs256 = std::unique_ptr<rs256_pk_t, Freed<rs256_pk_free>>;
using Assert = std::unique_ptr<fido_assert_t, Freed<fido_assert_free>>;
struct FreePkey { void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); } };
struct FreePkeyCtx { void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); } };
using Pkey = std::unique_ptr<EVP_PKEY, FreePkey>;

std::optional<ByteView> bytes_of(const CtapValue& key, std::int64_t label, std::size_t size) {
  const CtapValue* found = key.find(label);
  if (found == nullptr || found->kind != Kind::bytes || found->bytes.size() != size) return std::nullopt;
  return found->bytes;
}

bool is_integer(const CtapValue& key, std::int64_t label, std::int64_t value) {
  const CtapValue* found = key.find(label);
  return found != nullptr && found->kind == Kind::integer && found->integer == value;
}

Bytes joined(ByteView a, ByteView b) {
  Bytes out(a.begin(), a.end());
  append(out, b);
  return out;
}

bool is_on_p256(ByteView point) {
  const Es256 key(es256_pk_new());
  if (!key || es256_pk_from_ptr(key.get(), point.data(), point.size()) != FIDO_OK) return false;
  const Pkey pkey(es256_pk_to_EVP_PKEY(key.get()));
  if (!pkey) return false;
  const std::unique_ptr<EVP_PKEY_CTX, FreePkeyCtx> ctx(EVP_PKEY_CTX_new(pkey.get(), nullptr));
  return ctx && EVP_PKEY_public_check(ctx.get()) == 1;
}

Checked<PublicKey> read_ec2(const CtapValue& key) {
  const auto x = bytes_of(key, k_second, field_size), y = bytes_of(key, k_third, field_size);
  if (key.pairs.size() != 5 || !is_integer(key, k_kty, kty_ec2) || !is_integer(key, k_first, crv_p256) || !x || !y)
    return std::unexpected(Refusal::key_encoding);
  PublicKey out{Algorithm::es256, joined(*x, *y)};
  if (!is_on_p256(out.bytes)) return std::unexpected(Refusal::key_not_on_curve);
  return out;
}

Checked<PublicKey> read_okp(const CtapValue& key) {
  const auto point = bytes_of(key, k_second, field_size);
  if (key.pairs.size() != 4 || !is_integer(key, k_kty, kty_okp) || !is_integer(key, k_first, crv_ed25519) || !point)
    return std::unexpected(Refusal::key_encoding);
  if (crypto_core_ed25519_is_valid_point(point->data()) != 1) return std::unexpected(Refusal::key_not_on_curve);
  return PublicKey{Algorithm::eddsa, Bytes(point->begin(), point->end())};
}

Checked<PublicKey> read_rsa(const CtapValue& key) {
  const auto n = bytes_of(key, k_first, modulus_size), e = bytes_of(key, k_second, exponent.size());
  if (key.pairs.size() != 4 || !is_integer(key, k_kty, kty_rsa) || !n || !e || !std::ranges::equal(*e, exponent) ||
      n->front() < 0x80 || n->back() % 2 == 0)
    return std::unexpected(Refusal::key_encoding);
  return PublicKey{Algorithm::rs256, joined(*n, *e)};
}

// One INTEGER of a signature; moves past it.
bool take_positive(ByteView& in) {
  if (in.size() < 2 || in[0] != 0x02 || in[1] == 0 || in[1] > 33 || in.size() < std::size_t{2} + in[1]) return false;
  const ByteView value = in.subspan(2, in[1]);
  in = in.subspan(2 + value.size());
  if (value[0] >= 0x80) return false;                              // negative
  if (value[0] == 0) return value.size() > 1 && value[1] >= 0x80;  // zero, or padded without need
  return value.size() <= field_size;
}

bool is_well_formed(const PublicKey& key, ByteView signature) {
  switch (key.algorithm) {
    case Algorithm::es256: return is_strict_ecdsa_signature(signature);
    case Algorithm::eddsa: return signature.size() == 64;
    case Algorithm::rs256: return signature.size() == modulus_size;
  }
  return false;
}

// The key in libfido2's form lives for the call.
bool verify(const fido_assert_t* assertion, const PublicKey& key) {
  const auto with = [&](auto made, auto from, int algorithm) {
    return made && from(made.get(), key.bytes.data(), key.bytes.size()) == FIDO_OK &&
           fido_assert_verify(assertion, 0, algorithm, made.get()) == FIDO_OK;
  };
  switch (key.algorithm) {
    case Algorithm::es256: return with(Es256(es256_pk_new()), es256_pk_from_ptr, COSE_ES256);
    case Algorithm::eddsa: return with(Eddsa(eddsa_pk_new()), eddsa_pk_from_ptr, COSE_EDDSA);
    case Algorithm::rs256: return with(Rs256(rs256_pk_new()), rs256_pk_from_ptr, COSE_RS256);
  }
  return false;
}

}  // namespace

Checked<PublicKey> read_public_key(ByteView cose) {
  ByteView in = cose;
  const auto key = read_ctap(in);
  if (!key || !in.empty() || key->kind != Kind::map || !key->ordered) return std::unexpected(Refusal::key_encoding);
  const CtapValue* algorithm = key->find(k_alg);
  if (algorithm == nullptr || algorithm->kind != Kind::integer) return std::unexpected(Refusal::key_encoding);
  if (algorithm->integer == static_cast<std::int64_t>(Algorithm::es256)) return read_ec2(*key);
  if (algorithm->integer == static_cast<std::int64_t>(Algorithm::eddsa)) return read_okp(*key);
  if (algorithm->integer == static_cast<std::int64_t>(Algorithm::rs256)) return read_rsa(*key);
  return std::unexpected(Refusal::algorithm_not_offered);
}

bool is_strict_ecdsa_signature(ByteView der) {
  if (der.size() < 8 || der.size() > 72 || der[0] != 0x30 || der[1] != der.size() - 2) return false;
  ByteView in = der.subspan(2);
  return take_positive(in) && take_positive(in) && in.empty();
}

Checked<void> check_signature(const PublicKey& key, const Signed& what) {
  if (!is_well_formed(key, what.signature)) return std::unexpected(Refusal::signature_encoding);
  const Assert assertion(fido_assert_new());
  const std::string rp(what.rp_id);
  const bool ready =
      assertion && fido_assert_set_count(assertion.get(), 1) == FIDO_OK &&
      fido_assert_set_rp(assertion.get(), rp.c_str()) == FIDO_OK &&
      fido_assert_set_clientdata_hash(assertion.get(), what.client_data_hash.data(), what.client_data_hash.size()) == FIDO_OK &&
      fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK &&
      fido_assert_set_uv(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK &&
      fido_assert_set_authdata_raw(assertion.get(), 0, what.authenticator_data.data(), what.authenticator_data.size()) == FIDO_OK &&
      fido_assert_set_sig(assertion.get(), 0, what.signature.data(), what.signature.size()) == FIDO_OK;
  if (!ready || !verify(assertion.get(), key)) return std::unexpected(Refusal::wrong_signature);
  return {};
}

}  // namespace sealbook::authn::webauthn
