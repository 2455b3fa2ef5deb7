// The low-level SHA-256 calls are deprecated in OpenSSL 3, and four times as fast on the 38 and 65
// bytes that leaves and nodes have; a journal of a million entries hashes four million times.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "security/audit/merkle.hpp"

#include <openssl/sha.h>

#include <bit>

#include "base/assert.hpp"

namespace sealbook::audit {

Hash256 sha256(ByteView data) {
  Hash256 out;
  SHA256_CTX ctx;
  SHA256_Init(&ctx);
  SHA256_Update(&ctx, data.data(), data.size());
  SHA256_Final(out.data(), &ctx);
  return out;
}

Hash256 leaf_hash(ByteView entry) {
  constexpr std::uint8_t prefix = 0x00;
  Hash256 out;
  SHA256_CTX ctx;
  SHA256_Init(&ctx);
  SHA256_Update(&ctx, &prefix, 1);
  SHA256_Update(&ctx, entry.data(), entry.size());
  SHA256_Final(out.data(), &ctx);
  return out;
}

Hash256 node_hash(const Hash256& left, const Hash256& right) {
  std::array<std::uint8_t, 65> node;
  node[0] = 0x01;
  std::copy(left.begin(), left.end(), node.begin() + 1);
  std::copy(right.begin(), right.end(), node.begin() + 33);
  return sha256(node);
}

Hash256 empty_root() { return sha256({}); }

CompactRange::CompactRange(std::uint64_t size, std::vector<Hash256> subtrees)
    : size_(size), subtrees_(std::move(subtrees)) {
  ASSERT(subtrees_.size() == static_cast<std::size_t>(std::popcount(size_)));
}

void CompactRange::append(const Hash256& leaf) { append_subtree(leaf, 0); }

void CompactRange::append_subtree(const Hash256& root, unsigned height) {
  ASSERT(height < 64 && size_ % (std::uint64_t{1} << height) == 0);
  Hash256 carry = root;
  for (unsigned h = height; (size_ >> h) & 1; ++h) {
    carry = node_hash(subtrees_.back(), carry);
    subtrees_.pop_back();
  }
  subtrees_.push_back(carry);
  size_ += std::uint64_t{1} << height;
}

Hash256 CompactRange::root() const {
  if (subtrees_.empty()) return empty_root();
  Hash256 root = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i-- > 0;) root = node_hash(subtrees_[i], root);
  return root;
}

Hash256 root_of(std::span<const Hash256> hashes) {
  CompactRange range;
  for (const Hash256& hash : hashes) range.append(hash);
  return range.root();
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash256& leaf,
                      std::span<const Hash256> proof, const Hash256& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;  // the rightmost node of the same level
  Hash256 hash = leaf;
  for (const Hash256& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1) == 0 && node != 0) {  // a right edge without siblings: climb
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t from_size, std::uint64_t to_size, std::span<const Hash256> proof,
                        const Hash256& from_root, const Hash256& to_root) {
  if (from_size > to_size) return false;
  if (from_size == to_size) return proof.empty() && from_root == to_root;
  if (from_size == 0) return proof.empty() && from_root == empty_root();
  std::uint64_t node = from_size - 1;
  std::uint64_t last = to_size - 1;
  while ((node & 1) != 0) {  // up to the largest perfect subtree that ends the older tree
    node >>= 1;
    last >>= 1;
  }
  std::size_t at = 0;
  Hash256 older = from_root;
  if (node != 0) {
    if (proof.empty()) return false;
    older = proof[at++];
  }
  Hash256 newer = older;
  for (; at < proof.size(); ++at) {
    if (last == 0) return false;
    const Hash256& sibling = proof[at];
    if ((node & 1) != 0 || node == last) {
      older = node_hash(sibling, older);
      newer = node_hash(sibling, newer);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      newer = node_hash(newer, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && older == from_root && newer == to_root;
}

}  // namespace sealbook::audit
