// Opens every body of a journal with the keys and checks it against the tree's entry.
//
// Meant after verify_journal() has found the trees whole: this finds what someone who holds the
// data's keys could have sealed wrongly. Threads: one call, one thread.
#pragma once

#include <functional>

#include "security/audit/entry.hpp"
#include "security/audit/verify.hpp"

namespace sealbook::audit {

// The audit key under which a body of that log was sealed; null when there is none. `sealed` names
// the key by id and generation in its header.
using AuditKeyOf = std::function<const crypto::DataKey*(const TenantId& log, ByteView sealed)>;
using OnEntry = std::function<void(const TenantId& log, std::uint64_t index, const OpenedEntry&)>;

Result<VerifyReport> verify_bodies(JournalView& view, const NoteKey& instance_key,
                                   std::string_view environment, const AuditKeyOf& key_of,
                                   const OnEntry& on_entry = {});

}  // namespace sealbook::audit
