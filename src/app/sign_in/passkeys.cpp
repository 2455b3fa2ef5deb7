#include "app/sign_in/passkeys.hpp"

#include <algorithm>

#include "app/sealing.hpp"
#include "base/random.hpp"

namespace sealbook::app::sign_in {
namespace {

constexpr std::size_t most_passkeys = 20;

const Secret& root_of(const App& app) { return app.keyring.instance().store_page_key(); }

webauthn::Binding binding_of(const CallContext& ctx, webauthn::Ceremony ceremony) {
  return ceremony == webauthn::Ceremony::sign_in ? webauthn::Binding{} : ctx.session->hash;
}

std::vector<storage::PasskeyRow> own_passkeys(CallContext& ctx) {
  return ctx.read([&](storage::Snapshot& s) { return storage::passkeys::of_account(s, ctx.principal.account); });
}

// The instance's own administrators have no tenant: their passkeys' names are sealed with its key.
Bytes seal_label(const CallContext& ctx, const PasskeyId& id, const std::string& label) {
  if (ctx.tenant) return seal_texts(ctx.app, *ctx.tenant->keys(), "passkeys", id.bytes(), 1, {{{text_name, label}}});
  return {};
}

std::string open_label(const CallContext& ctx, const storage::PasskeyRow& row) {
  if (!ctx.tenant) return "Passkey";
  const auto texts = open_texts(ctx.app, *ctx.tenant->keys(), "passkeys", row.id.bytes(), 1, row.sealed);
  return texts ? texts->get(text_name) : "Passkey";
}

std::unexpected<Error> refused(webauthn::Refusal why) {
  Error error = invalid_field("/credential", std::string(webauthn::to_text(why)), "This passkey was not accepted.");
  return fail(std::move(error));
}

}  // namespace

Result<webauthn::RelyingParty> relying_party(const App& app) {
  constexpr std::string_view scheme = "https://";
  const std::string_view url = app.public_url;
  if (!url.starts_with(scheme)) return fail(ErrorCode::unavailable, "The server does not know its own address (public_url).");
  const std::string_view authority = url.substr(scheme.size(), url.find('/', scheme.size()) - scheme.size());
  webauthn::RelyingParty party;
  party.id = authority.substr(0, authority.find(':'));
  party.origins = {std::string(scheme) + std::string(authority)};
  return party;
}

Result<CreationTerms> creation_terms(CallContext& ctx) {
  TRY(party, relying_party(ctx.app));
  CreationTerms terms;
  terms.rp_id = party.id;
  terms.rp_name = ctx.tenant ? ctx.tenant->profile()->message_name : "sealbook";
  terms.user = ctx.principal.account;
  terms.user_name = std::string(to_text(ctx.principal.role)) + (ctx.tenant ? " at " + ctx.tenant->profile()->slug : "");
  terms.challenge = webauthn::make_challenge(root_of(ctx.app), webauthn::Ceremony::registration,
                                             binding_of(ctx, webauthn::Ceremony::registration), ctx.now);
  for (const auto& row : own_passkeys(ctx)) terms.excluded.push_back(row.credential);
  return terms;
}

Result<RequestTerms> request_terms(CallContext& ctx, webauthn::Ceremony ceremony) {
  TRY(party, relying_party(ctx.app));
  RequestTerms terms{party.id, webauthn::make_challenge(root_of(ctx.app), ceremony, binding_of(ctx, ceremony), ctx.now), {}};
  if (ceremony == webauthn::Ceremony::step_up)
    for (const auto& row : own_passkeys(ctx))
      if (!row.blocked) terms.allowed.push_back(row.credential);
  return terms;
}

Result<Work<PasskeyView>> add_passkey(CallContext& ctx, const std::string& label,
                                      const webauthn::RegistrationResponse& response) {
  TRY(party, relying_party(ctx.app));
  if (own_passkeys(ctx).size() >= most_passkeys)
    return fail(ErrorCode::state_conflict, "An account has at most twenty passkeys; remove one first.");
  const webauthn::Terms terms{.party = party, .root = root_of(ctx.app), .ceremony = webauthn::Ceremony::registration,
                              .binding = binding_of(ctx, webauthn::Ceremony::registration), .now = ctx.now};
  const auto checked = webauthn::check_registration(terms, response);
  if (!checked) return refused(checked.error());
  storage::PasskeyRow row;
  row.id = new_id<PasskeyId>();
  row.account = ctx.principal.account;
  row.credential = checked->credential.id;
  row.public_key = checked->credential.public_key;
  row.aaguid = checked->credential.aaguid;
  row.counter = checked->counter;
  row.backup_eligible = checked->backup_eligible;
  row.backed_up = checked->backed_up;
  row.created = ctx.now;
  row.sealed = seal_label(ctx, row.id, label);
  auto& entry = ctx.note(AuditAction::passkey_added, audit::ResourceKind::passkey, row.id.raw());
  entry.second = {audit::ResourceKind::account, row.account.raw()};
  const PasskeyView view{row.id, ctx.tenant ? label : "Passkey", row.created, {}, row.backed_up, false};
  return Work<PasskeyView>([row, view, challenge = checked->challenge](storage::Transaction& tx) -> Result<PasskeyView> {
    if (!storage::spent_challenges::insert(tx, challenge.nonce, challenge.expires)) return refused(webauthn::Refusal::challenge_old);
    if (!storage::passkeys::insert(tx, row)) return fail(ErrorCode::state_conflict, "That passkey is registered already.");
    return view;
  });
}

Result<std::vector<PasskeyView>> list_passkeys(CallContext& ctx) {
  std::vector<PasskeyView> out;
  for (const auto& row : own_passkeys(ctx))
    out.push_back({row.id, open_label(ctx, row), row.created, row.used, row.backed_up, row.blocked});
  ctx.note(AuditAction::passkey_viewed, audit::ResourceKind::account, ctx.principal.account.raw()).rows =
      static_cast<std::uint32_t>(out.size());
  return out;
}

std::int64_t count_passkeys(CallContext& ctx) {
  return ctx.read([&](storage::Snapshot& s) { return storage::passkeys::count(s, ctx.principal.account); });
}

Result<Work<int>> remove_passkey(CallContext& ctx, const PasskeyId& id) {
  const auto own = own_passkeys(ctx);
  if (std::ranges::find(own, id, &storage::PasskeyRow::id) == own.end())
    return fail(ErrorCode::not_found, "There is no such passkey of yours.");
  ctx.note(AuditAction::passkey_removed, audit::ResourceKind::passkey, id.raw());
  return Work<int>([account = ctx.principal.account, id](storage::Transaction& tx) -> Result<int> {
    if (!storage::passkeys::remove(tx, account, id))
      return fail(ErrorCode::state_conflict, "This is your last passkey; add another one first.");
    return 1;
  });
}

}  // namespace sealbook::app::sign_in
