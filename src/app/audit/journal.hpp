// Reading a tenant's own journal: its entries, and what proves them.
//
// Entries are opened with the tenant's audit key and show opaque ids only. Reading entries is itself
// an entry. Checkpoints, consistency proofs and tiles hold hashes and name nobody: they make no
// entry, or a monitor that polls them would keep the log growing for ever. An inclusion proof is
// asked for by a person about one entry, and makes one.
// What was committed a moment ago is in the log before an answer: these calls wait for a publication
// (tens of milliseconds) and read files, so they run off the I/O threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/audit/resource_text.hpp"
#include "app/call_context.hpp"
#include "security/audit/proofs.hpp"

namespace sealbook::app {

// A page asks for the newest first. A filter on a large log reads a bounded part of it per call.
struct JournalQuery {
  // Entries whose action took place at or after `from` and before `to`.
  std::optional<Instant> from = {};
  std::optional<Instant> to = {};
  std::optional<AccountId> actor = {};
  std::optional<AuditAction> action = {};
  std::optional<AnyId> resource = {};       // named first or second
  std::optional<PatientId> subject = {};    // one of those whom the entry is about
  std::optional<std::uint64_t> below = {};  // only entries with a smaller index: where a page went on
  std::size_t limit = 50;
  std::size_t scan_limit = 4'096;           // entries opened per call at most
};

struct JournalEntry {
  std::uint64_t index = 0;
  EntryId id;
  Instant sequenced_at;
  audit::AuditEntry entry;
};

struct JournalPage {
  std::vector<JournalEntry> entries;  // newest first
  std::optional<std::uint64_t> next;  // `below` of the next page; there may be more
};

// Fails with integrity when a body does not belong to its place in the tree.
Result<JournalPage> read_journal(CallContext& ctx, const JournalQuery& query);

// The signed checkpoint of the tenant's log. Fails with not_found while it has no entry.
Result<std::string> read_checkpoint(CallContext& ctx);

struct EntryProof {
  EntryId id;
  std::uint64_t index = 0;
  std::uint64_t size = 0;  // of the checkpoint
  audit::TreeEntry entry{};
  std::vector<Hash256> hashes;
  std::string checkpoint;
};
// `index`: where the entry stands, if the caller knows; without it the log is searched from its end.
Result<EntryProof> prove_entry(CallContext& ctx, const EntryId& id, std::optional<std::uint64_t> index);

struct GrowthProof {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::vector<Hash256> hashes;
  std::optional<std::string> checkpoint;  // when `to` is the published size
};
Result<GrowthProof> prove_growth(CallContext& ctx, std::uint64_t from, std::optional<std::uint64_t> to);

// A hash tile or entry bundle by its path below the log's prefix ("tile/0/x001/067",
// "tile/entries/000.p/5"; c2sp.org/tlog-tiles). Bodies are sealed, are no part of that format and
// are not given out. Fails with not_found.
Result<std::string> read_tile(CallContext& ctx, std::string_view path);

}  // namespace sealbook::app
