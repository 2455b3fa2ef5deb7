#include "security/keys/keyring.hpp"

#include <algorithm>

#include "security/keys/key_unwrapper.hpp"

namespace sealbook::keys {
namespace {

constexpr bool may_rotate(KeyPurpose purpose) {
  return purpose >= KeyPurpose::audit && purpose <= KeyPurpose::pseudonym;
}

}  // namespace

Keyring::Keyring(KeyringStore& store, KeyProvider& provider, std::string_view environment,
                 const Clock& clock, KeyringOptions options)
    : store_(store), provider_(provider), environment_(environment), clock_(clock),
      options_(options), persons_(options.cached_persons) {}

Result<void> Keyring::initialise(KeyringStore& store, KeyProvider& provider,
                                 std::string_view environment, const Clock& clock) {
  if (environment.empty() || environment.size() > 64)
    return fail(ErrorCode::invalid, "The environment's name has 1 to 64 bytes.");
  ENSURE(provider.self_test());
  KeyUnwrapper unwrapper(provider, environment);
  const Instant now = clock.now();
  std::vector<KeyRecord> records;
  for (const auto purpose :
       {KeyPurpose::instance_audit, KeyPurpose::checkpoint_signing, KeyPurpose::store_pages}) {
    TRY(record, unwrapper.make_instance_key(purpose, now));
    records.push_back(std::move(record));
  }
  return store.create_instance({std::string(environment), provider.id(), now}, records);
}

Result<std::unique_ptr<Keyring>> Keyring::open(KeyringStore& store, KeyProvider& provider,
                                               std::string_view environment, const Clock& clock,
                                               KeyringOptions options) {
  const auto record = store.load_instance();
  if (!record)
    return fail(ErrorCode::not_found, "The keyring is empty: `sealbook init` has not been run on it.");
  if (record->environment != environment)
    return fail(ErrorCode::invalid, "The keyring belongs to the environment \"" + record->environment +
                                        "\", not to \"" + std::string(environment) + "\".");
  if (record->provider_id != provider.id())
    return fail(ErrorCode::invalid, "The keyring was made with the root key " + record->provider_id +
                                        ", and this one is " + provider.id() + ".");
  std::unique_ptr<Keyring> keyring(new Keyring(store, provider, environment, clock, options));
  TRY(instance, KeyUnwrapper(provider, environment).instance(store.list_domain_keys(TenantId())));
  keyring->instance_ = std::move(instance);
  return keyring;
}

Result<Secret> Keyring::page_key(KeyProvider& provider, std::string_view environment) {
  return provider.derive({environment, TenantId(), "keyring pages"});
}

Result<void> Keyring::create_tenant(TenantId tenant) {
  if (tenant.is_nil()) return fail(ErrorCode::invalid, "The nil id names no tenant.");
  TRY(records, KeyUnwrapper(provider_, environment_).make_tenant(tenant, clock_.now()));
  return store_.insert(records);
}

Result<std::shared_ptr<const TenantKeys>> Keyring::load_tenant(TenantId tenant) {
  auto records = store_.list_domain_keys(tenant);
  if (records.empty() || tenant.is_nil())
    return fail(ErrorCode::not_found, "There are no keys of that tenant.");
  TRY(keys, KeyUnwrapper(provider_, environment_).tenant(tenant, std::move(records)));
  const std::unique_lock lock(tenants_mutex_);
  tenants_[tenant] = keys;
  return keys;
}

Result<std::shared_ptr<const TenantKeys>> Keyring::tenant(TenantId tenant) {
  {
    const std::shared_lock lock(tenants_mutex_);
    if (const auto found = tenants_.find(tenant); found != tenants_.end()) return found->second;
  }
  return load_tenant(tenant);
}

Result<void> Keyring::rotate(TenantId tenant_id, KeyPurpose purpose) {
  if (!may_rotate(purpose)) return fail(ErrorCode::invalid, "Keys of that purpose are not rotated so.");
  TRY(keys, load_tenant(tenant_id));
  std::uint32_t newest = 0;
  for (const KeyRecord& record : store_.list_domain_keys(tenant_id))
    if (record.purpose == purpose) newest = std::max(newest, record.generation);
  const std::array added{KeyUnwrapper(provider_, environment_)
                             .make_domain_key(*keys, purpose, newest + 1, clock_.now())};
  ENSURE(store_.insert(added));
  ENSURE(load_tenant(tenant_id));
  return {};
}

Result<std::shared_ptr<const DataKey>> Keyring::person_key(TenantId tenant_id, KeyId id) {
  if (auto cached = persons_.find(tenant_id, id)) return cached;
  TRY(keys, tenant(tenant_id));
  const auto record = store_.find(tenant_id, id);
  if (!record || record->purpose != KeyPurpose::person)
    return fail(ErrorCode::not_found, "There is no such key: it was never made, or destroyed.");
  TRY(key, KeyUnwrapper(provider_, environment_).person(*keys, *record));
  persons_.put(tenant_id, key);
  return key;
}

Keyring::Pool& Keyring::pool_of(TenantId tenant) {
  const std::lock_guard lock(pools_mutex_);
  auto& pool = pools_[tenant];
  if (!pool) pool = std::make_unique<Pool>();
  return *pool;
}

// Makes keys and has them durable before anyone can be given one.
Result<std::vector<Keyring::PooledKey>> Keyring::make_person_keys(TenantId tenant_id) {
  TRY(keys, tenant(tenant_id));
  KeyUnwrapper unwrapper(provider_, environment_);
  const Instant now = clock_.now();
  std::vector<KeyRecord> records;
  std::vector<PooledKey> pooled;
  for (std::size_t i = 0; i < options_.pool_size; ++i) {
    auto [record, key] = unwrapper.make_person_key(*keys, now);
    records.push_back(std::move(record));
    pooled.push_back({std::move(key), now});
  }
  ENSURE(store_.insert(records));
  return pooled;
}

Result<std::shared_ptr<const DataKey>> Keyring::take_person_key(TenantId tenant_id) {
  Pool& pool = pool_of(tenant_id);
  std::shared_ptr<const DataKey> taken;
  {
    const std::lock_guard lock(pool.mutex);
    const Instant oldest = clock_.now() - max_pool_age;
    while (!pool.keys.empty() && pool.keys.front().created < oldest) pool.keys.pop_front();
    if (pool.keys.empty()) {  // others wait for the same batch
      TRY(made, make_person_keys(tenant_id));
      std::ranges::move(made, std::back_inserter(pool.keys));
    }
    taken = std::move(pool.keys.front().key);
    pool.keys.pop_front();
  }
  persons_.put(tenant_id, taken);
  return taken;
}

bool Keyring::wants_refill(TenantId tenant) {
  Pool& pool = pool_of(tenant);
  const std::lock_guard lock(pool.mutex);
  return pool.keys.size() < options_.pool_low;
}

Result<void> Keyring::refill(TenantId tenant_id) {
  TRY(made, make_person_keys(tenant_id));
  Pool& pool = pool_of(tenant_id);
  const std::lock_guard lock(pool.mutex);
  std::ranges::move(made, std::back_inserter(pool.keys));
  return {};
}

Result<std::size_t> Keyring::collect_orphans(TenantId tenant_id, Instant as_of,
                                             const std::unordered_set<KeyId>& referenced) {
  constexpr std::size_t page = 1000;
  const Instant cutoff = std::min(as_of, clock_.now()) - 2 * max_pool_age;
  std::unordered_set<KeyId> pooled;
  {
    Pool& pool = pool_of(tenant_id);
    const std::lock_guard lock(pool.mutex);
    for (const PooledKey& waiting : pool.keys) pooled.insert(waiting.key->id());
  }
  std::size_t removed = 0;
  KeyId after;
  while (true) {
    const auto ids = store_.list_person_keys(tenant_id, cutoff, after, page);
    std::vector<KeyId> orphans;
    for (const KeyId id : ids)
      if (!referenced.contains(id) && !pooled.contains(id)) orphans.push_back(id);
    if (!orphans.empty()) removed += store_.remove(tenant_id, orphans);
    for (const KeyId id : orphans) persons_.drop(tenant_id, id);
    if (ids.size() < page) return removed;
    after = ids.back();
  }
}

}  // namespace sealbook::keys
