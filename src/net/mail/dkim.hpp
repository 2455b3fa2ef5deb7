// DKIM signatures (RFC 6376; Ed25519: RFC 8463), relaxed/relaxed.
//
// A signer holds at most one RSA key (2048 bits or more, rsa-sha256) and one Ed25519 key, each
// under a selector of its own; with both, a message gets two signatures and a reader uses the one
// it knows. Immutable, any thread. Printing one does not compile: it has no text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace sealbook::net::mail {

// One key under its selector: SELECTOR._domainkey.DOMAIN.
struct DkimKeyText {
  std::string selector;
  Secret private_key;  // PEM (PKCS #8): RSA of at least 2048 bits, or Ed25519
};

class DkimSigner {
 public:
  // Fails with `invalid` when a key cannot be read or is too weak, a selector or the domain is no
  // host name, two keys share a selector or a kind.
  static Result<DkimSigner> make(std::string domain, std::vector<DkimKeyText> keys);
  DkimSigner(DkimSigner&&) noexcept;
  DkimSigner& operator=(DkimSigner&&) noexcept;
  ~DkimSigner();

  // The message, with a DKIM-Signature field per key before it. Lines end in CRLF, header and body
  // are parted by an empty line. From, To and Subject are signed once more than they occur, so that
  // a second one breaks the signature (RFC 6376 8.15).
  std::string sign(std::string_view message, Instant now) const;

  // What the DNS has to say for each key.
  struct Record {
    std::string name;        // "s1._domainkey.clinic.example.test"
    std::string text;        // "v=DKIM1; k=rsa; p=…"
    std::string key_type;    // "rsa" or "ed25519"
    std::string public_key;  // base64, as in p=
  };
  std::vector<Record> records() const;
  const std::string& domain() const { return domain_; }

 private:
  struct Key;
  DkimSigner(std::string domain, std::vector<std::unique_ptr<Key>> keys);
  std::string domain_;
  std::vector<std::unique_ptr<Key>> keys_;
};

}  // namespace sealbook::net::mail
