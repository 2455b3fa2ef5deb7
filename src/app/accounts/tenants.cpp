#include "app/accounts/tenants.hpp"

#include <algorithm>

#include "app/sealing.hpp"
#include "app/sign_in/passkeys.hpp"
#include "base/random.hpp"
#include "security/crypto/hkdf.hpp"

namespace sealbook::app {
namespace {

constexpr std::array all_regimes{Regime::baseline, Regime::healthcare, Regime::gdpr, Regime::education, Regime::research};

// Slugs are sealed like all text; what the database keeps unique is this. The key is derived from
// the page key, the one key of the instance that has a single generation for the store's lifetime.
Hash256 slug_index(const App& app, std::string_view slug) {
  const crypto::HmacSha512Key root(app.keyring.instance().store_page_key());
  const Secret key = crypto::hkdf_expand_sha512(root, as_bytes("sealbook slug index 1"), 32);
  return crypto::HmacSha256Key(key).mac(as_bytes(slug));
}

std::unexpected<Error> slug_taken() {
  Error error = make_error(ErrorCode::state_conflict, "Another tenant has that slug.");
  error.fields.push_back({"/slug", "unique", error.detail});
  return fail(std::move(error));
}

Result<std::int64_t> regime_set(const std::vector<Regime>& regimes) {
  std::int64_t set = 0;
  for (std::size_t i = 0; i < regimes.size(); ++i) {
    const auto bit = static_cast<std::int64_t>(regimes[i]);
    if ((set & bit) != 0)
      return fail(invalid_field("/regime/" + std::to_string(i), "unique", "Each regime profile is named once."));
    set |= bit;
  }
  return set;
}

Bytes seal_profile(const App& app, const keys::TenantKeys& keys, const TenantId& id, const TenantProfile& profile) {
  RowTexts texts{{{text_slug, profile.slug}, {text_name, profile.name}, {text_message_name, profile.message_name}}};
  if (!profile.phone.empty()) texts.fields.emplace(text_phone, profile.phone);
  return seal_texts(app, keys, "tenants", id.bytes(), profile.version, texts);
}

// What the transaction writes, all of it made beforehand.
struct TenantRows {
  storage::TenantRow tenant;
  storage::AccountRow admin;
  Hash256 token_hash{}, enrolment_hash{};
  std::shared_ptr<const keys::TenantKeys> keys;
  CreatedTenant answer;
};

Result<CreatedTenant> record(App& app, storage::Transaction& tx, const TenantRows& rows) {
  const auto no = storage::tenants::insert(tx, rows.tenant);
  if (!no) return slug_taken();
  storage::accounts::insert_into(tx, *no, rows.admin);
  storage::tokens::insert(tx, {rows.token_hash, *no, rows.admin.id, rows.admin.created, std::nullopt});
  storage::enrolments::insert_into(tx, *no, rows.enrolment_hash, rows.admin.id, rows.admin.created,
                                   rows.admin.created + sign_in::enrolment_life);
  tx.after_commit([&app, rows, no = *no] {
    app.tenants.add(std::make_shared<Tenant>(storage::TenantRef{rows.tenant.ref.id, no}, rows.answer.profile, rows.keys));
    const Principal admin{rows.admin.id, rows.tenant.ref.id, Role::admin, std::nullopt, std::nullopt};
    app.tokens.add(rows.token_hash, {admin, no, std::nullopt});
  });
  return rows.answer;
}

}  // namespace

Result<Work<CreatedTenant>> create_tenant(CallContext& ctx, const CreateTenant& command) {
  App& app = ctx.app;
  TRY(regime, regime_set(command.regime));
  if (app.tenants.find_by_slug(command.slug)) return slug_taken();
  const TenantId id = new_id<TenantId>();
  ENSURE(app.keyring.create_tenant(id));
  TRY(keys, app.keyring.tenant(id));
  NewToken token = make_token("account");
  const TenantProfile profile{command.slug, command.name, command.message_name, command.phone, regime, 1};
  TenantRows rows;
  rows.tenant = {{id, 0}, slug_index(app, command.slug), regime, 1, ctx.now, seal_profile(app, *keys, id, profile)};
  rows.admin = {new_id<AccountId>(), Role::admin, std::nullopt, std::nullopt, true, ctx.now};
  rows.token_hash = token.hash;
  rows.keys = std::move(keys);
  const NewToken enrolment = make_token("enrol");
  rows.enrolment_hash = enrolment.hash;
  rows.answer = {id, profile, rows.admin.id, std::move(token.text),
                 app.public_url + sign_in::enrolment_path(enrolment.text)};
  audit::AuditEntry& entry = ctx.note(AuditAction::tenant_created, audit::ResourceKind::tenant, id.raw());
  entry.second = {audit::ResourceKind::account, rows.admin.id.raw()};
  entry.version_after = 1;
  entry.rows = 1;
  return Work<CreatedTenant>([&app, rows = std::move(rows)](storage::Transaction& tx) { return record(app, tx, rows); });
}

std::vector<TenantView> list_tenants(const CallContext& ctx) {
  std::vector<TenantView> out;
  for (const auto& tenant : ctx.app.tenants.all()) out.push_back({tenant->id(), *tenant->profile()});
  return out;
}

TenantView read_tenant(const CallContext& ctx) { return {ctx.tenant->id(), *ctx.tenant->profile()}; }

std::vector<Regime> regimes_of(std::int64_t set) {
  std::vector<Regime> out;
  for (const Regime regime : all_regimes)
    if ((set & static_cast<std::int64_t>(regime)) != 0) out.push_back(regime);
  return out;
}

}  // namespace sealbook::app
