#include <algorithm>
#include <fstream>
#include <iostream>

#include "app/imports/job.hpp"
#include "app/imports/mappings.hpp"
#include "app/imports/sheet.hpp"
#include "app/perform.hpp"
#include "cli/exit_codes.hpp"
#include "cli/instance.hpp"
#include "cli/moving.hpp"
#include "storage/tables/accounts.hpp"

namespace sealbook::cli {
namespace {

using app::CallContext;
using app::imports::Format;
using app::imports::SeenImport;

int refuse(const Error& error) {
  std::cerr << "sealbook import: " << error.detail << "\n";
  for (const FieldError& field : error.fields)
    std::cerr << "  " << field.pointer << ": " << field.detail << "\n";
  if (error.code == ErrorCode::unavailable) return exit_unavailable;
  return error.code == ErrorCode::not_found ? exit_no_input : exit_found_wrong;
}

// A file, piece by piece.
class FileSource final : public importing::ByteSource {
 public:
  explicit FileSource(const std::filesystem::path& path)
      : in_(path, std::ios::binary), buffer_(64 * 1024, '\0') {}
  bool good() const { return in_.is_open(); }
  std::string_view next() override {
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    return {buffer_.data(), static_cast<std::size_t>(in_.gcount())};
  }
  void rewind() override {
    in_.clear();
    in_.seekg(0);
  }

 private:
  std::ifstream in_;
  std::string buffer_;
};

Format format_of(const std::filesystem::path& file) {
  const std::string ending = file.extension().string();
  if (ending == ".ndjson" || ending == ".jsonl") return Format::fhir_ndjson;
  return ending == ".ics" ? Format::icalendar : Format::csv;
}

// Whoever sits at the command line acts for the tenant's first administrator, and the journal says
// so.
Result<Principal> administrator(app::App& app, const app::Tenant& tenant) {
  std::vector<storage::AccountRow> accounts;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) { accounts = storage::accounts::all(s); });
  std::erase_if(accounts,
                [](const storage::AccountRow& a) { return a.role != Role::admin || !a.active; });
  if (accounts.empty())
    return fail(ErrorCode::not_found, "The tenant has no administrator to act for.");
  const auto first = std::ranges::min_element(accounts, {}, &storage::AccountRow::created);
  return Principal{first->id, tenant.id(), Role::admin, std::nullopt, std::nullopt};
}

Result<importing::ReadRules> rules_of(CallContext& ctx, const ImportOptions& options) {
  importing::ReadRules rules;
  if (!options.mapping.empty()) {
    TRY(mapping, app::imports::find_mapping_named(ctx, options.mapping));
    rules = std::move(mapping.rules);
  }
  if (!options.date_order.empty()) {
    rules.order_given = true;
    rules.dates.order = options.date_order == "day_first" ? importing::DateOrder::day_first
                                                          : importing::DateOrder::month_first;
  }
  if (!options.calling_code.empty()) rules.calling_code = options.calling_code;
  if (!options.source.empty()) rules.source = options.source;
  return rules;
}

Result<app::imports::StartedImport> start(CallContext& ctx, const ImportOptions& options,
                                          FileSource& source) {
  TRY(rules, rules_of(ctx, options));
  app::imports::StartImport command{
      source,           format_of(options.file), storage::ImportKind::people,
      std::move(rules), options.dry_run,         std::nullopt};
  if (options.appointments) command.kind = storage::ImportKind::appointments;
  if (!options.event.empty()) {
    command.event = EventId::parse(options.event);
    if (!command.event)
      return fail(invalid_field("--event", "format", "This is not the id of an event."));
  }
  return app::perform(ctx, app::imports::start_import(ctx, command));
}

bool show_bar(std::int64_t done, std::int64_t of) {
  constexpr std::int64_t width = 40;
  const std::int64_t filled = of == 0 ? width : done * width / of;
  std::cerr << "\r[" << std::string(static_cast<std::size_t>(filled), '#')
            << std::string(static_cast<std::size_t>(width - filled), ' ') << "] "
            << (of == 0 ? 100 : done * 100 / of) << " %" << (done == of ? "\n" : "") << std::flush;
  return true;
}

// Lines, columns, rules and counts; nothing of any row.
void tell(const SeenImport& seen) {
  for (const importing::Note& note : seen.report.notes)
    std::cout << "note: " << note.detail
              << (note.column.empty() ? "" : " Column \"" + note.column + "\".") << " ("
              << note.count << "x, first in line " << note.first_line << ")\n";
  for (const importing::Problem& p : seen.report.problems)
    std::cout << "line " << p.line
              << (p.position > 0 ? ", column " + std::to_string(p.position) : "")
              << (p.column.empty() ? "" : " (" + p.column + ")") << ": " << p.rule << ": "
              << p.detail << "\n";
  for (const app::imports::Proposal& p : seen.report.proposals)
    std::cout << "line " << p.line << ": looks like "
              << (p.patient       ? p.patient->text()
                  : p.appointment ? p.appointment->text()
                                  : "line " + std::to_string(p.other_line))
              << " (same " << to_text(p.why) << "); not brought in\n";
  const auto& c = seen.row.counts;
  std::cout << seen.row.id.text() << ": " << seen.row.rows << " rows, "
            << (seen.row.dry_run ? std::to_string(c.could_make) + " would be created"
                                 : std::to_string(c.made) + " created")
            << ", " << c.duplicates << " duplicates, " << seen.row.skipped << " skipped, "
            << c.problems << " problems"
            << (c.flagged > 0 ? ", " + std::to_string(c.flagged) + " flagged" : "") << "\n";
}

Result<void> write_sheet(CallContext& ctx, const ImportOptions& options, const ImportId& id) {
  TRY(sheet, app::imports::comparison_sheet(ctx, id));
  ctx.entries.clear();
  if (options.sheet.empty()) {
    std::cout << sheet;
    return {};
  }
  std::ofstream out(options.sheet, std::ios::binary | std::ios::trunc);
  out << sheet;
  out.flush();
  if (!out) return fail(ErrorCode::unavailable, "The comparison sheet cannot be written.");
  return {};
}

Result<int> import_file(app::App& app, const std::shared_ptr<app::Tenant>& tenant,
                        const ImportOptions& options) {
  TRY(principal, administrator(app, *tenant));
  TRY(ctx, app::context_for(app, tenant, principal, Permission::participant_import));
  std::vector<storage::ImportRow> waiting;
  app.store.read(tenant->ref(),
                 [&](storage::Snapshot& s) { waiting = storage::imports::unfinished(s); });
  for (const storage::ImportRow& row : waiting)
    if (row.state == storage::ImportState::running) {
      std::cerr << "Going on with " << row.id.text() << "\n";
      ENSURE(app::imports::run_import(app, tenant, row.id, show_bar));
    }
  if (options.resume) return exit_ok;
  FileSource source(options.file);
  if (!source.good()) return fail(ErrorCode::not_found, "The file cannot be read.");
  TRY(started, start(ctx, options, source));
  ENSURE(app::imports::run_import(app, tenant, started.id, show_bar));
  TRY(seen, app::imports::read_import(ctx, started.id));
  ctx.entries.clear();
  tell(seen);
  if (options.appointments) ENSURE(write_sheet(ctx, options, started.id));
  return seen.row.counts.problems == 0 ? exit_ok : exit_found_wrong;
}

}  // namespace

int run_import(const ImportOptions& options) {
  const auto config = load_config(options.dir);
  if (!config) {
    std::cerr << "sealbook import: " << config.error().detail << "\n";
    return config.error().code == ErrorCode::not_found ? exit_no_input : exit_config;
  }
  auto instance = Instance::open(*config);
  if (!instance) {
    const int code = refuse(instance.error());
    if (code == exit_unavailable)
      std::cerr << "Next: if a server is running on it, send it the file (POST /v1/imports).\n";
    return code;
  }
  app::App& app = (*instance)->app();
  const auto tenant = app.tenants.find_by_slug(options.tenant);
  if (!tenant) {
    std::cerr << "sealbook import: there is no tenant of that slug.\n";
    return exit_no_input;
  }
  const auto done = import_file(app, tenant, options);
  return done ? *done : refuse(done.error());
}

}  // namespace sealbook::cli
