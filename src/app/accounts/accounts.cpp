#include "app/accounts/accounts.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "base/random.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app {
namespace {

Result<void> ensure_fits_role(const CreateAccount& command) {
  if (command.role == Role::super_admin)
    return fail(invalid_field("/role", "role", "No tenant can give this role."));
  const auto check = [&](Role needs_it, bool present, const char* pointer) -> Result<void> {
    const std::string role(to_text(needs_it));
    if (command.role == needs_it && !present)
      return fail(invalid_field(pointer, "required", "An account of the role " + role + " needs this."));
    if (command.role != needs_it && present)
      return fail(invalid_field(pointer, "role", "Only an account of the role " + role + " has this."));
    return {};
  };
  ENSURE(check(Role::provider, command.practitioner.has_value(), "/practitioner_id"));
  return check(Role::patient, command.patient.has_value(), "/patient_id");
}

Result<void> ensure_known(CallContext& ctx, CreateAccount& command) {
  if (command.practitioner) {
    const auto organisation = ctx.tenant->organisation();
    const Resource* resource = organisation->find_resource(*command.practitioner);
    if (resource == nullptr || resource->kind != ResourceKind::practitioner)
      return unknown_member("/practitioner_id", "practitioner");
  }
  if (command.patient) {
    const auto row = ctx.read([&](storage::Snapshot& s) { return storage::patients::find(s, *command.patient); });
    if (!row) return unknown_member("/patient_id", "patient");
    command.patient = row->id;  // an alias names the same person
  }
  return {};
}

}  // namespace

Result<Work<CreatedAccount>> create_account(CallContext& ctx, const CreateAccount& wanted) {
  CreateAccount command = wanted;
  ENSURE(ensure_fits_role(command));
  if (command.expires && *command.expires <= ctx.now)
    return fail(invalid_field("/expires_at", "range", "A token expires in the future."));
  ENSURE(ensure_known(ctx, command));
  const storage::AccountRow row{new_id<AccountId>(), command.role, command.practitioner, command.patient, true, ctx.now};
  NewToken token = make_token("account");
  audit::AuditEntry& entry = note_change(ctx, AuditAction::account_created, audit::ResourceKind::account, row.id.raw(), 0, 1);
  if (command.practitioner) entry.second = {audit::ResourceKind::practitioner, command.practitioner->raw()};
  if (command.patient) entry.subjects = {*command.patient};
  const TokenHolder holder{{row.id, ctx.tenant->id(), row.role, row.practitioner, row.patient}, ctx.tenant->ref().no,
                           command.expires};
  const CreatedAccount answer{row.id, row.role, std::move(token.text)};
  return Work<CreatedAccount>([&app = ctx.app, row, holder, hash = token.hash, answer](storage::Transaction& tx) {
    storage::accounts::insert(tx, row);
    storage::tokens::insert(tx, {hash, holder.tenant_no, row.id, row.created, holder.expires});
    tx.after_commit([&app, hash, holder] { app.tokens.add(hash, holder); });
    return Result<CreatedAccount>(answer);
  });
}

std::vector<storage::AccountRow> list_accounts(CallContext& ctx) {
  auto rows = ctx.read([](storage::Snapshot& s) { return storage::accounts::all(s); });
  std::ranges::sort(rows, {}, [](const storage::AccountRow& r) { return std::tie(r.created, r.id); });
  return rows;
}

}  // namespace sealbook::app
