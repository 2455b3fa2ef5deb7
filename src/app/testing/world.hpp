// World is an App over a throw-away store and keyring, with a tenant and its administrator: what a
// test of use cases starts from, on each engine.
//
//   class Rooms : public app::testing::World {};
//   SEALBOOK_ON_BOTH_ENGINES(Rooms);
//   TEST_P(Rooms, …) { auto ctx = as(admin, Permission::directory_manage); … }
#pragma once

#include <gtest/gtest.h>

#include "app/accounts/tenants.hpp"
#include "app/perform.hpp"
#include "base/random.hpp"
#include "security/crypto/sbe1.hpp"
#include "security/keys/key_file_provider.hpp"
#include "security/keys/memory_keyring_store.hpp"
#include "sql/testing/test_database.hpp"
#include "storage/tables/journal.hpp"
#include "storage/tables/sessions.hpp"

namespace sealbook::app::testing {

// The journal's entries stay in the store: nothing here publishes or reads tiles.
class NoTiles final : public audit::TileStore {
 public:
  Result<std::optional<Bytes>> read(std::string_view, const audit::TileKey&, unsigned) override { return std::nullopt; }
  Result<std::optional<std::string>> checkpoint(std::string_view) override { return std::nullopt; }
  Result<void> recover() override { return {}; }
  Result<void> stage(std::span<const audit::TileWrite>) override { return fail(ErrorCode::unavailable); }
  Result<void> publish(std::span<const audit::CheckpointWrite>) override { return fail(ErrorCode::unavailable); }
  Result<void> discard() override { return {}; }
};

class World : public sql::testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    migrate_store();
    ASSERT_TRUE(keys::Keyring::initialise(keyring_store_, provider_, "test", clock_));
    open();
    tenant = app().tenants.find(create("first-clinic").id);
    ASSERT_TRUE(tenant);
  }
  const SystemClock* clock() override { return &clock_; }

  App& app() { return *app_; }

  // What a restart does: everything in memory is read anew from the store.
  void restart() {
    app_.reset();
    open();
    ASSERT_TRUE(load(*app_));
    tenant = app().tenants.find(tenant->id());
    ASSERT_TRUE(tenant);
  }

  CreatedTenant create(const std::string& slug) {
    CallContext ctx = operator_context(app());
    auto made = perform(ctx, create_tenant(ctx, {slug, "First Clinic", "Your clinic", "+12025550100",
                                                 {Regime::healthcare, Regime::gdpr}}));
    EXPECT_TRUE(made) << (made ? "" : made.error().detail);
    if (!made) return {};
    if (admin.account.is_nil()) admin = {made->admin, made->id, Role::admin, std::nullopt, std::nullopt};
    return *made;
  }

  Principal principal(Role role) { return {new_id<AccountId>(), tenant->id(), role, std::nullopt, std::nullopt}; }
  Principal provider_of(const ResourceId& practitioner) {
    Principal who = principal(Role::provider);
    who.practitioner = practitioner;
    return who;
  }

  // A call of that principal; the permission must be one that its role has.
  CallContext as(const Principal& who, Permission permission, std::optional<std::int64_t> if_match = std::nullopt) {
    auto ctx = context_for(app(), tenant, who, permission);
    if (!ctx) throw std::logic_error("the role lacks the permission");
    ctx->if_match = if_match;
    return std::move(*ctx);
  }

  // The tenant's journal so far, oldest first, opened.
  std::vector<audit::AuditEntry> journaled() {
    std::vector<audit::AuditEntry> out;
    storage::JournalRows rows(database());
    auto pending = rows.pending(tenant->id(), 0, 100'000);
    EXPECT_TRUE(pending);
    if (!pending) return out;
    for (const auto& [row, entry] : *pending) {
      const auto* key = tenant->keys()->audit().find(crypto::parse_header(entry->sealed)->key_id);
      out.push_back(audit::open_entry(entry->id, entry->entry, entry->sealed, *key, {"test", tenant->id()})->entry);
    }
    return out;
  }

  // Moves every clock that the App and its store read.
  void move_clock(Micros offset) { clock_.set_offset(offset); }

  std::shared_ptr<Tenant> tenant;
  Principal admin;

 private:
  void open() {
    auto keyring = keys::Keyring::open(keyring_store_, provider_, "test", clock_, {.pool_size = 8, .pool_low = 2});
    ASSERT_TRUE(keyring);
    keyring_ = std::move(*keyring);
    store_.emplace(database(), nullptr);
    app_.reset(new App{.store = *store_, .keyring = *keyring_, .tiles = tiles_, .clock = clock_,
                       .environment = "test", .origin = "test.example"});
    sessions_.emplace(database());
    app_->session_store = &*sessions_;
  }

  SystemClock clock_;
  keys::MemoryKeyringStore keyring_store_;
  keys::KeyFileProvider provider_{Secret(ByteView(random_array<32>()))};
  NoTiles tiles_;
  std::unique_ptr<keys::Keyring> keyring_;
  std::optional<storage::Store> store_;
  std::optional<storage::SessionRows> sessions_;
  std::unique_ptr<App> app_;
};

// For EXPECT_EQ: the code of an error, or nothing.
template <class T>
std::optional<ErrorCode> code_of(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error().code);
}
// The pointers that an error names.
template <class T>
std::vector<std::string> pointers_of(const Result<T>& result) {
  std::vector<std::string> pointers;
  if (!result)
    for (const FieldError& field : result.error().fields) pointers.push_back(field.pointer);
  return pointers;
}

}  // namespace sealbook::app::testing
