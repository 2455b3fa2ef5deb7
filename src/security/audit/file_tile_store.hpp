// FileTileStore keeps the logs as files below one folder, and only files that a signature covers.
//
//   <folder>/<log>/checkpoint, tile/<L>/<N>[.p/<W>], tile/entries/<N>[.p/<W>], bodies/<N>[.p/<W>]
//   <folder>.next/            a publication under way, outside of the folder
//
// stage() writes into <folder>.next and syncs; publish() adds the signed checkpoints there, syncs,
// and renames everything into place, the checkpoint of the log of logs last. A crash before the
// checkpoints are durable leaves the folder as it was; after, recover() (and every verifier) takes
// the rest from <folder>.next. Both must lie on one file system.
#pragma once

#include <filesystem>
#include <vector>

#include "security/audit/note.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {

class FileTileStore final : public TileStore {
 public:
  // `key` tells a whole publication from a torn one in recover().
  FileTileStore(std::filesystem::path folder, NoteKey instance_key);

  Result<std::optional<Bytes>> read(std::string_view log, const TileKey& key, unsigned width) override;
  Result<std::optional<std::string>> checkpoint(std::string_view log) override;
  Result<void> recover() override;
  Result<void> stage(std::span<const TileWrite> tiles) override;
  Result<void> publish(std::span<const CheckpointWrite> checkpoints) override;
  Result<void> discard() override;

 private:
  Result<void> move_into_place();   // all but the checkpoint of the log of logs
  Result<void> remove_leftovers();  // narrower tiles that a crash kept from being removed
  Result<void> finish();            // that checkpoint: now the publication is whole

  std::filesystem::path folder_;
  std::filesystem::path next_;
  NoteKey key_;
  std::vector<std::string> staged_;  // names in next_
};

}  // namespace sealbook::audit
