// Attestation objects (WebAuthn level 3 section 6.5): what an authenticator says about itself.
//
// `none` and `packed` are read, the latter with its signature checked through libfido2: by the
// credential's own key, or by a certificate, which is then believed for what it is (no list of
// makers' roots is kept here). Other formats are refused. Threads: any.
#pragma once

#include <string_view>

#include "security/authn/webauthn/public_key.hpp"

namespace sealbook::authn::webauthn {

// Views borrow from the object.
struct Attestation {
  enum class Format : std::uint8_t { none, packed } format = Format::none;
  ByteView authenticator_data;
  ByteView statement;  // the map, encoded
};
Checked<Attestation> read_attestation(ByteView object);

// True when a maker's certificate signed it.
Checked<bool> check_attestation(const Attestation& attestation, const PublicKey& key, std::string_view rp_id,
                                const Hash256& client_data_hash);

}  // namespace sealbook::authn::webauthn
