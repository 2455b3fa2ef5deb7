// HMAC (RFC 2104) with SHA-256 and SHA-512. A key object keeps the hash states after the key block,
// so that a message costs its own blocks only; make one per key, not one per message.
//
// The keys are immutable and may be used by any number of threads at once. Printing one does not
// compile. Verify with verify(), never with ==.
#pragma once

#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <type_traits>
#include <utility>

#include "base/secret.hpp"
#include "security/crypto/hash.hpp"

struct evp_md_ctx_st;

namespace sealbook::crypto {

// The hash states of one key; not for use outside this folder.
class HmacState {
 public:
  enum class Digest : std::uint8_t { sha256, sha512 };
  HmacState(Digest digest, ByteView key);
  ~HmacState();
  HmacState(HmacState&&) noexcept;
  HmacState& operator=(HmacState&&) noexcept;

  void mac(std::initializer_list<ByteView> parts, std::span<std::uint8_t> out) const;

 private:
  evp_md_ctx_st* inner_ = nullptr;
  evp_md_ctx_st* outer_ = nullptr;
};

class HmacSha256Key {
 public:
  explicit HmacSha256Key(const Secret& key) : HmacSha256Key(key.expose()) {}
  explicit HmacSha256Key(ByteView key) : state_(HmacState::Digest::sha256, key) {}

  Hash256 mac(std::initializer_list<ByteView> parts) const {
    Hash256 out;
    state_.mac(parts, out);
    return out;
  }
  Hash256 mac(ByteView message) const { return mac({message}); }
  // In constant time. A tag that is not 32 bytes long is refused.
  bool verify(ByteView message, ByteView tag) const { return constant_time_equal(mac(message), tag); }

 private:
  HmacState state_;
};

class HmacSha512Key {
 public:
  explicit HmacSha512Key(const Secret& key) : HmacSha512Key(key.expose()) {}
  explicit HmacSha512Key(ByteView key) : state_(HmacState::Digest::sha512, key) {}

  Hash512 mac(std::initializer_list<ByteView> parts) const {
    Hash512 out;
    state_.mac(parts, out);
    return out;
  }
  Hash512 mac(ByteView message) const { return mac({message}); }

 private:
  HmacState state_;
};

template <class T>
concept MacKeyType = std::is_same_v<T, HmacSha256Key> || std::is_same_v<T, HmacSha512Key>;

template <MacKeyType T>
std::ostream& operator<<(std::ostream&, const T&) {
  static_assert(!MacKeyType<T>, "a key is never printed; see base/secret.hpp");
  std::unreachable();
}

}  // namespace sealbook::crypto
