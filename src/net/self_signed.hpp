// A certificate authority of one's own and a server certificate for this machine: for demo and
// tests, never for production (which brings its own certificate).
//
// P-256 keys; the server certificate names localhost, 127.0.0.1 and ::1. Files are PEM, mode 0600,
// and are used again when all are present and still valid for a month.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace sealbook::net {

struct SelfSignedFiles {
  std::filesystem::path ca_certificate;      // ca.pem: what a client trusts
  std::filesystem::path server_certificate;  // server.pem
  std::filesystem::path server_key;          // server-key.pem
};

// Makes what is missing below `folder`, which must exist. Fails when a file cannot be written.
Result<SelfSignedFiles> ensure_self_signed(const std::filesystem::path& folder, const Clock& clock);

}  // namespace sealbook::net
