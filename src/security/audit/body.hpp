// The body of an entry: what is hashed, with a salt, into the tree (docs/formats/audit-log.md).
//
// It is the entry with its list of subjects replaced by their number and a commitment, so that a
// body can be disclosed without the list. Threads: plain functions.
#pragma once

#include "security/audit/entry.hpp"

namespace sealbook::audit {

struct Body {
  AuditEntry entry;                  // its `subjects` are empty here
  std::optional<PatientId> subject;  // when there is exactly one
  std::uint64_t subject_count = 0;   // when there are more than one
  Hash256 subject_set{};             // commitment to them
};

Bytes encode(const Body& body);
// Fails with integrity unless the bytes are exactly what encode() writes.
Result<Body> decode_body(ByteView bytes);

}  // namespace sealbook::audit
