// What TLS we speak: version 1.3 only (RFC 8446), AEAD suites, X25519 and P-256, resumption by
// ticket, never early data. One context is shared by all connections made while it is current.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/result.hpp"

namespace sealbook::net {

struct SslFree {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using SslContextPtr = std::unique_ptr<SSL_CTX, SslFree>;
using SslPtr = std::unique_ptr<SSL, SslFree>;

// Fails with `internal` when a file cannot be read or the key does not fit the certificate.
Result<SslContextPtr> make_server_context(const std::string& certificate_path,
                                          const std::string& key_path);

// A server-side TLS session over a connected, non-blocking socket, which stays the caller's.
// Writes never raise SIGPIPE.
SslPtr make_session(SSL_CTX* context, int socket);

// OpenSSL's own words for the last failure; empties its queue. For a log or an Error's cause.
std::string tls_error_text();

}  // namespace sealbook::net
