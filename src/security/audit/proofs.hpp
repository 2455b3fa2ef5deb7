// Proofs from tiles, their text forms, and looking up entries.
//
// Inclusion proofs travel as c2sp.org/tlog-proof, with the 37-byte tree entry as the extra line;
// consistency proofs as the body of a witness request (c2sp.org/tlog-witness): "old <size>", hashes,
// an empty line, the new checkpoint. Threads: any; each call reads the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/entry.hpp"
#include "security/audit/merkle.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {

// Fail with invalid when the index or sizes are outside the tree, with integrity when a tile is
// missing or short. `size` is that of a published checkpoint.
Result<std::vector<Hash256>> inclusion_proof(TileStore& tiles, std::string_view log, std::uint64_t index,
                                             std::uint64_t size);
Result<std::vector<Hash256>> consistency_proof(TileStore& tiles, std::string_view log,
                                               std::uint64_t from_size, std::uint64_t to_size);
// The root that the tiles give for a size up to the published one.
Result<Hash256> root_at(TileStore& tiles, std::string_view log, std::uint64_t size);

// One entry of a log as it is published.
struct LogRecord {
  std::uint64_t index = 0;
  EntryId id;
  Instant sequenced_at;
  TreeEntry entry{};
  Bytes sealed;
};

// Entries [from, to) of a log, `to` at most the published size.
Result<std::vector<LogRecord>> read_records(TileStore& tiles, std::string_view log, std::uint64_t from,
                                            std::uint64_t to);
// Looks from the newest to the oldest, one bundle at a time; `size` is that of a published checkpoint.
Result<std::optional<LogRecord>> find_entry(TileStore& tiles, std::string_view log, const EntryId& id,
                                            std::uint64_t size);

struct InclusionProofText {
  std::uint64_t index = 0;
  Bytes extra;  // the tree entry, or empty
  std::vector<Hash256> hashes;
  std::string checkpoint;  // signed
};
std::string to_text(const InclusionProofText& proof);
Result<InclusionProofText> parse_inclusion_proof(std::string_view text);

struct ConsistencyProofText {
  std::uint64_t old_size = 0;
  std::vector<Hash256> hashes;
  std::string checkpoint;  // signed, the newer one
};
std::string to_text(const ConsistencyProofText& proof);
Result<ConsistencyProofText> parse_consistency_proof(std::string_view text);

}  // namespace sealbook::audit
