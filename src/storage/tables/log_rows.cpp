#include "storage/tables/log_rows.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

constexpr Statement select_tile{"log_tiles.read",
    "SELECT content FROM log_tiles WHERE log = $1 AND kind = $2 AND level = $3 AND tile = $4 AND width >= $5"};
constexpr Statement upsert_tile{"log_tiles.write",
    "INSERT INTO log_tiles (log, kind, level, tile, width, content) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (log, kind, level, tile) DO UPDATE SET width = $5, content = $6"};
constexpr Statement select_checkpoint{"log_checkpoints.read", "SELECT note FROM log_checkpoints WHERE log = $1"};
constexpr Statement upsert_checkpoint{"log_checkpoints.write",
    "INSERT INTO log_checkpoints (log, note) VALUES ($1, $2) ON CONFLICT (log) DO UPDATE SET note = $2"};
constexpr Statement list_tiles{"log_tiles.list", "SELECT log, kind, level, tile, width FROM log_tiles ORDER BY log"};
constexpr Statement list_checkpoints{"log_checkpoints.list", "SELECT log FROM log_checkpoints ORDER BY log"};

std::unexpected<Error> unreachable_rows(const std::exception& broken) {
  Error error = make_error(ErrorCode::unavailable, "The journal's rows cannot be reached just now.");
  error.cause = broken.what();
  return fail(std::move(error));
}

}  // namespace

Result<std::optional<Bytes>> LogRows::read(std::string_view log, const audit::TileKey& key, unsigned width) try {
  std::optional<Bytes> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(select_tile, log, static_cast<int>(key.kind), static_cast<int>(key.level),
                                            static_cast<std::int64_t>(key.index), static_cast<std::int64_t>(width));
    if (!rows.empty()) out.emplace(rows.blob(0, 0).begin(), rows.blob(0, 0).end());
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreachable_rows(broken);
}

Result<std::optional<std::string>> LogRows::checkpoint(std::string_view log) try {
  std::optional<std::string> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(select_checkpoint, log);
    if (!rows.empty()) out = std::string(rows.text(0, 0));
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreachable_rows(broken);
}

Result<void> LogRows::stage(std::span<const audit::TileWrite> tiles) {
  staged_.insert(staged_.end(), tiles.begin(), tiles.end());
  return {};
}

Result<void> LogRows::discard() {
  staged_.clear();
  return {};
}

Result<void> LogRows::publish(std::span<const audit::CheckpointWrite> checkpoints) try {
  database_.write(TenantId(), [&](sql::Connection& connection) {
    for (const auto& tile : staged_)
      connection.enqueue(upsert_tile, tile.log, static_cast<int>(tile.key.kind), static_cast<int>(tile.key.level),
                         static_cast<std::int64_t>(tile.key.index), static_cast<std::int64_t>(tile.width), tile.bytes);
    for (const auto& checkpoint : checkpoints) connection.enqueue(upsert_checkpoint, checkpoint.log, checkpoint.text);
    return sql::Outcome::commit;
  });
  staged_.clear();
  return {};
} catch (const sql::EngineError& broken) {
  return unreachable_rows(broken);
}

Result<std::vector<std::string>> LogRowsView::names() try {
  std::vector<std::string> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows checkpoints = connection.query(list_checkpoints);
    for (std::size_t i = 0; i < checkpoints.size(); ++i) out.push_back(std::string(checkpoints.text(i, 0)) + "/checkpoint");
    const sql::Rows tiles = connection.query(list_tiles);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      const audit::TileKey key{static_cast<audit::TileKind>(tiles.integer(i, 1)),
                               static_cast<std::uint8_t>(tiles.integer(i, 2)),
                               static_cast<std::uint64_t>(tiles.integer(i, 3))};
      out.push_back(std::string(tiles.text(i, 0)) + "/" + audit::tile_path(key, static_cast<unsigned>(tiles.integer(i, 4))));
    }
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreachable_rows(broken);
}

Result<bool> LogRowsView::read(const std::string& name, Bytes& out) {
  const std::size_t slash = name.find('/');
  if (slash == std::string::npos) return false;
  const std::string_view log = std::string_view(name).substr(0, slash);
  const std::string_view path = std::string_view(name).substr(slash + 1);
  LogRows rows(database_);
  if (path == "checkpoint") {
    TRY(note, rows.checkpoint(log));
    if (!note) return false;
    out.assign(note->begin(), note->end());
    return true;
  }
  const auto tile = audit::parse_tile_path(path);
  if (!tile) return false;
  TRY(bytes, rows.read(log, tile->key, tile->width));
  if (!bytes) return false;
  out = std::move(*bytes);
  return true;
}

}  // namespace sealbook::storage
