// One-time links to enrol a passkey.
#include <algorithm>

#include "app/sign_in/passkeys.hpp"
#include "base/random.hpp"
#include "storage/tables/accounts.hpp"

namespace sealbook::app::sign_in {
namespace {

std::unexpected<Error> not_good() {
  return fail(ErrorCode::unauthenticated, "This link is not good, or not any more. Ask for a new one.");
}

struct Made {
  EnrolmentLink link;
  Hash256 hash{};
};
Made make_link(CallContext& ctx, const AccountId& account) {
  const bool has_some = ctx.read([&](storage::Snapshot& s) { return storage::passkeys::count(s, account); }) > 0;
  const NewToken token = make_token("enrol");
  EnrolmentLink link;
  link.starts = has_some ? ctx.now + enrolment_life : ctx.now;
  link.expires = link.starts + enrolment_life;
  link.url = ctx.app.public_url + enrolment_path(token.text);
  ctx.note(AuditAction::enrolment_created, audit::ResourceKind::account, account.raw());
  return {std::move(link), token.hash};
}

void record_link(storage::Transaction& tx, const Made& made, const AccountId& account, Instant now) {
  storage::enrolments::remove_unused(tx, account);
  storage::enrolments::insert(tx, made.hash, account, now, made.link.expires);
}

}  // namespace

std::string enrolment_path(std::string_view token) { return "/e/" + std::string(token); }

Result<Work<EnrolmentLink>> create_enrolment(CallContext& ctx, const AccountId& account) {
  const auto accounts = ctx.read([](storage::Snapshot& s) { return storage::accounts::all(s); });
  const auto found = std::ranges::find(accounts, account, &storage::AccountRow::id);
  if (found == accounts.end() || !found->active) return fail(ErrorCode::not_found, "There is no such account.");
  const Made made = make_link(ctx, account);
  return Work<EnrolmentLink>([made, account, now = ctx.now](storage::Transaction& tx) -> Result<EnrolmentLink> {
    record_link(tx, made, account, now);
    return made.link;
  });
}

Result<Work<EnrolmentLink>> create_operator_enrolment(CallContext& ctx) {
  const auto accounts = ctx.read([](storage::Snapshot& s) { return storage::accounts::all(s); });
  const auto found = std::ranges::find(accounts, Role::super_admin, &storage::AccountRow::role);
  storage::AccountRow row{new_id<AccountId>(), Role::super_admin, std::nullopt, std::nullopt, true, ctx.now};
  const bool is_new = found == accounts.end();
  if (is_new) ctx.note(AuditAction::account_created, audit::ResourceKind::account, row.id.raw()).version_after = 1;
  else row = *found;
  const Made made = make_link(ctx, row.id);
  return Work<EnrolmentLink>([made, row, is_new, now = ctx.now](storage::Transaction& tx) -> Result<EnrolmentLink> {
    if (is_new) storage::accounts::insert(tx, row);
    record_link(tx, made, row.id, now);
    return made.link;
  });
}

Result<Work<int>> open_enrolment(CallContext& ctx, std::string_view token) {
  const auto hash = token_hash(token);
  std::optional<storage::EnrolmentRow> row;
  if (hash) ctx.app.store.read({}, [&](storage::Snapshot& s) { row = storage::enrolments::find_by_hash(s, *hash); });
  if (!row || row->used || row->expires <= ctx.now || ctx.now < row->expires - enrolment_life) return not_good();
  const bool recovers = row->expires - row->created > enrolment_life;
  const Begun begun = begin(ctx, row->who, row->tenant_no, recovers ? SessionMethod::recovery : SessionMethod::enrolment);
  ctx.entries.front().action = AuditAction::enrolment_used;
  return Work<int>([&app = ctx.app, begun, hash = row->hash](storage::Transaction& tx) -> Result<int> {
    if (!storage::enrolments::use(tx, hash, begun.session.created)) return not_good();
    record(app, tx, begun);
    return 1;
  });
}

}  // namespace sealbook::app::sign_in
