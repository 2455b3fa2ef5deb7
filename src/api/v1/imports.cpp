#include "api/v1/imports.hpp"

#include <algorithm>

#include "api/v1/answering.hpp"
#include "app/imports/mappings.hpp"
#include "app/imports/sheet.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
using app::imports::Format;
using storage::ImportRow;
using storage::ImportState;

Format format_of(std::string_view type) {
  if (type == "application/fhir+ndjson") return Format::fhir_ndjson;
  return type == "text/calendar" ? Format::icalendar : Format::csv;
}

Result<importing::ReadRules> rules_of(CallContext& ctx, const StartImportRequest& r) {
  importing::ReadRules rules;
  if (r.mapping_id) {
    TRY(mapping, app::imports::find_mapping(ctx, *r.mapping_id));
    rules = std::move(mapping.rules);
  }
  if (r.date_order) {
    rules.dates.order = *r.date_order;
    rules.order_given = *r.date_order != importing::DateOrder::unknown;
  }
  if (r.excel_1904)
    rules.dates.serial = *r.excel_1904 ? importing::SerialSystem::since_1904 : importing::SerialSystem::since_1900;
  if (r.calling_code) rules.calling_code = *r.calling_code;
  if (r.source) rules.source = *r.source;
  if (!std::ranges::all_of(rules.calling_code, [](char c) { return c >= '0' && c <= '9'; }))
    return fail(invalid_field("/calling_code", "format", "A calling code has digits only, such as 34."));
  return rules;
}

StartedImportView started(const app::imports::StartedImport& import) { return {import.id, import.rows, import.problems}; }

Result<Work<StartedImportView>> start(CallContext& ctx, const StartImportRequest& r) {
  TRY(rules, rules_of(ctx, r));
  importing::MemorySource source(r.raw.body);
  const app::imports::StartImport command{source, format_of(r.raw.type), r.kind, std::move(rules), r.dry_run, r.event_id};
  return answering(app::imports::start_import(ctx, command), started);
}

ImportView view_of(const ImportRow& row) {
  ImportView v;
  v.id = row.id;
  v.kind = row.kind;
  v.state = row.state == ImportState::done     ? ImportPhase::done
            : row.state == ImportState::failed ? ImportPhase::failed
                                               : ImportPhase::running;
  v.dry_run = row.dry_run;
  v.event_id = row.event;
  v.created_at = row.created;
  v.ended_at = row.ended;
  v.rows = row.rows;
  v.created = row.counts.made;
  v.would_create = row.counts.could_make;
  v.duplicates = row.counts.duplicates;
  v.skipped = row.skipped;
  v.flagged = row.counts.flagged;
  v.error_count = row.counts.problems;
  v.progress = row.state == ImportState::done ? 100 : row.chunks == 0 ? 0 : row.next_chunk * 100 / row.chunks;
  return v;
}

Result<ImportView> get(CallContext& ctx, const ImportIdRequest& r) {
  TRY(seen, app::imports::read_import(ctx, r.id));
  ImportView v = view_of(seen.row);
  for (const importing::Problem& p : seen.report.problems) v.errors.push_back({p.line, p.column, p.position, p.rule, p.detail});
  for (const app::imports::Proposal& p : seen.report.proposals)
    v.proposed.push_back({p.line, p.why, p.other_line == 0 ? std::nullopt : std::optional(p.other_line), p.patient,
                          p.appointment});
  for (const importing::Note& n : seen.report.notes) v.notes.push_back({n.rule, n.column, n.detail, n.first_line, n.count});
  return v;
}

Result<ListImportsResponse> list(CallContext& ctx, const NoRequest&) {
  ListImportsResponse response;
  for (const ImportRow& row : app::imports::list_imports(ctx)) response.imports.push_back(view_of(row));
  return response;
}

Result<RawBody> comparison(CallContext& ctx, const ImportIdRequest& r) {
  TRY(sheet, app::imports::comparison_sheet(ctx, r.id));
  return RawBody{std::move(sheet)};
}

constexpr Endpoint rows[] = {bind_write<StartImport, start>(), bind_read<ListImports, list>(),
                             bind_read<GetImport, get>(), bind_read<GetComparison, comparison>()};

}  // namespace

std::span<const Endpoint> import_endpoints() { return rows; }

}  // namespace sealbook::api
