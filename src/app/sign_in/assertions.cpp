// What a passkey's signature leads to: a session, or a fresh proof of identity for one.
#include "app/perform.hpp"
#include "app/sign_in/passkeys.hpp"
#include "base/log.hpp"

namespace sealbook::app::sign_in {
namespace {

using storage::passkeys::Owned;

// One text for everything, so that it tells nothing.
std::unexpected<Error> not_signed_in() {
  return fail(ErrorCode::unauthenticated, "This did not work. Try again, or use another passkey.");
}

std::optional<Owned> find_owned(App& app, ByteView credential) {
  std::optional<Owned> owned;
  if (!credential.empty() && credential.size() <= webauthn::longest_credential_id)
    app.store.read({}, [&](storage::Snapshot& s) { owned = storage::passkeys::find_by_credential(s, credential); });
  return owned;
}

// Journals a refusal in the log of whose passkey it is; one that may have been copied is blocked.
void note_refusal(CallContext& asked, const Owned& owned, bool copied) {
  App& app = asked.app;
  CallContext ctx{.app = app, .tenant = nullptr, .principal = owned.who, .decision = {}, .now = asked.now,
                  .request = asked.request, .if_match = {}, .endpoint_id = {}, .entries = {}, .explain = {}};
  if (owned.row.tenant_no != 0) ctx.tenant = app.tenants.find_by_no(owned.row.tenant_no);
  auto& entry = ctx.note(copied ? AuditAction::passkey_blocked : AuditAction::session_refused,
                         audit::ResourceKind::passkey, owned.row.id.raw());
  entry.outcome = audit::AuditOutcome::refused;
  entry.error = ErrorCode::unauthenticated;
  Work<int> work = [id = owned.row.id, copied](storage::Transaction& tx) -> Result<int> {
    if (copied) storage::passkeys::block(tx, id);
    return 1;
  };
  if (copied) log::warning("passkey_blocked", {{"passkey", owned.row.id}});
  if (!perform(ctx, Result<Work<int>>(std::move(work)))) log::error("refusal_not_journaled", {{"passkey", owned.row.id}});
}

struct Proven {
  Owned owned;
  webauthn::Asserted asserted;
};

Result<Proven> prove(CallContext& ctx, webauthn::Ceremony ceremony, const Assertion& assertion) {
  TRY(party, relying_party(ctx.app));
  auto owned = find_owned(ctx.app, assertion.credential_id);
  if (!owned) return not_signed_in();
  const bool is_own = ceremony == webauthn::Ceremony::sign_in || owned->row.account == ctx.principal.account;
  if (!is_own) return not_signed_in();
  if (owned->row.blocked) {
    note_refusal(ctx, *owned, false);
    return not_signed_in();
  }
  const webauthn::Terms terms{.party = party, .root = ctx.app.keyring.instance().store_page_key(), .ceremony = ceremony,
                              .binding = ceremony == webauthn::Ceremony::sign_in ? webauthn::Binding{} : ctx.session->hash,
                              .now = ctx.now};
  const webauthn::KnownCredential known{owned->row.public_key, owned->row.account.bytes(),
                                        static_cast<std::uint32_t>(owned->row.counter), owned->row.backup_eligible};
  const auto checked = webauthn::check_assertion(terms, known, assertion.response);
  if (!checked) {
    note_refusal(ctx, *owned, checked.error() == webauthn::Refusal::counter_went_back);
    return not_signed_in();
  }
  return Proven{std::move(*owned), *checked};
}

// The challenge is spent and the use counted where the session is written: all of it, or nothing.
Result<void> record_use(storage::Transaction& tx, const Proven& proven, Instant at) {
  const auto& challenge = proven.asserted.challenge;
  if (!storage::spent_challenges::insert(tx, challenge.nonce, challenge.expires)) return not_signed_in();
  if (!storage::passkeys::use(tx, proven.owned.row, proven.asserted.counter, proven.asserted.backed_up, at))
    return not_signed_in();
  return {};
}

}  // namespace

Result<Work<int>> sign_in_by_passkey(CallContext& ctx, const Assertion& assertion) {
  TRY(proven, prove(ctx, webauthn::Ceremony::sign_in, assertion));
  const Begun begun = begin(ctx, proven.owned.who, proven.owned.row.tenant_no, SessionMethod::passkey);
  return Work<int>([&app = ctx.app, proven = std::move(proven), begun](storage::Transaction& tx) -> Result<int> {
    ENSURE(record_use(tx, proven, begun.session.created));
    record(app, tx, begun);
    return 1;
  });
}

Result<Work<int>> step_up(CallContext& ctx, const Assertion& assertion) {
  TRY(proven, prove(ctx, webauthn::Ceremony::step_up, assertion));
  const Session session = renewed(ctx, SessionMethod::passkey);
  return Work<int>([&app = ctx.app, proven = std::move(proven), session](storage::Transaction& tx) -> Result<int> {
    ENSURE(record_use(tx, proven, session.factor));
    ENSURE(record_renewed(app, tx, session));
    return 1;
  });
}

}  // namespace sealbook::app::sign_in
