#include "app/imports/start.hpp"

#include <algorithm>

#include "app/imports/participants.hpp"
#include "app/imports/receiving.hpp"
#include "app/perform.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

namespace sealbook::app::imports {
namespace {

using storage::ImportKind;
using storage::ImportRow;
using storage::ImportState;

Result<void> ensure_fits(CallContext& ctx, const StartImport& command) {
  if (command.kind == ImportKind::people && command.format == Format::icalendar)
    return fail(invalid_field("/kind", "format",
                              "A calendar holds appointments: ask for kind=appointments."));
  if (command.kind == ImportKind::appointments && command.format == Format::fhir_ndjson)
    return fail(
        invalid_field("/kind", "format", "Appointments come as text/csv or text/calendar."));
  if (command.event && command.kind == ImportKind::appointments)
    return fail(invalid_field("/event_id", "kind", "Only people are added to an event."));
  if (command.event) ENSURE(ensure_event(ctx, *command.event));
  return {};
}

}  // namespace

BodyPlace chunk_place(const ImportId& id, std::int64_t no) {
  return {"import_chunks", DataClass::pii, id.bytes(), no + 1};
}

Receiving::Receiving(CallContext& ctx, const StartImport& command) : ctx_(ctx) {
  row_.id = new_id<ImportId>();
  row_.kind = command.kind;
  row_.dry_run = command.dry_run;
  row_.account = ctx.principal.account;
  row_.role = ctx.principal.role;
  row_.event = command.event;
  row_.created = ctx.now;
}

void Receiving::submit(AuditAction action, std::uint32_t rows,
                       std::function<void(storage::Transaction&)> body) {
  // Entries of its own: those of the call are written when the import begins to run.
  CallContext own{.app = ctx_.app,
                  .tenant = ctx_.tenant,
                  .principal = ctx_.principal,
                  .decision = ctx_.decision,
                  .now = ctx_.now,
                  .request = ctx_.request,
                  .if_match = {},
                  .endpoint_id = {},
                  .entries = {},
                  .explain = {}};
  own.note(action, audit::ResourceKind::import, row_.id.raw()).rows = rows;
  std::optional<ImportRow> first;
  if (!begun_) first = row_;
  auto promise = std::make_shared<std::promise<Result<void>>>();
  pending_ = promise->get_future();
  ctx_.app.store.submit(
      ctx_.tenant->ref(),
      [first = std::move(first), body = std::move(body),
       sealed = seal_entries(own)](storage::Transaction& tx) -> Result<void> {
        if (first) storage::imports::insert(tx, *first);
        body(tx);
        for (const auto& entry : sealed) tx.audit(entry);
        return {};
      },
      [promise](Result<void> done) { promise->set_value(std::move(done)); });
}

Result<void> Receiving::write_chunk(const Bytes& body) {
  Bytes sealed =
      seal_body(ctx_.app, *ctx_.tenant->keys(), chunk_place(row_.id, row_.chunks), body);
  ENSURE(settle());
  submit(AuditAction::import_received, chunk_rows,
         [id = row_.id, no = row_.chunks, sealed = std::move(sealed)](storage::Transaction& tx) {
           storage::imports::insert_chunk(tx, id, no, sealed);
         });
  begun_ = true;
  ++row_.chunks;
  return {};
}

Work<StartedImport> Receiving::finish(const importing::FileFacts& facts) {
  row_.rows = facts.rows;
  row_.skipped = facts.skipped;
  row_.counts.problems = findings_.problem_count();
  report_.problems = findings_.problems();
  report_.notes = findings_.notes();
  row_.sealed = seal_report(ctx_.app, *ctx_.tenant->keys(), row_.id, 1, report_);
  auto& entry = ctx_.note(AuditAction::import_started, audit::ResourceKind::import, row_.id.raw());
  entry.rows = static_cast<std::uint32_t>(facts.rows);
  if (row_.event) entry.second = {audit::ResourceKind::event, row_.event->raw()};
  return [&app = ctx_.app, row = row_,
          begun = begun_](storage::Transaction& tx) -> Result<StartedImport> {
    if (!begun) storage::imports::insert(tx, row);
    if (!storage::imports::begin(tx, row))
      return fail(ErrorCode::state_conflict, "The import has been ended.");
    tx.after_commit([&app] {
      if (app.wake_imports) app.wake_imports();
    });
    return StartedImport{row.id, row.rows, row.counts.problems};
  };
}

void Receiving::abandon() {
  if (!begun_) return;
  if (const auto last = settle(); !last) log::warning("import_chunk_not_kept", {{"import", row_.id}});
  submit(AuditAction::import_ended, 0, [id = row_.id](storage::Transaction& tx) {
    storage::imports::end(tx, id, ImportState::failed, tx.now());
  });
  if (const auto ended = settle(); !ended) log::warning("import_not_ended", {{"import", row_.id}, {"code", ended.error().code}});
}

Result<Work<StartedImport>> start_import(CallContext& ctx, const StartImport& command) {
  ENSURE(ensure_fits(ctx, command));
  Receiving receiving(ctx, command);
  auto facts = command.kind == ImportKind::people ? receive_people(receiving, command)
                                                  : receive_visits(receiving, command);
  if (facts)
    if (auto last = receiving.settle(); !last) facts = fail(std::move(last).error());
  if (!facts) {
    receiving.abandon();
    return std::unexpected(std::move(facts).error());
  }
  return receiving.finish(*facts);
}

Bytes seal_report(const App& app, const keys::TenantKeys& keys, const ImportId& id,
                  std::int64_t version, const ImportReport& report) {
  return seal_body(app, keys, {"imports", DataClass::operational, id.bytes(), version},
                   encode_report(report));
}

Result<ImportReport> open_report(const App& app, const keys::TenantKeys& keys, const ImportId& id,
                                 std::int64_t version, ByteView sealed) {
  TRY(body, open_body(app, keys, {"imports", DataClass::operational, id.bytes(), version}, sealed));
  return decode_report(body);
}

Result<SeenImport> read_import(CallContext& ctx, const ImportId& id) {
  auto row = ctx.read([&](storage::Snapshot& s) { return storage::imports::find(s, id); });
  if (!row) return fail(ErrorCode::not_found, "There is no such import.");
  SeenImport seen{std::move(*row), {}};
  const auto keys = ctx.tenant->keys();
  if (seen.row.sealed) {
    TRY(report, open_report(ctx.app, *keys, id, 1, *seen.row.sealed));
    seen.report = std::move(report);
  }
  if (seen.row.sealed_progress) {
    TRY(more,
        open_report(ctx.app, *keys, id, seen.row.progress_version + 1, *seen.row.sealed_progress));
    for (auto& problem : more.problems) seen.report.refuse(std::move(problem));
    for (auto& proposal : more.proposals) seen.report.propose(std::move(proposal));
    for (const auto& [key, counts] : more.sheet) {  // reading counted what the old book has
      SheetCounts& whole = seen.report.sheet[key];
      whole.imported += counts.imported;
      whole.already += counts.already;
      whole.refused += counts.refused;
    }
  }
  std::ranges::sort(seen.report.problems, {},
                    [](const importing::Problem& p) { return std::pair(p.line, p.position); });
  std::ranges::sort(seen.report.proposals, {}, &Proposal::line);
  auto& entry = ctx.note(AuditAction::import_viewed, audit::ResourceKind::import, id.raw());
  for (const Proposal& proposal : seen.report.proposals)
    if (proposal.patient) entry.subjects.push_back(*proposal.patient);
  entry.rows = 1;
  return seen;
}

std::vector<ImportRow> list_imports(CallContext& ctx) {
  return ctx.read([&](storage::Snapshot& s) {
    return storage::imports::list(s, ctx.now + std::chrono::days(1), 100);
  });
}

}  // namespace sealbook::app::imports
