// The journal of an instance as the command line reads it: which key, which files or rows, and what
// the store knows about it.
#pragma once

#include "cli/inspection.hpp"
#include "security/audit/frozen_view.hpp"
#include "security/audit/sequencer.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::cli {

// The journal's files (embedded) or rows (PostgreSQL), held still for reading.
Result<std::unique_ptr<audit::FrozenView>> freeze_journal(Inspection& inspection, const audit::NoteKey& key);
// The same, to look up tiles in; it cannot be written to.
Result<std::unique_ptr<audit::TileStore>> open_tiles(Inspection& inspection, const audit::NoteKey& key);

// Entries that are committed and have no place in a log yet, or had none recorded.
struct WaitingEntries {
  std::uint64_t count = 0;
  // By log, in the order of their rows.
  std::vector<std::pair<TenantId, audit::CommittedEntry>> entries;
};
// Rows whose entry a log holds already (a crash came before their removal) are not among them.
Result<WaitingEntries> waiting_entries(Inspection& inspection, audit::JournalView& view, const audit::NoteKey& key);

}  // namespace sealbook::cli
