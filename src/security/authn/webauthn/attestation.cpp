#include "security/authn/webauthn/attestation.hpp"

#include <fido.h>

#include <memory>
#include <string>

#include "security/authn/webauthn/ctap_cbor.hpp"

namespace sealbook::authn::webauthn {
namespace {

using Kind = CtapValue::Kind;
constexpr std::size_t longest = 16 * 1024;

struct FreeCred {
  void operator()(fido_cred_t* p) const { fido_cred_free(&p); }
};
using Cred = std::unique_ptr<fido_cred_t, FreeCred>;

int cose_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::es256: return COSE_ES256;
    case Algorithm::eddsa: return COSE_EDDSA;
    case Algorithm::rs256: return COSE_RS256;
  }
  return 0;
}

Cred packed_credential(const Attestation& attestation, Algorithm algorithm, std::string_view rp_id, const Hash256& hash) {
  Cred cred(fido_cred_new());
  const std::string rp(rp_id);
  const bool ready = cred && fido_cred_set_type(cred.get(), cose_of(algorithm)) == FIDO_OK &&
                     fido_cred_set_rp(cred.get(), rp.c_str(), nullptr) == FIDO_OK &&
                     fido_cred_set_clientdata_hash(cred.get(), hash.data(), hash.size()) == FIDO_OK &&
                     fido_cred_set_uv(cred.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                     fido_cred_set_fmt(cred.get(), "packed") == FIDO_OK &&
                     fido_cred_set_authdata_raw(cred.get(), attestation.authenticator_data.data(),
                                                attestation.authenticator_data.size()) == FIDO_OK &&
                     fido_cred_set_attstmt(cred.get(), attestation.statement.data(), attestation.statement.size()) == FIDO_OK;
  return ready ? std::move(cred) : nullptr;
}

}  // namespace

Checked<Attestation> read_attestation(ByteView object) {
  if (object.empty() || object.size() > longest) return std::unexpected(Refusal::attestation_size);
  ByteView in = object;
  const auto whole = read_ctap(in);
  if (!whole || !in.empty() || whole->kind != Kind::map) return std::unexpected(Refusal::attestation_cbor);
  const CtapValue* format = whole->find("fmt");
  const CtapValue* statement = whole->find("attStmt");
  const CtapValue* data = whole->find("authData");
  if (whole->pairs.size() != 3 || format == nullptr || format->kind != Kind::text || statement == nullptr ||
      statement->kind != Kind::map || data == nullptr || data->kind != Kind::bytes)
    return std::unexpected(Refusal::attestation_members);
  Attestation out{Attestation::Format::none, data->bytes, statement->encoded};
  if (as_text(format->bytes) == "packed") out.format = Attestation::Format::packed;
  else if (as_text(format->bytes) != "none") return std::unexpected(Refusal::attestation_format);
  else if (!statement->pairs.empty()) return std::unexpected(Refusal::attestation_statement);
  return out;
}

Checked<bool> check_attestation(const Attestation& attestation, const PublicKey& key, std::string_view rp_id,
                                const Hash256& client_data_hash) {
  if (attestation.format == Attestation::Format::none) return false;
  ByteView in = attestation.statement;
  const auto statement = read_ctap(in);
  const CtapValue* algorithm = statement ? statement->find("alg") : nullptr;
  const CtapValue* signature = statement ? statement->find("sig") : nullptr;
  if (algorithm == nullptr || algorithm->kind != Kind::integer || signature == nullptr || signature->kind != Kind::bytes)
    return std::unexpected(Refusal::attestation_statement);
  const CtapValue* certificates = statement->find("x5c");
  if (certificates == nullptr && algorithm->integer != static_cast<std::int64_t>(key.algorithm))
    return std::unexpected(Refusal::attestation_statement);
  const Cred cred = packed_credential(attestation, key.algorithm, rp_id, client_data_hash);
  if (!cred) return std::unexpected(Refusal::attestation_statement);
  const bool good = certificates != nullptr ? fido_cred_verify(cred.get()) == FIDO_OK
                                            : fido_cred_verify_self(cred.get()) == FIDO_OK;
  if (!good) return std::unexpected(Refusal::attestation_signature);
  return certificates != nullptr;
}

}  // namespace sealbook::authn::webauthn
