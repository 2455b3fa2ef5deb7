#include "security/authn/webauthn/authenticator_data.hpp"

#include <algorithm>

#include "security/authn/webauthn/ctap_cbor.hpp"
#include "security/crypto/hash.hpp"

namespace sealbook::authn::webauthn {
namespace {

constexpr std::uint8_t flag_up = 1, flag_uv = 4, flag_be = 8, flag_bs = 16, flag_at = 64, flag_ed = 128;
constexpr std::size_t fixed_size = 37, longest = 8 * 1024;

Checked<CredentialData> read_credential(ByteView& in) {
  constexpr std::size_t aaguid_size = 16;
  if (in.size() < aaguid_size + 2) return std::unexpected(Refusal::authenticator_data_size);
  CredentialData credential;
  std::ranges::copy(in.first(aaguid_size), credential.aaguid.begin());
  const std::size_t id_size = load_u16(in.data() + aaguid_size);
  in = in.subspan(aaguid_size + 2);
  if (id_size == 0 || id_size > longest_credential_id) return std::unexpected(Refusal::credential_id_size);
  if (in.size() < id_size) return std::unexpected(Refusal::authenticator_data_size);
  credential.id.assign(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(id_size));
  in = in.subspan(id_size);
  const auto key = read_ctap(in);
  if (!key) return std::unexpected(Refusal::key_encoding);
  credential.public_key.assign(key->encoded.begin(), key->encoded.end());
  return credential;
}

}  // namespace

Checked<AuthenticatorData> read_authenticator_data(ByteView bytes) {
  if (bytes.size() < fixed_size || bytes.size() > longest) return std::unexpected(Refusal::authenticator_data_size);
  AuthenticatorData data;
  std::ranges::copy(bytes.first(32), data.rp_id_hash.begin());
  const std::uint8_t flags = bytes[32];
  data.user_present = (flags & flag_up) != 0;
  data.user_verified = (flags & flag_uv) != 0;
  data.backup_eligible = (flags & flag_be) != 0;
  data.backed_up = (flags & flag_bs) != 0;
  data.counter = load_u32(bytes.data() + 33);
  ByteView rest = bytes.subspan(fixed_size);
  if ((flags & flag_at) != 0) {
    auto credential = read_credential(rest);
    if (!credential) return std::unexpected(credential.error());
    data.credential = std::move(*credential);
  }
  if ((flags & flag_ed) != 0) {
    if (rest.empty()) return std::unexpected(Refusal::extension_data);
    const auto extensions = read_ctap(rest);
    if (!extensions || extensions->kind != CtapValue::Kind::map) return std::unexpected(Refusal::extensions_cbor);
  }
  if (!rest.empty()) return std::unexpected(Refusal::authenticator_data_trailing);
  return data;
}

Checked<void> check_authenticator_data(const AuthenticatorData& data, std::string_view rp_id) {
  if (!constant_time_equal(data.rp_id_hash, crypto::sha256(as_bytes(rp_id))))
    return std::unexpected(Refusal::wrong_relying_party);
  if (!data.user_present) return std::unexpected(Refusal::user_not_present);
  if (!data.user_verified) return std::unexpected(Refusal::user_not_verified);
  if (data.backed_up && !data.backup_eligible) return std::unexpected(Refusal::backup_state);
  return {};
}

}  // namespace sealbook::authn::webauthn
