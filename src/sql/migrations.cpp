#include "sql/migrations.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/assert.hpp"
#include "embedded/migrations.hpp"

namespace sealbook::sql {

namespace {

constexpr Statement make_table{
    "migrations.make_table",
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "position BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 BYTEA NOT NULL, applied BIGINT NOT NULL)"};
// Held to the end of the transaction, so that processes which migrate at once take turns. The
// embedded engine has one writer anyway.
constexpr Statement try_turn{"migrations.try_turn", "SELECT 1",
                             "SELECT pg_try_advisory_xact_lock(7308332096)::int"};
// A migration of a large store may take longer than a request is allowed to.
constexpr Statement no_hurry{"migrations.no_hurry", "SELECT 1",
                             "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)"};
constexpr Statement table_exists{
    "migrations.table_exists", "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'",
    "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'"};
constexpr Statement applied_rows{"migrations.applied", "SELECT name, sha256 FROM schema_migrations ORDER BY position"};
constexpr Statement remember{
    "migrations.remember", "INSERT INTO schema_migrations (position, name, sha256, applied) VALUES ($1, $2, $3, $4)"};

Hash256 sha256(std::string_view text) {
  Hash256 hash{};
  unsigned size = 0;
  ASSERT(EVP_Digest(text.data(), text.size(), hash.data(), &size, EVP_sha256(), nullptr) == 1);
  ASSERT(size == hash.size());
  return hash;
}

// How many of the known migrations the rows hold, which must be a beginning of them.
Result<std::size_t> compare(const Rows& rows, std::span<const Migration> known) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string name(rows.text(i, 0));
    if (i >= known.size())
      return fail(ErrorCode::unavailable,
                  "The store was made by a newer program: it holds migration " + name + ", which this one does not know.");
    if (name != known[i].name)
      return fail(ErrorCode::unavailable, "The store holds migration " + name + " where this program has " + known[i].name + ".");
    if (!std::ranges::equal(rows.blob(i, 1), sha256(known[i].script)))
      return fail(ErrorCode::unavailable, "Migration " + name + " differs from the one that made the store.");
  }
  return rows.size();
}

struct Step {
  bool my_turn = false;
  Result<std::size_t> before = std::size_t{0};  // how many were applied when it began
  bool applied = false;
};

// One transaction: takes the turn, looks what is there, applies the next one.
Step apply_next(Database& database, std::span<const Migration> known) {
  Step step;
  const Instant now = database.now();
  database.write(TenantId{}, [&](Connection& connection) {
    step = Step{};
    step.my_turn = connection.query(try_turn).integer(0, 0) != 0;
    if (!step.my_turn) return Outcome::rollback;
    connection.query(no_hurry);
    connection.execute(make_table);
    step.before = compare(connection.query(applied_rows), known);
    if (!step.before) return Outcome::rollback;
    if (*step.before == known.size()) return Outcome::commit;
    const Migration& next = known[*step.before];
    connection.run_script(next.script);
    connection.enqueue(remember, static_cast<std::int64_t>(*step.before + 1), next.name,
                       ByteView(sha256(next.script)), now);
    step.applied = true;
    return Outcome::commit;
  });
  return step;
}

}  // namespace

std::vector<Migration> embedded_migrations(Engine engine, std::string_view set) {
  const std::string folder = set.empty() ? "" : std::string(set) + "/";
  const std::string_view ours = engine == Engine::sqlite ? ".sqlite" : ".postgres";
  const std::string_view other = engine == Engine::sqlite ? ".postgres" : ".sqlite";
  std::vector<Migration> common, special;
  for (auto [path, content] : embedded::migrations()) {
    if (!path.starts_with(folder)) continue;
    path.remove_prefix(folder.size());
    if (path.contains('/')) continue;
    path.remove_suffix(std::string_view(".sql").size());
    if (path.ends_with(other)) continue;
    const bool variant = path.ends_with(ours);
    if (variant) path.remove_suffix(ours.size());
    (variant ? special : common).push_back({std::string(path), content});
  }
  for (Migration& variant : special) {
    const auto same = std::ranges::find(common, variant.name, &Migration::name);
    if (same != common.end()) same->script = variant.script;
    else common.push_back(std::move(variant));
  }
  std::ranges::sort(common, {}, &Migration::name);
  return common;
}

Result<SchemaState> schema_state(Database& database, std::span<const Migration> known) {
  Result<std::size_t> count = std::size_t{0};
  database.read([&](Connection& connection) {
    if (connection.query(table_exists).integer(0, 0) != 0) count = compare(connection.query(applied_rows), known);
  });
  TRY(applied, std::move(count));
  SchemaState state;
  for (std::size_t i = 0; i < known.size(); ++i)
    (i < applied ? state.applied : state.pending).push_back(known[i].name);
  return state;
}

Result<std::size_t> migrate(Database& database, std::span<const Migration> known,
                            std::function<void(const MigrationProgress&)> progress) {
  std::size_t applied = 0;
  while (true) {
    const Step step = apply_next(database, known);
    if (!step.my_turn) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      continue;
    }
    TRY(before, step.before);
    if (!step.applied) return applied;
    ++applied;
    if (progress) progress({before + 1, known.size(), known[before].name});
  }
}

std::uint32_t tables_without_class(Engine engine) {
  std::uint32_t count = 0;
  for (const Migration& migration : embedded_migrations(engine)) {
    bool has_class = false;
    std::string_view rest = migration.script;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.starts_with("-- class: ")) has_class = true;
      else if (line.starts_with("CREATE TABLE ")) count += has_class ? 0 : 1;
      if (!line.starts_with("--")) has_class = false;
    }
  }
  return count;
}

}  // namespace sealbook::sql
