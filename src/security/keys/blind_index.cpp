#include "security/keys/blind_index.hpp"

#include "base/assert.hpp"
#include "security/crypto/hkdf.hpp"
#include "security/crypto/key_wrap.hpp"

namespace sealbook::keys {

void BlindIndexKeys::add_older_generation(TenantId tenant, std::uint32_t generation,
                                          const Secret& key) {
  ASSERT(generations_.empty() || generations_.back().number > generation);
  const crypto::HmacSha512Key root(key);
  Generation added{.number = generation, .columns = {}};
  for (const BlindIndexColumn& column : blind_index_columns) {
    crypto::WrapContext info;
    info.part("sealbook blind index 1").part(tenant.bytes()).part(column.table).part(column.column);
    added.columns.emplace_back(crypto::hkdf_expand_sha512(root, info.bytes(), 32));
  }
  generations_.push_back(std::move(added));
}

BlindIndex BlindIndexKeys::compute(const Generation& generation, std::size_t column,
                                   Normaliser kind, std::string_view normal_form) {
  const Hash256 mac = generation.columns[column].mac({as_bytes("bi1"), as_bytes(normal_form)});
  BlindIndex index{.generation = generation.number, .normaliser_version = normaliser_version(kind)};
  std::copy_n(mac.begin(), index.value.size(), index.value.begin());
  return index;
}

}  // namespace sealbook::keys
