// Public keys of passkeys (COSE_Key, RFC 9053), and signatures under them through libfido2.
//
// ES256 on P-256, EdDSA on Ed25519, RS256 with 2048 bits and the exponent 65537: in canonical form,
// with exactly the members that their kind has. Threads: any.
#pragma once

#include <optional>

#include "base/bytes.hpp"
#include "security/authn/webauthn/refusal.hpp"

namespace sealbook::authn::webauthn {

// Numbers of the IANA registry of COSE algorithms, in the order of preference.
enum class Algorithm : std::int16_t { es256 = -7, eddsa = -8, rs256 = -257 };
inline constexpr std::array offered_algorithms{Algorithm::es256, Algorithm::eddsa, Algorithm::rs256};

struct PublicKey {
  Algorithm algorithm = Algorithm::es256;
  Bytes bytes;  // x || y, the point, or n || e: as libfido2 takes them
};
Checked<PublicKey> read_public_key(ByteView cose);

// One signature of an assertion: over authenticator data and the hash of the client data. A signature
// that is not in its one encoding is refused before anything is computed.
struct Signed {
  std::string_view rp_id;
  ByteView authenticator_data;
  Hash256 client_data_hash{};
  ByteView signature;
};
Checked<void> check_signature(const PublicKey& key, const Signed& what);

// Whether it is SEQUENCE { r INTEGER, s INTEGER } in DER, both positive and below 2^256.
bool is_strict_ecdsa_signature(ByteView der);

}  // namespace sealbook::authn::webauthn
