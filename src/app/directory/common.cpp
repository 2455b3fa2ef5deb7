#include "app/directory/common.hpp"

#include <algorithm>

namespace sealbook::app {

Result<void> ensure_whole_directory(const CallContext& ctx) {
  if (ctx.decision && !ctx.decision->only_own()) return {};
  return fail(ErrorCode::forbidden, "A provider changes the hours of the own calendar, and nothing else of the directory.");
}

Result<void> ensure_own_hours(const CallContext& ctx, const ResourceId& resource) {
  if (ctx.decision && !ctx.decision->only_own()) return {};
  if (ctx.decision && ctx.principal.practitioner && resource == *ctx.principal.practitioner) return {};
  return fail(ErrorCode::forbidden, "A provider changes the hours of the own calendar only.");
}

bool shows(const CallContext& ctx, ActiveState state) {
  return state == ActiveState::active || ctx.principal.role != Role::patient;
}

std::unexpected<Error> unknown_member(std::string pointer, std::string_view what) {
  Error error = make_error(ErrorCode::not_found, "There is no such " + std::string(what) + ".");
  error.fields.push_back({std::move(pointer), "unknown", error.detail});
  return fail(std::move(error));
}

std::unexpected<Error> unknown_row(std::string_view what) {
  return fail(ErrorCode::not_found, "There is no such " + std::string(what) + ".");
}

Result<void> ensure_changes_something(std::initializer_list<bool> present) {
  if (std::ranges::find(present, true) != present.end()) return {};
  return fail(invalid_field("", "required", "Name at least one member to change."));
}

std::unexpected<Error> moved_on(bool named_a_version) {
  if (named_a_version) return fail(ErrorCode::precondition_failed, "Somebody changed it since the version that If-Match names.");
  return fail(ErrorCode::stale_version);
}

Error with_pointers(Error error, PointerNames names) {
  for (FieldError& field : error.fields) {
    for (const auto& [from, to] : names) {
      if (!field.pointer.starts_with(from)) continue;
      const std::string_view rest = std::string_view(field.pointer).substr(from.size());
      if (!rest.empty() && rest.front() != '/') continue;
      field.pointer = std::string(to) + std::string(rest);
      break;
    }
  }
  return error;
}

audit::AuditEntry& note_change(CallContext& ctx, AuditAction action, audit::ResourceKind kind, const RawId& id,
                               std::int64_t before, std::int64_t after) {
  audit::AuditEntry& entry = ctx.note(action, kind, id);
  entry.version_before = static_cast<std::uint64_t>(before);
  entry.version_after = static_cast<std::uint64_t>(after);
  entry.rows = 1;
  return entry;
}

Bytes seal_name(const CallContext& ctx, std::string_view table, ByteView id, std::int64_t version,
                const std::string& name) {
  return seal_texts(ctx.app, *ctx.tenant->keys(), table, id, version, {{{text_name, name}}});
}

}  // namespace sealbook::app
