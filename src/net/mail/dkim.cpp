#include "net/mail/dkim.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <stdexcept>

#include "net/mail/dkim_canonical.hpp"
#include "net/mail/header_text.hpp"

namespace sealbook::net::mail {
namespace {

struct Free {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(BIO* p) const { BIO_free(p); }
};
using PKey = std::unique_ptr<EVP_PKEY, Free>;
using MdCtx = std::unique_ptr<EVP_MD_CTX, Free>;
using Bio = std::unique_ptr<BIO, Free>;

constexpr int least_rsa_bits = 2048;

// What is signed, in this order, as often as it occurs; those that are marked once more.
struct SignedField {
  std::string_view name;
  bool is_oversigned;
};
constexpr SignedField signed_fields[] = {
    {"from", true},
    {"to", true},
    {"subject", true},
    {"date", false},
    {"message-id", false},
    {"reply-to", false},
    {"mime-version", false},
    {"content-type", false},
    {"content-language", false},
    {"list-unsubscribe", false},
    {"list-unsubscribe-post", false},
    {"auto-submitted", false},
};

// Failures here are a broken library or no memory, never input.
void require(bool good, const char* what) {
  if (!good) throw std::runtime_error(what);
}

Hash256 sha256(std::string_view data) {
  Hash256 hash;
  unsigned int size = 0;
  require(EVP_Digest(data.data(), data.size(), hash.data(), &size, EVP_sha256(), nullptr) == 1,
          "SHA-256 failed");
  return hash;
}

// RSA signs the text; Ed25519 signs its SHA-256 hash (RFC 8463 3).
Bytes sign_text(EVP_PKEY* key, bool is_ed25519, std::string_view text) {
  const MdCtx ctx(EVP_MD_CTX_new());
  require(ctx != nullptr, "out of memory");
  require(EVP_DigestSignInit(ctx.get(), nullptr, is_ed25519 ? nullptr : EVP_sha256(), nullptr,
                             key) == 1,
          "cannot begin a DKIM signature");
  const Hash256 hash = sha256(text);
  const ByteView data = is_ed25519 ? ByteView(hash) : as_bytes(text);
  std::size_t size = 0;
  require(EVP_DigestSign(ctx.get(), nullptr, &size, data.data(), data.size()) == 1,
          "cannot size a DKIM signature");
  Bytes signature(size);
  require(EVP_DigestSign(ctx.get(), signature.data(), &size, data.data(), data.size()) == 1,
          "cannot make a DKIM signature");
  signature.resize(size);
  return signature;
}

// p= of a record: SubjectPublicKeyInfo for RSA, the 32 bytes for Ed25519.
std::string public_text(EVP_PKEY* key, bool is_ed25519) {
  if (is_ed25519) {
    std::array<std::uint8_t, 32> raw;
    std::size_t size = raw.size();
    require(EVP_PKEY_get_raw_public_key(key, raw.data(), &size) == 1, "cannot read an Ed25519 key");
    return to_base64(raw);
  }
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  require(size > 0, "cannot write an RSA key");
  std::string text = to_base64(ByteView(der, static_cast<std::size_t>(size)));
  OPENSSL_free(der);
  return text;
}

int no_passphrase(char*, int, int, void*) { return 0; }

std::unexpected<Error> bad_key(std::string detail) {
  return fail(invalid_field("/mail/dkim", "key", std::move(detail)));
}

// Base64 in lines that begin with a space.
std::string folded(std::string_view base64) {
  std::string out;
  for (; !base64.empty(); base64.remove_prefix(std::min<std::size_t>(72, base64.size()))) {
    out += "\r\n ";
    out += base64.substr(0, 72);
  }
  return out;
}

}  // namespace

struct DkimSigner::Key {
  std::string selector;
  PKey key;
  bool is_ed25519 = false;
  std::string public_key;
};

DkimSigner::DkimSigner(std::string domain, std::vector<std::unique_ptr<Key>> keys)
    : domain_(std::move(domain)), keys_(std::move(keys)) {}
DkimSigner::DkimSigner(DkimSigner&&) noexcept = default;
DkimSigner& DkimSigner::operator=(DkimSigner&&) noexcept = default;
DkimSigner::~DkimSigner() = default;

Result<DkimSigner> DkimSigner::make(std::string domain, std::vector<DkimKeyText> texts) {
  if (!is_plain_address("x@" + domain)) return bad_key("The signing domain has to be a host name.");
  std::vector<std::unique_ptr<Key>> keys;
  for (const DkimKeyText& text : texts) {
    if (!is_plain_address("x@" + text.selector))
      return bad_key("A DKIM selector has to be a host name label.");
    const ByteView pem = text.private_key.expose();
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    require(bio != nullptr, "out of memory");
    auto key = std::make_unique<Key>();
    key->key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
    if (!key->key) return bad_key("A DKIM key has to be an unencrypted private key in PEM.");
    const int kind = EVP_PKEY_get_base_id(key->key.get());
    key->is_ed25519 = kind == EVP_PKEY_ED25519;
    if (!key->is_ed25519 && kind != EVP_PKEY_RSA)
      return bad_key("A DKIM key has to be RSA or Ed25519.");
    if (!key->is_ed25519 && EVP_PKEY_get_bits(key->key.get()) < least_rsa_bits)
      return bad_key("An RSA key for DKIM needs 2048 bits or more.");
    key->selector = text.selector;
    key->public_key = public_text(key->key.get(), key->is_ed25519);
    for (const auto& other : keys) {
      if (other->selector == key->selector)
        return bad_key("Each DKIM key needs a selector of its own.");
      if (other->is_ed25519 == key->is_ed25519)
        return bad_key("One RSA and one Ed25519 key at most sign a mail.");
    }
    keys.push_back(std::move(key));
  }
  return DkimSigner(std::move(domain), std::move(keys));
}

std::string DkimSigner::sign(std::string_view message, Instant now) const {
  const MessageParts parts = split_message(message);
  const std::string body_hash = to_base64(sha256(relaxed_body(parts.body)));
  std::string names, base;
  for (const SignedField& field : signed_fields) {
    const auto found = fields_named(parts, field.name);
    // The last one first (RFC 6376 5.4.2).
    for (auto it = found.rbegin(); it != found.rend(); ++it) base += relaxed_field(*it) + "\r\n";
    const std::size_t times = found.size() + (field.is_oversigned ? 1 : 0);
    for (std::size_t i = 0; i < times; ++i)
      names += (names.empty() ? "" : ":") + std::string(field.name);
  }
  std::string out;
  for (const auto& key : keys_) {
    HeaderBlock block;
    std::string folded_names = names;
    for (std::size_t at = 55; (at = folded_names.find(':', at)) != std::string::npos; at += 56)
      folded_names.insert(at + 1, " ");
    block.add("DKIM-Signature", std::string("v=1; a=") +
                                    (key->is_ed25519 ? "ed25519-sha256" : "rsa-sha256") +
                                    "; c=relaxed/relaxed; d=" + domain_ + "; s=" + key->selector +
                                    "; t=" + std::to_string(now.seconds()) + "; h=" + folded_names +
                                    "; bh=" + body_hash + "; b=");
    std::string field = block.take();
    field.resize(field.size() - 2);  // its CRLF is not signed (RFC 6376 3.7)
    const Bytes signature = sign_text(key->key.get(), key->is_ed25519, base + relaxed_field(field));
    out += field + folded(to_base64(signature)) + "\r\n";
  }
  out += message;
  return out;
}

std::vector<DkimSigner::Record> DkimSigner::records() const {
  std::vector<Record> out;
  for (const auto& key : keys_) {
    const std::string type = key->is_ed25519 ? "ed25519" : "rsa";
    out.push_back({key->selector + "._domainkey." + domain_,
                   "v=DKIM1; k=" + type + "; p=" + key->public_key, type, key->public_key});
  }
  return out;
}

}  // namespace sealbook::net::mail
