// Starting an import: the whole file is read, everything wrong with it is said, and what is good
// waits in sealed chunks for the job. The file is never held as a whole.
//
// Chunks are written in transactions of their own while the import is `receiving`; what the call
// returns makes it `running`. One that never gets so far is ended by the runner.
#pragma once

#include "app/call_context.hpp"
#include "app/imports/report.hpp"
#include "domain/import/columns.hpp"
#include "domain/import/text.hpp"
#include "storage/tables/imports.hpp"

namespace sealbook::app::imports {

inline constexpr std::size_t chunk_rows = 500;

enum class Format : std::uint8_t { csv, fhir_ndjson, icalendar };

struct StartImport {
  importing::ByteSource& source;
  Format format = Format::csv;
  storage::ImportKind kind = storage::ImportKind::people;
  importing::ReadRules rules;
  bool dry_run = false;
  std::optional<EventId> event;
};

struct StartedImport {
  ImportId id;
  std::int64_t rows = 0, problems = 0;
};

// Fails with `invalid` when the file as a whole cannot be read ("/header/family", "/encoding",
// "/file") or an option does not fit ("/event_id", "/kind"); then nothing is left behind.
Result<Work<StartedImport>> start_import(CallContext& ctx, const StartImport& command);

struct SeenImport {
  storage::ImportRow row;
  ImportReport report;  // of reading and of the job, together
};
Result<SeenImport> read_import(CallContext& ctx, const ImportId& id);
std::vector<storage::ImportRow> list_imports(CallContext& ctx);

// How the sealed parts of an import's row are bound.
Bytes seal_report(const App& app, const keys::TenantKeys& keys, const ImportId& id,
                  std::int64_t version, const ImportReport& report);
Result<ImportReport> open_report(const App& app, const keys::TenantKeys& keys, const ImportId& id,
                                 std::int64_t version, ByteView sealed);

}  // namespace sealbook::app::imports
