#include "app/call_context.hpp"

namespace sealbook::app {

audit::AuditEntry& CallContext::note(AuditAction action, audit::ResourceKind kind, const RawId& id) {
  audit::AuditEntry entry;
  entry.action = action;
  entry.actor = {actor, principal.account};
  if (actor != audit::ActorKind::anonymous) entry.role = principal.role;
  if (decision) {
    entry.permission = decision->permission();
    entry.grant = decision->grant();
  }
  entry.resource = {kind, id};
  entry.request = request;
  entry.at = now;
  entries.push_back(std::move(entry));
  return entries.back();
}

Result<void> check_if_match(const CallContext& ctx, std::int64_t version) {
  if (!ctx.if_match || *ctx.if_match == version) return {};
  const std::string made_for = *ctx.if_match < 0 ? "If-Match names no version of it."
                                                 : "the request was made for version " + std::to_string(*ctx.if_match) + ".";
  Error error = make_error(ErrorCode::precondition_failed,
                           "It is at version " + std::to_string(version) + " now; " + made_for);
  error.members.emplace_back("version", std::to_string(version));
  return fail(std::move(error));
}

}  // namespace sealbook::app
