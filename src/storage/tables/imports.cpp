#include "storage/tables/imports.hpp"

#include <algorithm>

namespace sealbook::storage {
namespace {

using sql::Statement;

#define IMPORT_COLUMNS                                                                             \
  "id, kind, state, dry_run, account, role, event, created, ended, row_count, made, could_make, "  \
  "duplicates, skipped, problems, flagged, chunks, next_chunk, sealed, sealed_progress, progress_version "

constexpr Statement insert_import{"imports.insert",
    "INSERT INTO imports (tenant, id, kind, state, dry_run, account, role, event, created, ended, row_count, made, "
    "could_make, duplicates, skipped, problems, flagged, chunks, next_chunk, sealed, sealed_progress, progress_version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, 0)"};
constexpr Statement find_import{"imports.find", "SELECT " IMPORT_COLUMNS "FROM imports WHERE tenant = $1 AND id = $2"};
constexpr Statement list_imports{"imports.list",
    "SELECT " IMPORT_COLUMNS "FROM imports WHERE tenant = $1 AND created < $2 ORDER BY created DESC, id LIMIT $3"};
constexpr Statement list_unfinished{"imports.unfinished",
    "SELECT " IMPORT_COLUMNS "FROM imports WHERE tenant = $1 AND state < 2 ORDER BY created, id"};
constexpr Statement begin_import{"imports.begin",
    "UPDATE imports SET state = 1, row_count = $3, duplicates = $4, skipped = $5, problems = $6, chunks = $7, sealed = $8 "
    "WHERE tenant = $1 AND id = $2 AND state = 0 RETURNING id"};
constexpr Statement advance_import{"imports.advance",
    "UPDATE imports SET next_chunk = next_chunk + 1, made = made + $4, could_make = could_make + $5, "
    "duplicates = duplicates + $6, problems = problems + $7, flagged = flagged + $8 "
    "WHERE tenant = $1 AND id = $2 AND next_chunk = $3 AND state = 1 RETURNING id"};
constexpr Statement keep_progress{"imports.keep_progress",
    "UPDATE imports SET sealed_progress = $3, progress_version = $4 WHERE tenant = $1 AND id = $2"};
constexpr Statement end_import{"imports.end",
    "UPDATE imports SET state = $3, ended = $4 WHERE tenant = $1 AND id = $2 AND state < 2 RETURNING id"};

constexpr Statement insert_waiting{"import_chunks.insert",
    "INSERT INTO import_chunks (tenant, import, no, sealed) VALUES ($1, $2, $3, $4)"};
constexpr Statement find_waiting{"import_chunks.find",
    "SELECT sealed FROM import_chunks WHERE tenant = $1 AND import = $2 AND no = $3"};
constexpr Statement remove_waiting{"import_chunks.remove",
    "DELETE FROM import_chunks WHERE tenant = $1 AND import = $2 AND no = $3"};
constexpr Statement remove_all_waiting{"import_chunks.remove_all",
    "DELETE FROM import_chunks WHERE tenant = $1 AND import = $2"};

constexpr Statement find_bearers{"imports.find_people",
    "SELECT patient FROM patient_index WHERE tenant = $1 AND kind = $2 AND value = $3 ORDER BY patient LIMIT 21"};

constexpr Statement find_ref{"external_refs.find",
    "SELECT target FROM external_refs WHERE tenant = $1 AND kind = $2 AND value = $3"};
constexpr Statement insert_ref{"external_refs.insert",
    "INSERT INTO external_refs (tenant, kind, value, generation, target, import) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT DO NOTHING RETURNING target"};
constexpr Statement insert_ref_quietly{"external_refs.insert_quietly",
    "INSERT INTO external_refs (tenant, kind, value, generation, target, import) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT DO NOTHING"};

constexpr Statement insert_mapping{"import_mappings.insert",
    "INSERT INTO import_mappings (tenant, id, version, active, sealed) VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement replace_mapping{"import_mappings.replace",
    "UPDATE import_mappings SET version = $3, active = $4, sealed = $5 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement list_mappings{"import_mappings.list",
    "SELECT id, version, active, sealed FROM import_mappings WHERE tenant = $1 AND active = 1 ORDER BY id"};
constexpr Statement find_mapping{"import_mappings.find",
    "SELECT id, version, active, sealed FROM import_mappings WHERE tenant = $1 AND id = $2"};

Bytes copy(ByteView view) { return Bytes(view.begin(), view.end()); }
int number(auto enumerator) { return static_cast<int>(enumerator); }

ImportRow read_row(const sql::Rows& rows, std::size_t i) {
  ImportRow r;
  r.id = rows.id<ImportId>(i, 0);
  r.kind = static_cast<ImportKind>(rows.integer(i, 1));
  r.state = static_cast<ImportState>(rows.integer(i, 2));
  r.dry_run = rows.integer(i, 3) != 0;
  r.account = rows.id<AccountId>(i, 4);
  r.role = static_cast<Role>(rows.integer(i, 5));
  r.event = rows.maybe_id<EventId>(i, 6);
  r.created = rows.instant(i, 7);
  if (!rows.is_null(i, 8)) r.ended = rows.instant(i, 8);
  r.rows = rows.integer(i, 9);
  r.counts = {rows.integer(i, 10), rows.integer(i, 11), rows.integer(i, 12), rows.integer(i, 14), rows.integer(i, 15)};
  r.skipped = rows.integer(i, 13);
  r.chunks = rows.integer(i, 16);
  r.next_chunk = rows.integer(i, 17);
  if (!rows.is_null(i, 18)) r.sealed = copy(rows.blob(i, 18));
  if (!rows.is_null(i, 19)) r.sealed_progress = copy(rows.blob(i, 19));
  r.progress_version = rows.integer(i, 20);
  return r;
}

std::vector<ImportRow> read_all(const sql::Rows& rows) {
  std::vector<ImportRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

MappingRow read_mapping(const sql::Rows& rows, std::size_t i) {
  return {rows.id<MappingId>(i, 0), rows.integer(i, 1), rows.integer(i, 2) != 0, copy(rows.blob(i, 3))};
}

}  // namespace

namespace imports {

void insert(Transaction& tx, const ImportRow& r) {
  tx.enqueue(insert_import, r.id, number(r.kind), number(r.state), r.dry_run, r.account, number(r.role), r.event,
             r.created);
}

std::optional<ImportRow> find(Snapshot& snapshot, const ImportId& id) {
  const sql::Rows rows = snapshot.query(find_import, id);
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

std::vector<ImportRow> list(Snapshot& snapshot, Instant before, std::int64_t limit) {
  return read_all(snapshot.query(list_imports, before, limit));
}

std::vector<ImportRow> unfinished(Snapshot& snapshot) { return read_all(snapshot.query(list_unfinished)); }

bool begin(Transaction& tx, const ImportRow& r) {
  return !tx.change(begin_import, r.id, r.rows, r.counts.duplicates, r.skipped, r.counts.problems, r.chunks, r.sealed)
              .empty();
}

bool advance(Transaction& tx, const Advance& s) {
  if (tx.change(advance_import, s.id, s.chunk, s.more.made, s.more.could_make, s.more.duplicates, s.more.problems,
                s.more.flagged)
          .empty())
    return false;
  if (s.progress) tx.enqueue(keep_progress, s.id, *s.progress, s.chunk + 1);
  tx.enqueue(remove_waiting, s.id, s.chunk);
  return true;
}

bool end(Transaction& tx, const ImportId& id, ImportState state, Instant at) {
  if (tx.change(end_import, id, number(state), at).empty()) return false;
  tx.enqueue(remove_all_waiting, id);
  return true;
}

void insert_chunk(Transaction& tx, const ImportId& import, std::int64_t no, const Bytes& sealed) {
  tx.enqueue(insert_waiting, import, no, sealed);
}

std::optional<Bytes> find_chunk(Snapshot& snapshot, const ImportId& import, std::int64_t no) {
  const sql::Rows rows = snapshot.query(find_waiting, import, no);
  return rows.empty() ? std::nullopt : std::optional(copy(rows.blob(0, 0)));
}

std::vector<std::vector<PatientId>> find_people(Snapshot& snapshot, std::span<const PatientIndexRow> values) {
  std::vector<sql::Connection::Call> calls;
  for (const PatientIndexRow& value : values)
    calls.push_back({&find_bearers, {sql::Value(number(value.kind)), sql::Value(ByteView(value.value))}});
  std::vector<std::vector<PatientId>> out;
  for (const sql::Rows& rows : snapshot.batch(std::move(calls))) {
    out.emplace_back();
    for (std::size_t i = 0; i < rows.size(); ++i) out.back().push_back(rows.id<PatientId>(i, 0));
  }
  return out;
}

}  // namespace imports

namespace external_refs {

std::vector<std::optional<RawId>> find(Snapshot& snapshot, std::span<const ExternalRef> refs) {
  std::vector<sql::Connection::Call> calls;
  for (const ExternalRef& ref : refs)
    calls.push_back({&find_ref, {sql::Value(number(ref.kind)), sql::Value(ByteView(ref.value))}});
  std::vector<std::optional<RawId>> out;
  for (const sql::Rows& rows : snapshot.batch(std::move(calls)))
    out.push_back(rows.empty() ? std::nullopt : std::optional(rows.id<PatientId>(0, 0).raw()));
  return out;
}

bool insert(Transaction& tx, std::span<const Target> targets, const ImportId& import) {
  if (targets.empty()) return true;
  if (tx.engine() == sql::Engine::sqlite) {
    // One writer: what is not here now is not here when it is inserted. An answer per row would cost
    // SQLite a savepoint per row.
    std::vector<ExternalRef> refs;
    for (const Target& target : targets) refs.push_back(target.ref);
    if (std::ranges::any_of(find(tx, refs), [](const auto& known) { return known.has_value(); })) return false;
    for (const Target& t : targets)
      tx.enqueue(insert_ref_quietly, number(t.ref.kind), ByteView(t.ref.value), t.ref.generation, ByteView(t.id), import);
    return true;
  }
  std::vector<sql::Connection::Call> calls;
  for (const Target& target : targets)
    calls.push_back({&insert_ref,
                     {sql::Value(number(target.ref.kind)), sql::Value(ByteView(target.ref.value)),
                      sql::Value(target.ref.generation), sql::Value(ByteView(target.id)), sql::Value(import)}});
  const auto answers = tx.change_batch(std::move(calls));
  return std::ranges::none_of(answers, [](const sql::Rows& rows) { return rows.empty(); });
}

}  // namespace external_refs

namespace import_mappings {

void insert(Transaction& tx, const MappingRow& row) {
  tx.enqueue(insert_mapping, row.id, row.version, row.active, row.sealed);
}

bool replace(Transaction& tx, const MappingRow& row) {
  return !tx.change(replace_mapping, row.id, row.version, row.active, row.sealed).empty();
}

std::vector<MappingRow> list(Snapshot& snapshot) {
  std::vector<MappingRow> out;
  const sql::Rows rows = snapshot.query(list_mappings);
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_mapping(rows, i));
  return out;
}

std::optional<MappingRow> find(Snapshot& snapshot, const MappingId& id) {
  const sql::Rows rows = snapshot.query(find_mapping, id);
  return rows.empty() ? std::nullopt : std::optional(read_mapping(rows, 0));
}

}  // namespace import_mappings
}  // namespace sealbook::storage
