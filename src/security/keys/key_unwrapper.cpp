#include "security/keys/key_unwrapper.hpp"

#include <algorithm>
#include <array>

#include "base/random.hpp"
#include "security/keys/link_key.hpp"

namespace sealbook::keys {
namespace {

constexpr std::array domain_purposes{KeyPurpose::audit,  KeyPurpose::operational,
                                     KeyPurpose::offer,  KeyPurpose::cursor,
                                     KeyPurpose::blind_index, KeyPurpose::pseudonym};

Secret random_key() {
  auto bytes = random_array<crypto::data_key_size>();
  Secret key{ByteView(bytes)};
  wipe(bytes.data(), bytes.size());
  return key;
}

std::unexpected<Error> damaged(std::string_view cause) {
  Error error = make_error(ErrorCode::integrity, "A key in the keyring failed its integrity check.");
  error.cause = "keyring: " + std::string(cause);
  return std::unexpected(std::move(error));
}

Result<Secret> checked_size(Result<Secret> key) {
  if (key && key->size() != crypto::data_key_size) return damaged("a key of another size");
  return key;
}

// What a key provider is told: it knows no key ids, so they are part of the purpose.
std::string root_purpose(const KeyRecord& record) {
  return "key " + std::to_string(static_cast<int>(record.purpose)) + " " + record.id.text() + " " +
         std::to_string(record.generation);
}

KeyRecord new_record(TenantId tenant, KeyPurpose purpose, std::uint32_t generation, Instant now) {
  return {.tenant = tenant, .id = KeyId::make(), .purpose = purpose, .generation = generation,
          .wrapped = {}, .created = now};
}

bool newer(const KeyRecord& a, const KeyRecord& b) { return a.generation > b.generation; }

}  // namespace

const DataKey* DataKeySet::find(KeyId id) const {
  const auto found = std::ranges::find_if(newest_first_, [&](const auto& key) { return key->id() == id; });
  return found == newest_first_.end() ? nullptr : found->get();
}

crypto::WrapContext KeyUnwrapper::context_of(const KeyRecord& record) const {
  crypto::WrapContext context;
  context.part("sealbook key 1").part(environment_).part(record.tenant.bytes());
  context.number(static_cast<std::uint32_t>(record.purpose));
  context.part(record.id.bytes()).number(record.generation);
  return context;
}

Result<Bytes> KeyUnwrapper::wrap_by_root(const KeyRecord& record, const Secret& key) {
  const std::string purpose = root_purpose(record);
  return provider_.wrap({environment_, record.tenant, purpose}, key);
}

Result<Secret> KeyUnwrapper::unwrap_by_root(const KeyRecord& record) {
  const std::string purpose = root_purpose(record);
  return checked_size(provider_.unwrap({environment_, record.tenant, purpose}, record.wrapped));
}

Result<KeyRecord> KeyUnwrapper::make_instance_key(KeyPurpose purpose, Instant now) {
  KeyRecord record = new_record(TenantId(), purpose, 1, now);
  TRY(wrapped, wrap_by_root(record, random_key()));
  record.wrapped = std::move(wrapped);
  return record;
}

Result<std::vector<KeyRecord>> KeyUnwrapper::make_tenant(TenantId tenant, Instant now) {
  KeyRecord root = new_record(tenant, KeyPurpose::tenant_key, 1, now);
  const Secret tenant_key = random_key();
  TRY(wrapped, wrap_by_root(root, tenant_key));
  root.wrapped = std::move(wrapped);
  std::vector<KeyRecord> records{std::move(root)};
  const crypto::HmacSha512Key wrapping(tenant_key);
  for (const KeyPurpose purpose : domain_purposes) {
    KeyRecord record = new_record(tenant, purpose, 1, now);
    record.wrapped = crypto::wrap_key(wrapping, context_of(record), random_key());
    records.push_back(std::move(record));
  }
  return records;
}

KeyRecord KeyUnwrapper::make_domain_key(const TenantKeys& keys, KeyPurpose purpose,
                                        std::uint32_t generation, Instant now) {
  KeyRecord record = new_record(keys.tenant(), purpose, generation, now);
  record.wrapped = crypto::wrap_key(*keys.wrapping_, context_of(record), random_key());
  return record;
}

std::pair<KeyRecord, std::shared_ptr<const DataKey>> KeyUnwrapper::make_person_key(
    const TenantKeys& keys, Instant now) {
  KeyRecord record = new_record(keys.tenant(), KeyPurpose::person, 1, now);
  const Secret key = random_key();
  record.wrapped = crypto::wrap_key(*keys.wrapping_, context_of(record), key);
  auto data_key = std::make_shared<const DataKey>(record.id, record.generation, key);
  return {std::move(record), std::move(data_key)};
}

Result<std::shared_ptr<const InstanceKeys>> KeyUnwrapper::instance(
    std::span<const KeyRecord> records) {
  std::shared_ptr<InstanceKeys> keys(new InstanceKeys);
  std::vector<KeyRecord> sorted(records.begin(), records.end());
  std::ranges::sort(sorted, newer);
  for (const KeyRecord& record : sorted) {
    TRY(key, unwrap_by_root(record));
    if (record.purpose == KeyPurpose::instance_audit) {
      keys->audit_.newest_first_.push_back(
          std::make_shared<const DataKey>(record.id, record.generation, key));
    } else if (record.purpose == KeyPurpose::checkpoint_signing) {
      if (!keys->checkpoint_) keys->checkpoint_ = std::make_unique<crypto::Ed25519SigningKey>(key);
    } else if (record.purpose == KeyPurpose::store_pages) {
      if (keys->store_pages_.empty()) keys->store_pages_ = std::move(key);
    } else {
      return damaged("a key of the instance with a purpose that no such key has");
    }
  }
  if (keys->audit_.newest_first_.empty() || !keys->checkpoint_ || keys->store_pages_.empty())
    return damaged("a key of the instance is missing");
  return keys;
}

Result<void> KeyUnwrapper::add_domain_key(TenantKeys& keys, const KeyRecord& record) {
  TRY(key, checked_size(crypto::unwrap_key(*keys.wrapping_, context_of(record), record.wrapped)));
  const auto add_to = [&](DataKeySet& set) {
    set.newest_first_.push_back(std::make_shared<const DataKey>(record.id, record.generation, key));
  };
  switch (record.purpose) {
    case KeyPurpose::audit: add_to(keys.audit_); break;
    case KeyPurpose::operational: add_to(keys.operational_); break;
    case KeyPurpose::blind_index:
      keys.blind_index_.add_older_generation(keys.tenant_, record.generation, key);
      break;
    case KeyPurpose::offer:
      if (!keys.offer_mac_) {
        keys.offer_mac_ = std::make_unique<crypto::HmacSha256Key>(key);
        keys.offer_ = std::move(key);
      }
      break;
    case KeyPurpose::cursor:
      if (!keys.cursor_mac_) {
        keys.cursor_mac_ = std::make_unique<crypto::HmacSha256Key>(key);
        keys.cursor_ = std::move(key);
      }
      break;
    case KeyPurpose::pseudonym:
      if (!keys.pseudonym_) keys.pseudonym_ = std::make_unique<crypto::HmacSha256Key>(key);
      break;
    default: return damaged("a key of a tenant with a purpose that no such key has");
  }
  return {};
}

Result<std::shared_ptr<const TenantKeys>> KeyUnwrapper::tenant(TenantId tenant,
                                                               std::vector<KeyRecord> records) {
  std::shared_ptr<TenantKeys> keys(new TenantKeys);
  keys->tenant_ = tenant;
  std::ranges::sort(records, newer);
  for (std::size_t i = 1; i < records.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (records[i].purpose == records[j].purpose && records[i].generation == records[j].generation)
        return damaged("two keys of one purpose and generation");

  const auto root = std::ranges::find(records, KeyPurpose::tenant_key, &KeyRecord::purpose);
  if (root == records.end()) return damaged("a tenant without its tenant key");
  TRY(tenant_key, unwrap_by_root(*root));
  keys->wrapping_ = std::make_unique<crypto::HmacSha512Key>(tenant_key);
  keys->link_mac_ = std::make_unique<crypto::HmacSha256Key>(link_key(*keys->wrapping_));
  for (const KeyRecord& record : records)
    if (record.purpose != KeyPurpose::tenant_key) ENSURE(add_domain_key(*keys, record));

  for (const KeyPurpose purpose : domain_purposes)
    if (std::ranges::find(records, purpose, &KeyRecord::purpose) == records.end())
      return damaged("a key of a tenant is missing");
  return keys;
}

Result<std::shared_ptr<const DataKey>> KeyUnwrapper::person(const TenantKeys& keys,
                                                            const KeyRecord& record) {
  if (record.purpose != KeyPurpose::person) return damaged("a person's key of another purpose");
  TRY(key, checked_size(crypto::unwrap_key(*keys.wrapping_, context_of(record), record.wrapped)));
  return std::make_shared<const DataKey>(record.id, record.generation, key);
}

}  // namespace sealbook::keys
