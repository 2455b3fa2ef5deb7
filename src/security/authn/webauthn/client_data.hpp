// What a browser says about a ceremony: clientDataJSON (WebAuthn level 3 section 5.8.1).
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "security/authn/webauthn/refusal.hpp"

namespace sealbook::authn::webauthn {

struct RelyingParty {
  std::string id;                    // "book.example.org"
  std::vector<std::string> origins;  // "https://book.example.org": compared byte by byte
};

// Type, origin and framing checked; answers the challenge that it names. Members that are not known
// are let pass, as section 5.8.1.2 asks; tokenBinding is one of them.
Checked<Bytes> check_client_data(ByteView json, std::string_view type, const RelyingParty& party);

}  // namespace sealbook::authn::webauthn
