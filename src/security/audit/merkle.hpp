// The Merkle tree of RFC 6962 section 2.1: hashes, an append-only range, and proofs checked.
//
// Making proofs from tiles is in proofs.hpp. Threads: plain functions and data.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.hpp"

namespace sealbook::audit {

// SHA-256 without the cost of looking the algorithm up each time.
Hash256 sha256(ByteView data);

Hash256 leaf_hash(ByteView entry);                              // SHA-256(0x00 || entry)
Hash256 node_hash(const Hash256& left, const Hash256& right);   // SHA-256(0x01 || left || right)
Hash256 empty_root();                                           // SHA-256()

// The roots of the perfect subtrees that a tree of some size consists of, largest first: all that
// is needed to append and to know the root.
class CompactRange {
 public:
  CompactRange() = default;
  // As stored: one hash per set bit of `size`, largest subtree first.
  CompactRange(std::uint64_t size, std::vector<Hash256> subtrees);

  void append(const Hash256& leaf);
  // Appends a perfect subtree of 2^height leaves; size() must be a multiple of that.
  void append_subtree(const Hash256& root, unsigned height);
  std::uint64_t size() const { return size_; }
  Hash256 root() const;
  const std::vector<Hash256>& subtrees() const { return subtrees_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash256> subtrees_;
};

// The root of 1..2^32 hashes that are the leaves of one tree or the roots of equal perfect subtrees.
Hash256 root_of(std::span<const Hash256> hashes);

// Section 2.1.1. False for an index outside the tree, a proof of the wrong length, or another root.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash256& leaf,
                      std::span<const Hash256> proof, const Hash256& root);
// Section 2.1.2. Sizes may be equal (an empty proof); from size 0 everything follows (empty proof).
bool verify_consistency(std::uint64_t from_size, std::uint64_t to_size, std::span<const Hash256> proof,
                        const Hash256& from_root, const Hash256& to_root);

}  // namespace sealbook::audit
