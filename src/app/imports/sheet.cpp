#include "app/imports/sheet.hpp"

#include "storage/tables/appointments.hpp"

namespace sealbook::app::imports {
namespace {

using storage::AppointmentRow;

struct Line {
  SheetCounts counts;
  std::int64_t in_book = 0, flagged_in_book = 0;
  void add(const Line& other) {
    counts.old += other.counts.old;
    counts.imported += other.counts.imported;
    counts.already += other.counts.already;
    counts.flagged += other.counts.flagged;
    counts.refused += other.counts.refused;
    in_book += other.in_book;
    flagged_in_book += other.flagged_in_book;
  }
};
using Lines = std::map<std::pair<std::string, std::int64_t>, Line>;

// Counts the imported visits of these days in the book, page by page.
void count_book(CallContext& ctx, Lines& lines) {
  if (lines.empty()) return;
  std::int64_t first = INT64_MAX, last = INT64_MIN;
  for (const auto& [key, line] : lines) {
    first = std::min(first, key.second);
    last = std::max(last, key.second);
  }
  storage::appointments::Page page;
  page.from = Instant::from_seconds((first - 1) * 86'400);
  page.to = Instant::from_seconds((last + 2) * 86'400);
  page.limit = 500;
  while (true) {
    const auto rows =
        ctx.read([&](storage::Snapshot& s) { return storage::appointments::list(s, page); });
    for (const AppointmentRow& row : rows) {
      if ((row.flags & storage::imported_flag) == 0) continue;
      const std::string who = row.practitioner ? row.practitioner->text() : "?";
      const auto at = lines.find({who, row.wall_minutes / 1440});
      if (at == lines.end()) continue;
      ++at->second.in_book;
      if (scheduling::Flags::from_bits(static_cast<std::uint8_t>(row.flags))
              .has(scheduling::Flag::overlap))
        ++at->second.flagged_in_book;
    }
    if (rows.size() < static_cast<std::size_t>(page.limit)) return;
    page.after = {rows.back().when.starts, rows.back().id};
  }
}

// A cell that a spreadsheet would take for a formula gets an apostrophe.
std::string cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

void write(std::string& out, std::string_view who, std::string_view name, std::string_view day,
           const Line& line) {
  out += cell(std::string(who)) + "," + cell(std::string(name)) + "," + std::string(day);
  for (const std::int64_t number :
       {line.counts.old, line.counts.imported, line.counts.already, line.counts.refused,
        line.counts.flagged, line.in_book, line.flagged_in_book})
    out += "," + std::to_string(number);
  out += "\r\n";
}

std::string day_text(std::int64_t day) {
  return date_text(std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day))));
}

}  // namespace

Result<std::string> comparison_sheet(CallContext& ctx, const ImportId& id) {
  TRY(seen, read_import(ctx, id));
  if (seen.row.kind != storage::ImportKind::appointments)
    return fail(ErrorCode::state_conflict,
                "Only an import of appointments is compared with the old book.");
  Lines lines;
  for (const auto& [key, counts] : seen.report.sheet) lines[key].counts = counts;
  count_book(ctx, lines);
  const auto organisation = ctx.tenant->organisation();
  std::string out =
      "practitioner_id,practitioner,day,old,imported,already,refused,flagged,in_book,flagged_in_"
      "book\r\n";
  Line all, one;
  for (auto at = lines.begin(); at != lines.end(); ++at) {
    const std::string& who = at->first.first;
    const auto resource = ResourceId::parse(who);
    const Resource* known = resource ? organisation->find_resource(*resource) : nullptr;
    const std::string name = known != nullptr ? known->name : "";
    write(out, who, name, day_text(at->first.second), at->second);
    one.add(at->second);
    all.add(at->second);
    if (const auto next = std::next(at); next != lines.end() && next->first.first == who) continue;
    write(out, who, name, "", one);
    one = {};
  }
  write(out, "all", "", "", all);
  return out;
}

}  // namespace sealbook::app::imports
