// The job: brings the chunks of an import in, one transaction each, and ends it.
//
// A chunk is prepared (opened, matched with the store, keys taken, records sealed) while the one
// before it is being committed. Its transaction moves the import's progress from n to n + 1, so a
// chunk that was done is never done again, whoever else tries and whenever the process died. A dry
// run does the same and writes only the counts. Threads: any; run one import on one thread.
#pragma once

#include "app/booking/placement.hpp"
#include "app/call_context.hpp"
#include "app/imports/matching.hpp"
#include "app/imports/report.hpp"
#include "storage/tables/imports.hpp"

namespace sealbook::app::imports {

// Told after each chunk; answering false stops, and the import goes on at the next run.
using Watch = std::function<bool(std::int64_t chunks_done, std::int64_t chunks)>;

// Fails with what the store fails with; the import then stays as it was after the last whole chunk.
Result<void> run_import(App& app, const std::shared_ptr<Tenant>& tenant, const ImportId& id,
                        const Watch& watch = {});

// What one chunk does to the store, and what there is to say about it.
struct PreparedChunk {
  std::function<Result<void>(storage::Transaction&)> record;  // may run again after a conflict
  std::vector<audit::AuditEntry> entries;
  storage::ImportCounts counts;
  // Counts that only the transaction can know (flags of placed visits): filled by `record`.
  std::shared_ptr<storage::ImportCounts> late = std::make_shared<storage::ImportCounts>();
  bool report_changed = false;
};
// Prepare one chunk; `report` is what the job has found so far, and is added to, as is `rehearsal`
// by a dry run of visits: what lies over an earlier row of the file is flagged as the run itself
// would.
Result<PreparedChunk> prepare_people(CallContext& ctx, const storage::ImportRow& import,
                                     ByteView body, ImportReport& report, KnownBirths& births);
Result<PreparedChunk> prepare_visits(CallContext& ctx, const storage::ImportRow& import,
                                     ByteView body, ImportReport& report, Rehearsal& rehearsal);

}  // namespace sealbook::app::imports
