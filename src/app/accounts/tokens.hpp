// Tokens are the bearer credentials of accounts: made here, kept as SHA-256, found in memory.
//
// A token's text is "sb1_<purpose>_<43 characters>_<6 characters>": the prefix lets secret scanners
// find it, the last six are a checksum that refuses typing mistakes without a look-up
// (CRYPTO 2b.6). Threads: any.
#pragma once

#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "base/secret.hpp"
#include "security/authz/decide.hpp"
#include "storage/tables/accounts.hpp"

namespace sealbook::app {

struct NewToken {
  std::string text;  // shown once
  Hash256 hash{};
};
NewToken make_token(std::string_view purpose);
// The text of a token whose 32 bytes are given.
std::string token_text(std::string_view purpose, ByteView secret);
// The token's hash; nothing when the text is not a token.
std::optional<Hash256> token_hash(std::string_view text);

struct TokenHolder {
  Principal principal;
  std::int64_t tenant_no = 0;
  std::optional<Instant> expires;
};

class Tokens {
 public:
  void add(const Hash256& hash, TokenHolder holder);
  // Nothing for an unknown or expired token.
  std::optional<TokenHolder> find(const Hash256& hash, Instant now) const;

 private:
  struct FirstBytes {
    std::size_t operator()(const Hash256& hash) const;
  };
  mutable std::shared_mutex mutex_;
  std::unordered_map<Hash256, TokenHolder, FirstBytes> holders_;
};

}  // namespace sealbook::app
