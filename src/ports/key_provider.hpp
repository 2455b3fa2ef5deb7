// KeyProvider holds the root key (KEK) or speaks to the service that holds it, and wraps the few
// keys of the tier below it.
//
// The context is bound to the wrapped key: a blob unwraps only for the environment, tenant and
// purpose it was wrapped for. Threads: all calls from any thread. Failures: `integrity` when a blob
// does not belong to this key or context, `unavailable` when the key cannot be reached just now.
#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace sealbook {

struct KeyContext {
  std::string_view environment;
  TenantId tenant;           // nil: the key belongs to the instance
  std::string_view purpose;  // a literal of ours: "tenant-key", "checkpoint-signing", …
};

struct KeyProviderStatus {
  std::string provider_id;   // names kind and key, reveals neither: "keyfile:4f1c…"
  std::string kind;          // "keyfile"
  bool available = false;
};

class KeyProvider {
 public:
  virtual ~KeyProvider() = default;

  // Names the root key: a keyring remembers it, so that a wrong key is called by its name.
  virtual std::string id() const = 0;
  virtual Result<Bytes> wrap(const KeyContext& context, const Secret& key) = 0;
  virtual Result<Secret> unwrap(const KeyContext& context, ByteView wrapped) = 0;
  // A 32-byte key that depends on the root key and the context alone, for what has to be opened
  // before any wrapped key can be read: the keyring's own pages.
  virtual Result<Secret> derive(const KeyContext& context) = 0;
  virtual KeyProviderStatus status() const = 0;
  // Wraps and unwraps a throw-away key, and sees that another context is refused.
  virtual Result<void> self_test() = 0;
};

}  // namespace sealbook
