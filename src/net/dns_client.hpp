// DnsClient looks up what the DNS says about a name, through the machine's resolvers or one that is
// named (libunbound). For checks by people; nothing that is sent depends on it.
//
// Blocks for ten seconds at most. Threads: one at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

struct ub_ctx;

namespace sealbook::net {

struct MailExchanger {
  unsigned preference = 0;
  std::string host;  // without its last dot; empty: the domain takes no mail (RFC 7505)
};

class DnsClient {
 public:
  // `resolver` as "127.0.0.1:5353" or "[::1]:5353" (port 53 when there is none); empty: the
  // machine's. Fails with `invalid` when it is no address, `unavailable` when the machine names no
  // resolver.
  static Result<DnsClient> make(std::string_view resolver);

  // One text per TXT record, its strings joined (RFC 7208 3.3); none when there is no such name or
  // type. Fails with `unavailable` when nobody answers or the answer is a failure.
  Result<std::vector<std::string>> texts(const std::string& name);
  Result<std::vector<MailExchanger>> mail_exchangers(const std::string& name);

 private:
  struct Free {
    void operator()(ub_ctx* context) const;
  };
  explicit DnsClient(std::unique_ptr<ub_ctx, Free> context) : context_(std::move(context)) {}
  Result<std::vector<std::string>> look_up(const std::string& name, int type);  // raw record data

  std::unique_ptr<ub_ctx, Free> context_;
};

}  // namespace sealbook::net
