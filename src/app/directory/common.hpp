// What the use cases of the directory share: who may change it, and how a refusal is worded.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "app/call_context.hpp"
#include "app/sealing.hpp"

namespace sealbook::app {

// Fails with forbidden when the decision reaches no further than the caller's own hours (a
// provider's): places, people, rooms and services are set up by who has the whole directory.
Result<void> ensure_whole_directory(const CallContext& ctx);
// A provider may set the hours of one calendar, its own; nil names the hours of a place.
Result<void> ensure_own_hours(const CallContext& ctx, const ResourceId& resource);

// Whether the caller is told of it: patients see what is in use.
bool shows(const CallContext& ctx, ActiveState state);

// not_found, naming the member that names nothing within reach.
std::unexpected<Error> unknown_member(std::string pointer, std::string_view what);
std::unexpected<Error> unknown_row(std::string_view what);  // "location"
// A change without a single member would write a version that differs in nothing.
Result<void> ensure_changes_something(std::initializer_list<bool> present);

// What replace() answering false means: 412 to who named a version, else the pipeline prepares the
// change again on the row as it stands now.
std::unexpected<Error> moved_on(bool named_a_version);

// The domain's broken rules under the names that the request has for the members.
using PointerNames = std::initializer_list<std::pair<std::string_view, std::string_view>>;
Error with_pointers(Error error, PointerNames names);

// Notes a row's change in the journal.
audit::AuditEntry& note_change(CallContext& ctx, AuditAction action, audit::ResourceKind kind, const RawId& id,
                               std::int64_t before, std::int64_t after);

// Seals a row whose only text is its name.
Bytes seal_name(const CallContext& ctx, std::string_view table, ByteView id, std::int64_t version,
                const std::string& name);

}  // namespace sealbook::app
