#include "security/keys/keyring.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/random.hpp"
#include "security/crypto/sbe1.hpp"
#include "security/keys/key_file_provider.hpp"
#include "security/keys/memory_keyring_store.hpp"

namespace sealbook::keys {
namespace {

using namespace std::chrono_literals;

class KeyringTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Keyring::initialise(store_, provider_, "test", clock_));
    keyring_ = start();
    ASSERT_TRUE(keyring_->create_tenant(tenant_));
  }
  // As a process that starts anew on the same store.
  std::unique_ptr<Keyring> start(KeyringOptions options = {.pool_size = 8, .pool_low = 3, .cached_persons = 64}) {
    auto opened = Keyring::open(store_, provider_, "test", clock_, options);
    if (!opened) throw std::runtime_error(opened.error().detail);
    return std::move(*opened);
  }
  KeyId take(Keyring& keyring) { return keyring.take_person_key(tenant_).value()->id(); }
  crypto::SealContext where(ByteView row) const {
    return {.environment = "test", .tenant = tenant_, .table = "patients", .data_class = DataClass::pii,
            .row_id = row, .subject_id = row, .row_version = 1};
  }
  KeyRecord& record_of(TenantId tenant, KeyPurpose purpose) {
    for (auto& [name, record] : store_.records())
      if (record.tenant == tenant && record.purpose == purpose) return record;
    throw std::runtime_error("no such record");
  }

  ManualClock clock_{Instant::from_seconds(1'800'000'000)};
  KeyFileProvider provider_{Secret(ByteView(random_array<32>()))};
  MemoryKeyringStore store_;
  std::unique_ptr<Keyring> keyring_;
  const TenantId tenant_ = new_id<TenantId>();
};

TEST_F(KeyringTest, opens_again_with_the_same_keys) {
  const auto again = start();
  const Bytes blob = crypto::seal(keyring_->tenant(tenant_).value()->audit().current(), where({}), 1, as_bytes("x"));

  EXPECT_TRUE(crypto::open(again->tenant(tenant_).value()->audit().current(), where({}), blob));
  EXPECT_EQ(again->instance().checkpoint_key().public_key(), keyring_->instance().checkpoint_key().public_key());
  EXPECT_TRUE(again->instance().store_page_key() == keyring_->instance().store_page_key());
  EXPECT_EQ(again->instance().store_page_key().size(), 32U);
}

TEST_F(KeyringTest, every_key_is_different_from_every_other) {
  const auto other = new_id<TenantId>();
  ASSERT_TRUE(keyring_->create_tenant(other));
  const auto a = keyring_->tenant(tenant_).value();
  const auto b = keyring_->tenant(other).value();
  const Bytes probe{1, 2, 3};
  std::set<std::string> seen;
  for (const auto& keys : {a, b}) {
    seen.insert(to_hex(keys->offer_mac().mac(probe)));
    seen.insert(to_hex(keys->cursor_mac().mac(probe)));
    seen.insert(to_hex(keys->pseudonym(probe)));
    seen.insert(to_hex(ByteView(keys->audit().current().derivation().mac(probe)).first(32)));
    seen.insert(to_hex(ByteView(keys->operational().current().derivation().mac(probe)).first(32)));
  }
  seen.insert(to_hex(ByteView(keyring_->instance().audit().current().derivation().mac(probe)).first(32)));
  EXPECT_EQ(seen.size(), 11U);
  EXPECT_TRUE(crypto::HmacSha256Key(a->offer_key()).verify(probe, a->offer_mac().mac(probe)));
}

TEST_F(KeyringTest, is_initialised_once) {
  EXPECT_EQ(Keyring::initialise(store_, provider_, "test", clock_).error().code, ErrorCode::state_conflict);
  EXPECT_EQ(keyring_->create_tenant(tenant_).error().code, ErrorCode::state_conflict);
  EXPECT_EQ(keyring_->create_tenant(TenantId()).error().code, ErrorCode::invalid);
}

TEST_F(KeyringTest, an_empty_one_another_environment_and_another_root_key_are_told_apart) {
  MemoryKeyringStore empty;
  KeyFileProvider other{Secret(ByteView(random_array<32>()))};

  EXPECT_EQ(Keyring::open(empty, provider_, "test", clock_).error().code, ErrorCode::not_found);
  const auto environment = Keyring::open(store_, provider_, "production", clock_);
  EXPECT_NE(environment.error().detail.find("environment \"test\""), std::string::npos);
  const auto root = Keyring::open(store_, other, "test", clock_);
  EXPECT_NE(root.error().detail.find(provider_.id()), std::string::npos);
  EXPECT_EQ(keyring_->tenant(new_id<TenantId>()).error().code, ErrorCode::not_found);
  EXPECT_EQ(keyring_->tenant(TenantId()).error().code, ErrorCode::not_found);
}

TEST_F(KeyringTest, a_record_that_was_changed_or_moved_is_refused) {
  const auto refused = [&](TenantId tenant, KeyPurpose purpose, auto change) {
    KeyRecord& record = record_of(tenant, purpose);
    const KeyRecord before = record;
    change(record);
    const auto opened = Keyring::open(store_, provider_, "test", clock_);
    const bool is_refused = !opened || !(*opened)->tenant(tenant_);
    record = before;
    return is_refused;
  };
  const auto nothing = [](KeyRecord&) {};
  EXPECT_FALSE(refused(tenant_, KeyPurpose::tenant_key, nothing));
  for (const auto purpose : {KeyPurpose::tenant_key, KeyPurpose::audit, KeyPurpose::blind_index, KeyPurpose::offer}) {
    EXPECT_TRUE(refused(tenant_, purpose, [](KeyRecord& r) { r.wrapped.back() ^= 1; }));
    EXPECT_TRUE(refused(tenant_, purpose, [](KeyRecord& r) { r.generation = 2; }));
    EXPECT_TRUE(refused(tenant_, purpose, [](KeyRecord& r) { r.id = KeyId::make(); }));
    EXPECT_TRUE(refused(tenant_, purpose, [](KeyRecord& r) { r.purpose = KeyPurpose::operational; }));
    EXPECT_TRUE(refused(tenant_, purpose, [](KeyRecord& r) { r.wrapped.clear(); }));
    EXPECT_TRUE(refused(tenant_, purpose, [](KeyRecord& r) { r.tenant = new_id<TenantId>(); }));
  }
  EXPECT_TRUE(refused(TenantId(), KeyPurpose::checkpoint_signing, [](KeyRecord& r) { r.wrapped[40] ^= 1; }));
  const Bytes page_key = record_of(TenantId(), KeyPurpose::store_pages).wrapped;
  EXPECT_TRUE(refused(TenantId(), KeyPurpose::checkpoint_signing, [&](KeyRecord& r) { r.wrapped = page_key; }));
}

TEST_F(KeyringTest, a_persons_key_is_found_again_by_name_and_opens_what_it_sealed) {
  const auto row = random_array<16>();
  const auto key = keyring_->take_person_key(tenant_).value();
  const Bytes blob = crypto::seal(*key, where(row), 1, as_bytes("a note"));

  const auto again = start();
  const auto found = again->person_key(tenant_, crypto::parse_header(blob)->key_id);
  ASSERT_TRUE(found);
  EXPECT_TRUE(crypto::open(**found, where(row), blob));
  EXPECT_TRUE(again->person_key(tenant_, key->id()).value() == *found);  // cached: the same object
  EXPECT_EQ(again->person_key(tenant_, KeyId::make()).error().code, ErrorCode::not_found);
  EXPECT_EQ(again->person_key(new_id<TenantId>(), key->id()).error().code, ErrorCode::not_found);
}

TEST_F(KeyringTest, a_domain_key_is_no_persons_key) {
  EXPECT_FALSE(keyring_->person_key(tenant_, record_of(tenant_, KeyPurpose::audit).id));
}

TEST_F(KeyringTest, a_persons_record_of_another_tenant_does_not_unwrap) {
  const auto other = new_id<TenantId>();
  ASSERT_TRUE(keyring_->create_tenant(other));
  KeyRecord moved = *store_.find(tenant_, take(*keyring_));
  moved.tenant = other;
  ASSERT_TRUE(store_.insert(std::array{moved}));

  EXPECT_EQ(keyring_->person_key(other, moved.id).error().code, ErrorCode::integrity);
}

TEST_F(KeyringTest, person_keys_are_durable_before_they_are_handed_out_and_handing_out_writes_nothing) {
  const std::size_t before = store_.writes();
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(store_.find(tenant_, take(*keyring_)));
  EXPECT_EQ(store_.writes(), before + 1);
  take(*keyring_);
  EXPECT_EQ(store_.writes(), before + 2);
}

TEST_F(KeyringTest, refilling_ahead_keeps_the_taker_from_writing) {
  EXPECT_TRUE(keyring_->wants_refill(tenant_));
  ASSERT_TRUE(keyring_->refill(tenant_));
  EXPECT_FALSE(keyring_->wants_refill(tenant_));
  const std::size_t before = store_.writes();

  for (int i = 0; i < 6; ++i) take(*keyring_);
  EXPECT_TRUE(keyring_->wants_refill(tenant_));
  EXPECT_EQ(store_.writes(), before);
}

TEST_F(KeyringTest, no_key_is_handed_out_twice_whatever_restarts_in_between) {
  std::set<KeyId> seen;
  for (int round = 0; round < 40; ++round) {
    const auto first = start();
    const auto second = start();  // another node on the same keyring
    const auto old = store_.records();
    for (int i = 0; i < 1 + round % 11; ++i) {
      EXPECT_TRUE(seen.insert(take(*first)).second);
      EXPECT_TRUE(seen.insert(take(*second)).second);
    }
    if (round % 5 == 0) store_.records() = old;  // an older keyring was restored
  }
}

TEST_F(KeyringTest, threads_never_share_a_persons_key) {
  std::mutex mutex;
  std::set<KeyId> seen;
  std::atomic<int> doubled = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        const KeyId id = take(*keyring_);
        if (i % 10 == t && !keyring_->refill(tenant_)) ++doubled;
        const std::lock_guard lock(mutex);
        if (!seen.insert(id).second) ++doubled;
      }
    });
  threads.clear();
  EXPECT_EQ(doubled, 0);
  EXPECT_EQ(seen.size(), 400U);
}

TEST_F(KeyringTest, a_key_that_waited_too_long_is_not_handed_out) {
  take(*keyring_);
  std::set<KeyId> waiting;
  for (const KeyId id : store_.list_person_keys(tenant_, clock_.now() + 1h, KeyId(), 100)) waiting.insert(id);
  clock_.advance(Keyring::max_pool_age + 1s);

  EXPECT_FALSE(waiting.contains(take(*keyring_)));
}

TEST_F(KeyringTest, orphans_go_and_everything_that_may_be_in_use_stays) {
  const auto crashed = start();
  const KeyId used = take(*crashed);
  const KeyId lost = take(*crashed);  // handed out, but its patient was never committed
  clock_.advance(2 * Keyring::max_pool_age + 1s);
  const KeyId young = take(*keyring_);  // on its way into a transaction

  EXPECT_EQ(keyring_->collect_orphans(tenant_, clock_.now(), {used}).value(), 7U);
  EXPECT_TRUE(store_.find(tenant_, used));
  EXPECT_TRUE(store_.find(tenant_, young));
  EXPECT_FALSE(store_.find(tenant_, lost));
  EXPECT_EQ(keyring_->collect_orphans(tenant_, clock_.now(), {used}).value(), 0U);
  EXPECT_TRUE(keyring_->person_key(tenant_, used));
  EXPECT_TRUE(keyring_->tenant(tenant_));  // domain keys are never orphans
}

TEST_F(KeyringTest, a_key_that_may_still_be_on_its_way_is_no_orphan) {
  const KeyId taken = take(*start());
  clock_.advance(2 * Keyring::max_pool_age);
  EXPECT_EQ(keyring_->collect_orphans(tenant_, clock_.now(), {}).value(), 0U);
  EXPECT_TRUE(store_.find(tenant_, taken));

  clock_.advance(1s);
  EXPECT_EQ(keyring_->collect_orphans(tenant_, clock_.now(), {}).value(), 8U);
}

TEST_F(KeyringTest, orphans_are_judged_by_when_the_rows_were_read) {
  const KeyId taken = take(*keyring_);
  const Instant read_at = clock_.now();
  clock_.advance(100h);  // the patient may have been committed since

  EXPECT_EQ(keyring_->collect_orphans(tenant_, read_at, {}).value(), 0U);
  EXPECT_TRUE(store_.find(tenant_, taken));
}

TEST_F(KeyringTest, an_orphan_is_forgotten_by_the_cache_too) {
  const KeyId lost = take(*keyring_);
  clock_.advance(100h);
  ASSERT_GT(keyring_->collect_orphans(tenant_, clock_.now(), {}).value(), 0U);

  EXPECT_EQ(keyring_->person_key(tenant_, lost).error().code, ErrorCode::not_found);
}

TEST_F(KeyringTest, a_rotated_key_seals_anew_and_still_opens_the_old) {
  const auto before = keyring_->tenant(tenant_).value();
  const Bytes old = crypto::seal(before->audit().current(), where({}), 1, as_bytes("old"));
  ASSERT_TRUE(keyring_->rotate(tenant_, KeyPurpose::audit));

  const auto after = start()->tenant(tenant_).value();
  EXPECT_EQ(keyring_->tenant(tenant_).value()->audit().current().id(), after->audit().current().id());
  EXPECT_EQ(after->audit().current().generation(), 2U);
  EXPECT_FALSE(crypto::open(after->audit().current(), where({}), old));
  const DataKey* key = after->audit().find(crypto::parse_header(old)->key_id);
  ASSERT_TRUE(key != nullptr);
  EXPECT_TRUE(crypto::open(*key, where({}), old));
  EXPECT_TRUE(after->audit().find(KeyId::make()) == nullptr);
}

TEST_F(KeyringTest, a_rotated_blind_index_is_looked_up_in_two_generations) {
  const auto email = *normalise_email("someone@example.test");
  const auto stored = keyring_->tenant(tenant_).value()->blind_index().of<"patients.email">(email);
  ASSERT_TRUE(keyring_->rotate(tenant_, KeyPurpose::blind_index));

  const auto lookups = keyring_->tenant(tenant_).value()->blind_index().lookups<"patients.email">(email);
  ASSERT_EQ(lookups.count, 2U);
  EXPECT_EQ(lookups.all()[1], stored);
  EXPECT_NE(lookups.all()[0], stored);
  for (const auto purpose : {KeyPurpose::tenant_key, KeyPurpose::person, KeyPurpose::store_pages})
    EXPECT_EQ(keyring_->rotate(tenant_, purpose).error().code, ErrorCode::invalid);
}

TEST(PersonKeyCache, is_bounded_and_lets_the_least_used_go) {
  PersonKeyCache cache(32);
  const TenantId tenant = new_id<TenantId>();
  const Secret material(ByteView(random_array<32>()));
  const auto kept = std::make_shared<const DataKey>(KeyId::make(), 1, material);
  cache.put(tenant, kept);
  for (int i = 0; i < 500; ++i) {
    cache.put(tenant, std::make_shared<const DataKey>(KeyId::make(), 1, material));
    ASSERT_TRUE(cache.find(tenant, kept->id()) == kept);
    ASSERT_LE(cache.size(), 32U);
  }
  EXPECT_TRUE(cache.find(new_id<TenantId>(), kept->id()) == nullptr);
  cache.drop(tenant, kept->id());
  EXPECT_TRUE(cache.find(tenant, kept->id()) == nullptr);
}

}  // namespace
}  // namespace sealbook::keys
