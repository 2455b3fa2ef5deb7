#include "net/self_signed.hpp"

#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <memory>

#include "net/tls_context.hpp"

namespace sealbook::net {
namespace {

struct Free {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(X509* p) const { X509_free(p); }
  void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(BIGNUM* p) const { BN_free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Bio = std::unique_ptr<BIO, Free>;

constexpr std::int64_t day_s = 86'400;
constexpr std::int64_t ca_days = 3'650, server_days = 397, least_days_left = 30;

std::unexpected<Error> broken(const std::string& what) {
  Error error = make_error(ErrorCode::internal);
  error.cause = what;
  return fail(std::move(error));
}

bool add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
  const std::unique_ptr<BIGNUM, Free> number(BN_new());
  return number && BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

struct Issue {
  const char* name;
  EVP_PKEY* key;
  std::int64_t days;
  bool is_ca;
};

// `issuer` and `issuer_key` are null for a certificate that signs itself.
Certificate issue(const Issue& what, X509* issuer, EVP_PKEY* issuer_key, Instant now) {
  Certificate certificate(X509_new());
  X509* const c = certificate.get();
  if (c == nullptr || X509_set_version(c, X509_VERSION_3) != 1 || !set_serial(c)) return nullptr;
  const time_t from = now.seconds() - day_s, until = now.seconds() + what.days * day_s;
  ASN1_TIME_set(X509_getm_notBefore(c), from);
  ASN1_TIME_set(X509_getm_notAfter(c), until);
  X509_NAME* const name = X509_get_subject_name(c);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(what.name), -1, -1, 0);
  X509* const signer = issuer == nullptr ? c : issuer;
  bool good = X509_set_issuer_name(c, X509_get_subject_name(signer)) == 1 &&
              X509_set_pubkey(c, what.key) == 1 &&
              add_extension(c, signer, NID_subject_key_identifier, "hash") &&
              add_extension(c, signer, NID_authority_key_identifier, "keyid:always");
  if (what.is_ca) {
    good = good && add_extension(c, signer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           add_extension(c, signer, NID_key_usage, "critical,keyCertSign,cRLSign");
  } else {
    good = good && add_extension(c, signer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(c, signer, NID_key_usage, "critical,digitalSignature") &&
           add_extension(c, signer, NID_ext_key_usage, "serverAuth") &&
           add_extension(c, signer, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
  }
  good = good && X509_sign(c, issuer_key == nullptr ? what.key : issuer_key, EVP_sha256()) > 0;
  return good ? std::move(certificate) : nullptr;
}

// Writes beside the file and renames, so that a reader never sees half of it.
bool write_file(const std::filesystem::path& path, BIO* content) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(content, &data);
  const std::filesystem::path beside = path.string() + ".new";
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool good = ::write(file, data, static_cast<std::size_t>(size)) == size && ::fsync(file) == 0;
  good = ::close(file) == 0 && good;
  std::error_code error;
  if (good) std::filesystem::rename(beside, path, error);
  return good && !error;
}

bool write_certificate(const std::filesystem::path& path, X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  return bio && PEM_write_bio_X509(bio.get(), certificate) == 1 && write_file(path, bio.get());
}

bool write_key(const std::filesystem::path& path, EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_secmem()));
  return bio &&
         PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
         write_file(path, bio.get());
}

Certificate read_certificate(const std::filesystem::path& path) {
  const Bio bio(BIO_new_file(path.c_str(), "r"));
  return Certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
}

// Present, of one chain, with a key that fits, and valid for a month to come.
bool usable(const SelfSignedFiles& files, Instant now) {
  const Certificate ca = read_certificate(files.ca_certificate);
  const Certificate server = read_certificate(files.server_certificate);
  const Bio key_bio(BIO_new_file(files.server_key.c_str(), "r"));
  const Key key(key_bio ? PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr)
                        : nullptr);
  if (!ca || !server || !key || X509_check_private_key(server.get(), key.get()) != 1) return false;
  const Key ca_key(X509_get_pubkey(ca.get()));
  if (!ca_key || X509_verify(server.get(), ca_key.get()) != 1) return false;
  time_t soon = now.seconds() + least_days_left * day_s, present = now.seconds();
  for (X509* certificate : {ca.get(), server.get()}) {
    if (X509_cmp_time(X509_get0_notAfter(certificate), &soon) <= 0) return false;
    if (X509_cmp_time(X509_get0_notBefore(certificate), &present) >= 0) return false;
  }
  return true;
}

}  // namespace

Result<SelfSignedFiles> ensure_self_signed(const std::filesystem::path& folder,
                                           const Clock& clock) {
  const SelfSignedFiles files{folder / "ca.pem", folder / "server.pem", folder / "server-key.pem"};
  const Instant now = clock.now();
  const bool ready = usable(files, now);
  tls_error_text();  // drops what probing absent files left in the queue
  if (ready) return files;
  // The authority's key lives for this call only: nobody can make another certificate with it.
  const Key ca_key(EVP_EC_gen("P-256")), server_key(EVP_EC_gen("P-256"));
  if (!ca_key || !server_key) return broken("cannot make a key: " + tls_error_text());
  const Certificate ca =
      issue({"sealbook demo authority", ca_key.get(), ca_days, true}, nullptr, nullptr, now);
  if (!ca) return broken("cannot make a certificate: " + tls_error_text());
  const Certificate server =
      issue({"localhost", server_key.get(), server_days, false}, ca.get(), ca_key.get(), now);
  if (!server) return broken("cannot make a certificate: " + tls_error_text());
  if (!write_key(files.server_key, server_key.get()) ||
      !write_certificate(files.server_certificate, server.get()) ||
      !write_certificate(files.ca_certificate, ca.get()))
    return broken("cannot write the certificate files");
  return files;
}

}  // namespace sealbook::net
