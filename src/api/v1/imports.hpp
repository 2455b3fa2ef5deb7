// Imports: people and appointments out of files of other programs, and the mappings that read them.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "app/imports/start.hpp"
#include "domain/import/columns.hpp"

namespace sealbook::storage {
inline constexpr auto import_kind_words = std::to_array<api::EnumName>({
    {"people", ImportKind::people}, {"appointments", ImportKind::appointments}});
constexpr std::span<const api::EnumName> enum_names(ImportKind) { return import_kind_words; }
}  // namespace sealbook::storage

namespace sealbook::importing {
inline constexpr auto date_order_words = std::to_array<api::EnumName>({
    {"infer", DateOrder::unknown}, {"day_first", DateOrder::day_first}, {"month_first", DateOrder::month_first}});
constexpr std::span<const api::EnumName> enum_names(DateOrder) { return date_order_words; }
}  // namespace sealbook::importing

namespace sealbook::app::imports {
inline constexpr auto same_by_words = std::to_array<api::EnumName>({
    {"name", SameBy::name}, {"contact", SameBy::contact}, {"identifier", SameBy::identifier},
    {"external_id", SameBy::external_id}});
constexpr std::span<const api::EnumName> enum_names(SameBy) { return same_by_words; }
}  // namespace sealbook::app::imports

namespace sealbook::api {

enum class ImportPhase : std::uint8_t { running, done, failed };
inline constexpr auto import_phase_words = std::to_array<EnumName>({
    {"running", ImportPhase::running}, {"done", ImportPhase::done}, {"failed", ImportPhase::failed}});
constexpr std::span<const EnumName> enum_names(ImportPhase) { return import_phase_words; }

struct StartImportRequest {
  std::optional<EventId> event_id;
  bool dry_run = false;
  std::optional<MappingId> mapping_id;
  storage::ImportKind kind = storage::ImportKind::people;
  std::optional<importing::DateOrder> date_order;
  std::optional<bool> excel_1904;
  std::optional<std::string> calling_code, source;
  RawInput raw;
  static constexpr FieldOptions query{.where = Where::query};
  static constexpr FieldOptions query_or_not{.where = Where::query, .presence = Presence::optional};
  static constexpr Field fields[] = {
      field<&StartImportRequest::event_id>("event_id", DataClass::operational, "Who comes in becomes a participant of this event.", query),
      field<&StartImportRequest::dry_run>("dry_run", DataClass::operational, "True: say what would happen, and change nothing.", query_or_not),
      field<&StartImportRequest::mapping_id>("mapping_id", DataClass::operational, "How the columns are called; without it, by their usual names.", query),
      field<&StartImportRequest::kind>("kind", DataClass::operational, "What the file holds.", query_or_not),
      field<&StartImportRequest::date_order>("date_order", DataClass::operational, "How 03/04/1984 is meant; infer: by what the file shows.", query),
      field<&StartImportRequest::excel_1904>("excel_1904", DataClass::operational, "Serial numbers of dates count from 1904.", query),
      field<&StartImportRequest::calling_code>("calling_code", DataClass::operational, "Of telephone numbers without one, such as 34.", {.where = Where::query, .max = 3, .text = TextRule::token}),
      field<&StartImportRequest::source>("source", DataClass::operational, "The system that the file's ids belong to.", {.where = Where::query, .max = 60}),
  };
};
struct StartedImportView {
  ImportId id;
  std::int64_t rows = 0, error_count = 0;
  static constexpr Field fields[] = {
      field<&StartedImportView::id>("id", DataClass::operational, "Its public name: ask for its outcome."),
      field<&StartedImportView::rows>("rows", DataClass::operational, "How many rows were read."),
      field<&StartedImportView::error_count>("error_count", DataClass::operational, "How many problems reading has found."),
  };
};
struct StartImport {
  using Request = StartImportRequest;
  using Response = StartedImportView;
  static constexpr EndpointSpec spec = checked({
      .id = "startImport", .method = Method::post, .path = "/v1/imports",
      .summary = "Reads a file of people or appointments, says what is wrong with it, and begins to bring in the rest.",
      .access = needs(Permission::participant_import), .audit = AuditAction::import_started, .rate = RateClass::directory,
      .success = 202, .errors = {ErrorCode::malformed_json, ErrorCode::unsupported_media_type},
      .idempotency = Idempotency::optional, .consumes = "text/csv, application/fhir+ndjson, text/calendar", .slow = true});
};

struct ImportErrorView {
  std::int64_t line = 0;
  std::string column;
  std::int64_t position = 0;
  std::string rule, detail;
  static constexpr Field fields[] = {
      field<&ImportErrorView::line>("line", DataClass::operational, "The line of the file where the row begins, from 1."),
      field<&ImportErrorView::column>("column", DataClass::operational, "The column as its header names it; empty: the whole row."),
      field<&ImportErrorView::position>("position", DataClass::operational, "Its number from 1; 0: the whole row, or a member of a resource."),
      field<&ImportErrorView::rule>("rule", DataClass::operational, "The broken rule as a stable word."),
      field<&ImportErrorView::detail>("detail", DataClass::operational, "The same for people."),
  };
};
struct ImportNoteView {
  std::string rule, column, detail;
  std::int64_t first_line = 0, count = 0;
  static constexpr Field fields[] = {
      field<&ImportNoteView::rule>("rule", DataClass::operational, "What was noted, as a stable word."),
      field<&ImportNoteView::column>("column", DataClass::operational, "The column; empty: the file."),
      field<&ImportNoteView::detail>("detail", DataClass::operational, "The same for people."),
      field<&ImportNoteView::first_line>("first_line", DataClass::operational, "Where it was seen first."),
      field<&ImportNoteView::count>("count", DataClass::operational, "How often."),
  };
};
struct ProposedDuplicateView {
  std::int64_t line = 0;
  app::imports::SameBy same = app::imports::SameBy::name;
  std::optional<std::int64_t> other_line;
  std::optional<PatientId> patient_id;
  std::optional<AppointmentId> appointment_id;
  static constexpr Field fields[] = {
      field<&ProposedDuplicateView::line>("line", DataClass::operational, "The row that was not brought in."),
      field<&ProposedDuplicateView::same>("same", DataClass::operational, "What it shares; name and contact count with the birth date only."),
      field<&ProposedDuplicateView::other_line>("other_line", DataClass::operational, "The earlier row that it looks like."),
      field<&ProposedDuplicateView::patient_id>("patient_id", DataClass::phi, "The patient that it looks like."),
      field<&ProposedDuplicateView::appointment_id>("appointment_id", DataClass::phi, "What this old id was brought in as."),
  };
};

struct ImportView {
  ImportId id;
  storage::ImportKind kind = storage::ImportKind::people;
  ImportPhase state = ImportPhase::running;
  bool dry_run = false;
  std::optional<EventId> event_id;
  Instant created_at;
  std::optional<Instant> ended_at;
  std::int64_t rows = 0, created = 0, would_create = 0, duplicates = 0, skipped = 0, flagged = 0, error_count = 0;
  std::int64_t progress = 0;
  std::vector<ImportErrorView> errors;
  std::vector<ProposedDuplicateView> proposed;
  std::vector<ImportNoteView> notes;
  static constexpr Field fields[] = {
      field<&ImportView::id>("id", DataClass::operational, "Its public name."),
      field<&ImportView::kind>("kind", DataClass::operational, "What the file held."),
      field<&ImportView::state>("state", DataClass::operational, "Whether it goes on, has ended, or could not be ended."),
      field<&ImportView::dry_run>("dry_run", DataClass::operational, "Whether nothing was to be changed."),
      field<&ImportView::event_id>("event_id", DataClass::operational, "The event whose participants it brings."),
      field<&ImportView::created_at>("created_at", DataClass::operational, "When the file came."),
      field<&ImportView::ended_at>("ended_at", DataClass::operational, "When it ended."),
      field<&ImportView::rows>("rows", DataClass::operational, "Rows of the file, blank ones left out."),
      field<&ImportView::created>("created", DataClass::operational, "What was brought in."),
      field<&ImportView::would_create>("would_create", DataClass::operational, "What a run that is none dry brings in."),
      field<&ImportView::duplicates>("duplicates", DataClass::operational, "Rows that look like somebody who is here, or like another row."),
      field<&ImportView::skipped>("skipped", DataClass::operational, "Rows left out on purpose; the notes say why."),
      field<&ImportView::flagged>("flagged", DataClass::operational, "Appointments that lie over another and were kept as overbookings."),
      field<&ImportView::error_count>("error_count", DataClass::operational, "How many problems there are in all."),
      field<&ImportView::progress>("progress", DataClass::operational, "Per cent of the rows that the job is through with."),
      field<&ImportView::errors>("errors", DataClass::operational, "The first thousand problems, by line.", {.max = 1000}),
      field<&ImportView::proposed>("proposed", DataClass::phi, "The first thousand duplicates, by line.", {.max = 1000}),
      field<&ImportView::notes>("notes", DataClass::operational, "What was seen and kept nothing out."),
  };
};

struct ImportIdRequest {
  ImportId id;
  static constexpr Field fields[] = {
      field<&ImportIdRequest::id>("id", DataClass::operational, "The import.", {.where = Where::path}),
  };
};
struct GetImport {
  using Request = ImportIdRequest;
  using Response = ImportView;
  static constexpr EndpointSpec spec = checked({
      .id = "getImport", .method = Method::get, .path = "/v1/imports/{id}", .summary = "Shows how an import goes on, and what came of each row.",
      .access = needs(Permission::participant_import), .audit = AuditAction::import_viewed, .slow = true});
};
struct GetComparison {
  using Request = ImportIdRequest;
  using Response = RawBody;
  static constexpr EndpointSpec spec = checked({
      .id = "getImportComparison", .method = Method::get, .path = "/v1/imports/{id}/comparison",
      .summary = "Gives the comparison sheet of a cut-over: old book and new, by practitioner and day.",
      .access = needs(Permission::participant_import), .audit = AuditAction::import_viewed, .produces = "text/csv", .slow = true});
};

struct ListImportsResponse {
  std::vector<ImportView> imports;
  static constexpr Field fields[] = {
      field<&ListImportsResponse::imports>("imports", DataClass::operational, "The newest hundred, without their rows' outcome."),
  };
};
struct ListImports {
  using Request = NoRequest;
  using Response = ListImportsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listImports", .method = Method::get, .path = "/v1/imports", .summary = "Lists the imports, newest first.",
      .access = needs(Permission::participant_import)});
};

std::span<const Endpoint> import_endpoints();

}  // namespace sealbook::api
