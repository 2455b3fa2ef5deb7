// The right edge of every log of an instance: whether it is whole, and not older than the store says.
//
// Cheap: it reads checkpoints and the tiles at the edge, where a crash, a full disk or a restored
// folder shows; `audit verify` reads everything. Threads: one.
#pragma once

#include <optional>
#include <string>

#include "base/instant.hpp"
#include "cli/journal_files.hpp"

namespace sealbook::cli {

struct JournalHead {
  bool is_there = false;                  // something was published
  std::uint64_t publications = 0;
  std::optional<Instant> published_at;    // of the last publication
  std::optional<std::string> wrong;       // a sentence: the first thing that does not hold
};

// `database` may be null: then nothing is known of what the store remembers.
JournalHead look_at_journal(audit::TileStore& tiles, const audit::NoteKey& key, sql::Database* database);

// Why the journal could not be written; empty when it could.
std::string journal_refusal(const Config& config);

}  // namespace sealbook::cli
