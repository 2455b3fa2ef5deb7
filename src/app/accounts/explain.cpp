#include "app/accounts/explain.hpp"

#include <algorithm>

#include "storage/tables/accounts.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app {
namespace {

std::string_view to_text(Grant grant) {
  switch (grant) {
    case Grant::no: return "no";
    case Grant::yes: return "yes";
    case Grant::own: return "own";
    case Grant::no_notes: return "no_notes";
    case Grant::with_case: return "with_case";
  }
  return "";
}

// Adds a rule; answers whether the path goes on.
bool add(AccessExplained& out, std::string rule, bool holds, std::string why) {
  out.rules.push_back({std::move(rule), holds, std::move(why)});
  return holds;
}

void judge(AccessExplained& out, const storage::AccountRow& account, const ExplainAccess& question,
           const std::optional<storage::AppointmentRow>& visit, const TenantId& tenant) {
  if (!add(out, "account.active", account.active, account.active ? "The account is active." : "The account is closed."))
    return;
  const Principal who{account.id, tenant, account.role, account.practitioner, account.patient};
  const PermissionRow& row = row_of(question.permission);
  const auto decision = decide(who, question.permission);
  const std::string cell = std::string(row.id) + " for " + std::string(sealbook::to_text(account.role)) + " is " +
                           std::string(to_text(row.grants[static_cast<std::size_t>(account.role)])) + ".";
  if (!add(out, "role.table", decision.has_value(), cell)) return;
  out.grant = decision->grant();
  if (question.appointment) {
    if (!add(out, "object.tenant", visit.has_value(), visit ? "The visit is this organisation's." : "There is no such visit here."))
      return;
    const bool reached = reaches_appointment(*decision, who, visit->practitioner, visit->patient);
    const std::string why = !decision->only_own() ? "The grant reaches every visit."
                            : reached             ? "The visit is the account's own."
                                                  : "The visit is not the account's own.";
    if (!add(out, "object.reach", reached, why)) return;
  }
  out.allowed = true;
}

}  // namespace

Result<AccessExplained> explain_access(CallContext& ctx, const ExplainAccess& question) {
  const auto accounts = ctx.read([](storage::Snapshot& s) { return storage::accounts::all(s); });
  const auto account = std::ranges::find(accounts, question.account, &storage::AccountRow::id);
  if (account == accounts.end()) return fail(ErrorCode::not_found, "There is no such account.");
  std::optional<storage::AppointmentRow> visit;
  if (question.appointment)
    visit = ctx.read([&](storage::Snapshot& s) { return storage::appointments::find(s, *question.appointment); });
  AccessExplained out;
  out.role = account->role;
  judge(out, *account, question, visit, ctx.tenant->id());
  ctx.note(AuditAction::access_explained, audit::ResourceKind::account, account->id.raw()).rows = 1;
  return out;
}

}  // namespace sealbook::app
