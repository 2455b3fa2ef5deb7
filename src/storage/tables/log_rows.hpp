// The journal's tiles, bundles and checkpoints as rows: what PostgreSQL has where the embedded
// engine has files under DIR/audit/ (DECISIONS 15).
#pragma once

#include <vector>

#include "security/audit/tile_store.hpp"
#include "security/audit/verify.hpp"
#include "sql/database.hpp"

namespace sealbook::storage {

// A publication is one transaction: what is staged waits in memory until then. The database
// outlives it.
class LogRows final : public audit::TileStore {
 public:
  explicit LogRows(sql::Database& database) : database_(database) {}

  Result<std::optional<Bytes>> read(std::string_view log, const audit::TileKey& key, unsigned width) override;
  Result<std::optional<std::string>> checkpoint(std::string_view log) override;
  Result<void> recover() override { return {}; }
  Result<void> stage(std::span<const audit::TileWrite> tiles) override;
  Result<void> publish(std::span<const audit::CheckpointWrite> checkpoints) override;
  Result<void> discard() override;

 private:
  sql::Database& database_;
  std::vector<audit::TileWrite> staged_;
};

// The same rows under the names that the files would have, for verification.
class LogRowsView final : public audit::JournalView {
 public:
  explicit LogRowsView(sql::Database& database) : database_(database) {}
  Result<std::vector<std::string>> names() override;
  Result<bool> read(const std::string& name, Bytes& out) override;

 private:
  sql::Database& database_;
};

}  // namespace sealbook::storage
