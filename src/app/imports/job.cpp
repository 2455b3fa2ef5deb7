#include "app/imports/job.hpp"

#include <future>

#include "app/imports/receiving.hpp"
#include "app/perform.hpp"

namespace sealbook::app::imports {
namespace {

using storage::ImportKind;
using storage::ImportRow;
using storage::ImportState;

constexpr int most_tries = 5;

class Job {
 public:
  Job(CallContext ctx, ImportRow row, ImportReport report)
      : ctx_(std::move(ctx)), row_(std::move(row)), report_(std::move(report)) {}
  // Nothing of this job is in the queue when it goes.
  ~Job() {
    if (pending_.valid()) pending_.wait();
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  Result<void> run(const Watch& watch) {
    for (std::int64_t no = row_.next_chunk; no < row_.chunks; ++no) {
      TRY(chunk, prepare(no));
      ENSURE(settle());
      submit(no, std::move(chunk));
      if (watch && !watch(no, row_.chunks)) return settle();
    }
    ENSURE(settle());
    ENSURE(end(ImportState::done));
    if (watch) watch(row_.chunks, row_.chunks);
    return {};
  }
  Result<void> end(ImportState state);

 private:
  Result<PreparedChunk> prepare(std::int64_t no);
  void submit(std::int64_t no, PreparedChunk chunk);
  Result<void> settle() { return pending_.valid() ? pending_.get() : Result<void>(); }

  CallContext ctx_;
  ImportRow row_;
  ImportReport report_;
  KnownBirths births_;
  Rehearsal rehearsal_;
  std::future<Result<void>> pending_;  // the commit of the chunk before
};

Result<PreparedChunk> Job::prepare(std::int64_t no) {
  auto sealed =
      ctx_.read([&](storage::Snapshot& s) { return storage::imports::find_chunk(s, row_.id, no); });
  if (!sealed) return fail(ErrorCode::stale_version);  // somebody else has done it
  TRY(body, open_body(ctx_.app, *ctx_.tenant->keys(), chunk_place(row_.id, no), *sealed));
  ctx_.now = ctx_.app.store.now();
  return row_.kind == ImportKind::people ? prepare_people(ctx_, row_, body, report_, births_)
                                         : prepare_visits(ctx_, row_, body, report_, rehearsal_);
}

void Job::submit(std::int64_t no, PreparedChunk chunk) {
  ctx_.entries = std::move(chunk.entries);
  if (ctx_.entries.empty())
    ctx_.note(AuditAction::import_received, audit::ResourceKind::import, row_.id.raw()).rows =
        chunk_rows;
  auto sealed = seal_entries(ctx_);
  ctx_.entries.clear();
  storage::imports::Advance step{row_.id, no, chunk.counts, std::nullopt};
  if (chunk.report_changed)
    step.progress = seal_report(ctx_.app, *ctx_.tenant->keys(), row_.id, no + 2, report_);
  auto promise = std::make_shared<std::promise<Result<void>>>();
  pending_ = promise->get_future();
  ctx_.app.store.submit(
      ctx_.tenant->ref(),
      [chunk = std::move(chunk), step = std::move(step),
       sealed = std::move(sealed)](storage::Transaction& tx) mutable -> Result<void> {
        *chunk.late = {};
        ENSURE(chunk.record(tx));
        storage::imports::Advance whole = step;
        whole.more.made += chunk.late->made;
        whole.more.flagged += chunk.late->flagged;
        if (!storage::imports::advance(tx, whole)) return fail(ErrorCode::stale_version);
        for (const auto& entry : sealed) tx.audit(entry);
        return {};
      },
      [promise](Result<void> done) { promise->set_value(std::move(done)); });
}

Result<void> Job::end(ImportState state) {
  ctx_.note(AuditAction::import_ended, audit::ResourceKind::import, row_.id.raw()).rows =
      static_cast<std::uint32_t>(row_.rows);
  if (state == ImportState::failed) ctx_.entries.back().outcome = audit::AuditOutcome::failed;
  auto sealed = seal_entries(ctx_);
  ctx_.entries.clear();
  return ctx_.app.store.write(ctx_.tenant->ref(), [&](storage::Transaction& tx) -> Result<void> {
    if (!storage::imports::end(tx, row_.id, state, tx.now())) return fail(ErrorCode::stale_version);
    for (const auto& entry : sealed) tx.audit(entry);
    return {};
  });
}

bool is_final(ErrorCode code) {
  return code == ErrorCode::integrity || code == ErrorCode::state_conflict ||
         code == ErrorCode::not_found;
}

Result<void> run_once(App& app, const std::shared_ptr<Tenant>& tenant, ImportRow row,
                      const Watch& watch) {
  const Principal principal{row.account, tenant->id(), row.role, std::nullopt, std::nullopt};
  TRY(ctx, context_for(app, tenant, principal, Permission::participant_import));
  ImportReport report;
  if (row.sealed_progress) {
    TRY(known,
        open_report(app, *tenant->keys(), row.id, row.progress_version + 1, *row.sealed_progress));
    report = std::move(known);
  }
  Job job(std::move(ctx), std::move(row), std::move(report));
  const auto done = job.run(watch);
  // What was stored cannot be read, or its event has been closed: trying again would not help.
  if (!done && is_final(done.error().code)) ENSURE(job.end(ImportState::failed));
  return done;
}

}  // namespace

Result<void> run_import(App& app, const std::shared_ptr<Tenant>& tenant, const ImportId& id,
                        const Watch& watch) {
  Result<void> last;
  for (int tries = 0; tries < most_tries; ++tries) {
    std::optional<ImportRow> row;
    app.store.read(tenant->ref(),
                   [&](storage::Snapshot& s) { row = storage::imports::find(s, id); });
    if (!row) return fail(ErrorCode::not_found, "There is no such import.");
    if (row->state != ImportState::running) return {};
    last = run_once(app, tenant, std::move(*row), watch);
    if (last || last.error().code != ErrorCode::stale_version) return last;
  }
  return last;
}

}  // namespace sealbook::app::imports
