// HttpsClient sends one request over HTTPS and reads one small answer: the outgoing client for the
// few things that sealbook asks of others over the web. https only, no redirect, no proxy,
// certificate and host name checked, bounded in time and size.
//
// Blocks; called on a worker's thread. Threads: any; each call has a handle of its own.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/egress_permit.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/outgoing_timeouts.hpp"

namespace sealbook::net {

struct HttpsAnswer {
  long status = 0;
  Secret body;  // may hold a token
};

class HttpsClient {
 public:
  explicit HttpsClient(std::filesystem::path ca_file, OutgoingTimeouts timeouts = {},
                       std::size_t most_bytes = 64 * 1024)
      : ca_file_(std::move(ca_file)), timeouts_(timeouts), most_bytes_(most_bytes) {}

  // Nothing leaves without a permit, a credential included.
  // POST of application/x-www-form-urlencoded; the body is encoded already. Fails with
  // `unavailable`; the cause is libcurl's word for it, never part of the address or the answer.
  Result<HttpsAnswer> post_form(const EgressPermit& permit, const std::string& url,
                                const Secret& body) const;

 private:
  std::filesystem::path ca_file_;
  OutgoingTimeouts timeouts_;
  std::size_t most_bytes_;
};

// name=value&…, percent-encoded (WHATWG URL, application/x-www-form-urlencoded).
Secret form_body(const std::vector<std::pair<std::string_view, ByteView>>& fields);

}  // namespace sealbook::net
