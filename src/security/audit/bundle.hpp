// What lies in bundles: tree entries, body records, and the leaves of the log of logs.
//
// Byte formats: docs/formats/audit-log.md. Parsers are strict, borrow their input and fail with
// integrity. Threads: plain functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace sealbook::audit {

void append_entry(Bytes& bundle, ByteView entry);  // at most 65,535 bytes
// The first `width` entries of an entry bundle; answers the number of bytes that they take.
Result<std::size_t> split_entries(ByteView bundle, unsigned width, std::vector<ByteView>& out);

// One body as published. The chain over bodies covers all of it (see chain_next).
struct BodyRecord {
  EntryId id;
  std::uint64_t sequenced_at = 0;  // microseconds since 1970; never less than the one before
  ByteView sealed;
};

// A bundle starts with the chain's value before its first record.
void begin_bodies(Bytes& bundle, const Hash256& chain_before);
void append_body(Bytes& bundle, const BodyRecord& record);
Result<std::size_t> split_bodies(ByteView bundle, unsigned width, Hash256& chain_before,
                                 std::vector<BodyRecord>& out);
// SHA-256("sbac1" || chain || id || sequenced_at || SHA-256(sealed)); before the first record: zeros.
Hash256 chain_next(const Hash256& chain, const BodyRecord& record);

// A leaf of the log of logs: that a log was published at that size.
struct Publication {
  std::string log;
  std::uint64_t size = 0;
  Hash256 root{};
  Hash256 bodies{};                // the chain's value at that size
  std::uint64_t published_at = 0;  // microseconds since 1970
  bool operator==(const Publication&) const = default;
};
Bytes encode(const Publication& publication);
Result<Publication> parse_publication(ByteView entry);

}  // namespace sealbook::audit
