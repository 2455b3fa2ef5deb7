// The text of the ids that the journal keeps raw: their prefix follows from what they name.
//
// Threads: plain functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "security/audit/entry.hpp"

namespace sealbook::app {

// "apt_" for an appointment; empty for what has no id of its own (a migration, the instance's log).
std::string_view id_prefix_of(audit::ResourceKind kind);

// "apt_0b3k…"; empty when the resource has no id.
std::string id_text_of(const audit::Resource& resource);

// An id as a caller wrote it, of any kind that a journal entry can name.
struct AnyId {
  std::string_view prefix;
  RawId raw{};
};
std::optional<AnyId> parse_any_id(std::string_view text);

// Whether the resource is that thing. Practitioners, rooms and devices share one kind of id.
bool is_named_by(const audit::Resource& resource, const AnyId& id);

}  // namespace sealbook::app
