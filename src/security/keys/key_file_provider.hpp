// The key provider of a self-hosted instance: the root key is 32 raw bytes in a file of mode 0400.
//
// The file belongs on another volume than the store and in no backup of it. It is read once, at
// start; the process keeps derivation state only. Threads: any.
#pragma once

#include <filesystem>
#include <memory>

#include "ports/key_provider.hpp"
#include "security/crypto/mac.hpp"

namespace sealbook::keys {

class KeyFileProvider final : public KeyProvider {
 public:
  // Makes a new key file, durable on return. Fails with `state_conflict` when the path exists.
  static Result<void> create(const std::filesystem::path& path);
  // Reads a key file. Fails with `invalid` and the rule that the file breaks: a regular file (no
  // link), mode 0400, owned by this process's user or by root, 32 bytes, not all the same.
  static Result<std::unique_ptr<KeyFileProvider>> load(const std::filesystem::path& path);

  explicit KeyFileProvider(const Secret& root_key);

  std::string id() const override { return id_; }
  Result<Bytes> wrap(const KeyContext& context, const Secret& key) override;
  Result<Secret> unwrap(const KeyContext& context, ByteView wrapped) override;
  Result<Secret> derive(const KeyContext& context) override;
  KeyProviderStatus status() const override;
  Result<void> self_test() override;

 private:
  crypto::HmacSha512Key root_;
  std::string id_;
};

}  // namespace sealbook::keys
