#include "security/audit/merkle.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/json.hpp"

namespace sealbook::audit {
namespace {

// RFC 6962 section 2.1, word for word: the obvious oracle.
Hash256 mth(std::span<const Hash256> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_hash(mth(leaves.first(k)), mth(leaves.subspan(k)));
}

std::vector<Hash256> path(std::size_t m, std::span<const Hash256> d) {
  if (d.size() <= 1) return {};
  std::size_t k = 1;
  while (k * 2 < d.size()) k *= 2;
  auto out = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  out.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
  return out;
}

std::vector<Hash256> subproof(std::size_t m, std::span<const Hash256> d, bool known) {
  if (m == d.size()) return known ? std::vector<Hash256>{} : std::vector{mth(d)};
  std::size_t k = 1;
  while (k * 2 < d.size()) k *= 2;
  auto out = m <= k ? subproof(m, d.first(k), known) : subproof(m - k, d.subspan(k), false);
  out.push_back(m <= k ? mth(d.subspan(k)) : mth(d.first(k)));
  return out;
}

std::vector<Hash256> some_leaves(std::size_t count) {
  std::vector<Hash256> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(leaf_hash(as_bytes("entry " + std::to_string(i))));
  return out;
}

TEST(Merkle, the_empty_tree_and_a_leaf_hash_as_the_rfc_says) {
  EXPECT_EQ(to_hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(leaf_hash({})), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(Merkle, appending_gives_the_root_of_the_definition_at_every_size) {
  const auto leaves = some_leaves(300);
  CompactRange range;
  for (std::size_t n = 0; n <= leaves.size(); ++n) {
    ASSERT_EQ(range.root(), mth(std::span(leaves).first(n))) << n;
    ASSERT_EQ(CompactRange(n, range.subtrees()).root(), range.root());
    if (n < leaves.size()) range.append(leaves[n]);
  }
}

TEST(Merkle, a_subtree_can_be_appended_whole) {
  const auto leaves = some_leaves(256 + 8);
  CompactRange one_by_one, whole;
  for (const Hash256& leaf : leaves) one_by_one.append(leaf);
  whole.append_subtree(root_of(std::span(leaves).first(256)), 8);
  whole.append_subtree(root_of(std::span(leaves).subspan(256)), 3);
  EXPECT_EQ(whole.root(), one_by_one.root());
  EXPECT_EQ(whole.size(), one_by_one.size());
}

TEST(Merkle, every_inclusion_proof_of_the_definition_verifies_and_no_other) {
  const auto leaves = some_leaves(70);
  for (std::size_t n = 1; n <= leaves.size(); ++n) {
    const auto tree = std::span(leaves).first(n);
    const Hash256 root = mth(tree);
    for (std::size_t i = 0; i < n; ++i) {
      auto proof = path(i, tree);
      ASSERT_TRUE(verify_inclusion(i, n, leaves[i], proof, root)) << i << " of " << n;
      ASSERT_FALSE(verify_inclusion(i, n, leaves[(i + 1) % leaves.size()], proof, root));
      if (n > 1) { ASSERT_FALSE(verify_inclusion((i + 1) % n, n, leaves[i], proof, root)); }
      ASSERT_FALSE(verify_inclusion(i + n, n, leaves[i], proof, root));
      proof.push_back(root);
      ASSERT_FALSE(verify_inclusion(i, n, leaves[i], proof, root));
      proof.pop_back();
      if (proof.empty()) continue;
      proof[i % proof.size()][0] ^= 1;
      ASSERT_FALSE(verify_inclusion(i, n, leaves[i], proof, root));
    }
  }
}

TEST(Merkle, every_consistency_proof_of_the_definition_verifies_and_no_other) {
  const auto leaves = some_leaves(70);
  for (std::size_t n = 1; n <= leaves.size(); ++n) {
    const Hash256 root = mth(std::span(leaves).first(n));
    for (std::size_t m = 1; m <= n; ++m) {
      const Hash256 older = mth(std::span(leaves).first(m));
      auto proof = subproof(m, std::span(leaves).first(n), true);
      ASSERT_TRUE(verify_consistency(m, n, proof, older, root)) << m << " to " << n;
      ASSERT_FALSE(verify_consistency(n, m, proof, root, older) && m != n);
      ASSERT_FALSE(verify_consistency(m, n, proof, root, older) && m != n);
      proof.push_back(root);
      ASSERT_FALSE(verify_consistency(m, n, proof, older, root));
      proof.pop_back();
      if (proof.empty()) continue;
      proof[m % proof.size()][31] ^= 0x80;
      ASSERT_FALSE(verify_consistency(m, n, proof, older, root));
    }
  }
}

Hash256 hash_of(const JsonValue& object, std::string_view name) {
  const auto bytes = from_base64(*object.find(name)->as_string());
  Hash256 out{};
  if (bytes && bytes->size() == 32) std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

// A proof with a hash of the wrong length is not one.
std::optional<std::vector<Hash256>> proof_of(const JsonValue& object) {
  std::vector<Hash256> out;
  const JsonValue* proof = object.find("proof");
  if (proof->is_null()) return out;
  for (const JsonValue& item : *proof->as_array()) {
    const auto bytes = from_base64(*item.as_string());
    if (!bytes || bytes->size() != 32) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.emplace_back().begin());
  }
  return out;
}

std::uint64_t number_of(const JsonValue& object, std::string_view name) {
  return static_cast<std::uint64_t>(*object.find(name)->as_int());
}

TEST(Merkle, the_published_vectors_pass) {
  const std::filesystem::path folder = "../shared/data/merkle";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the vectors are not here";
  int seen = 0;
  int refused = 0;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
    if (item.path().extension() != ".json") continue;
    std::ifstream in(item.path());
    const auto json = parse_json(std::string(std::istreambuf_iterator<char>(in), {}));
    ASSERT_TRUE(json) << item.path();
    const auto proof = proof_of(*json);
    bool is_right = false;
    if (proof && json->find("leafHash"))
      is_right = verify_inclusion(number_of(*json, "leafIdx"), number_of(*json, "treeSize"), hash_of(*json, "leafHash"),
                                  *proof, hash_of(*json, "root"));
    else if (proof)
      is_right = verify_consistency(number_of(*json, "size1"), number_of(*json, "size2"), *proof,
                                    hash_of(*json, "root1"), hash_of(*json, "root2"));
    EXPECT_EQ(is_right, !*json->find("wantErr")->as_bool()) << item.path();
    ++seen;
    refused += !is_right;
  }
  EXPECT_GE(seen, 29);
  EXPECT_GE(refused, 10);
}

}  // namespace
}  // namespace sealbook::audit
