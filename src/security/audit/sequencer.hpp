// Sequencer takes committed entries in commit order, gives them their places in the logs, and
// publishes signed checkpoints.
//
// Life of an entry: prepare() -> a row in the data's transaction -> committed() -> the sequencer's
// own thread stages tiles and bodies, signs, publishes -> JournalStore::sequenced() removes the row.
// A crash anywhere leaves either the row or the published entry or both; both is told apart by the
// entry's id, so nothing is lost or doubled. When a publication fails, healthy() turns false (callers
// answer 503), and the sequencer tries again from what is on the disk; it recovers by itself.
// Lifetime: the stores and the clock outlive it. Threads: committed, flush and healthy from any.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/entry.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {

// An entry whose transaction is committed. Rows of one log are numbered in commit order on the
// embedded engine; on PostgreSQL the numbers are only unique.
struct CommittedEntry {
  std::int64_t row = 0;
  std::shared_ptr<const PreparedEntry> entry;
};

struct SequencedRows {
  TenantId log;  // nil: the instance's
  std::vector<std::int64_t> rows;
};

// The journal table, as the sequencer needs it; implemented by storage. Logs are named by their
// tenant, nil for the instance's. Errors are values: nothing may be thrown. Threads: called from the
// sequencer's thread (and from start()).
class JournalStore {
 public:
  virtual ~JournalStore() = default;
  virtual Result<std::vector<TenantId>> logs_with_pending() = 0;
  virtual Result<std::uint64_t> pending_count(const TenantId& log) = 0;
  // Up to `limit` rows with a number above `after_row`, ascending.
  virtual Result<std::vector<CommittedEntry>> pending(const TenantId& log, std::int64_t after_row,
                                                      std::size_t limit) = 0;
  // These rows are published: removes them and remembers the checkpoint of the log of logs, in one
  // transaction, and returns when it is committed.
  virtual Result<void> sequenced(std::span<const SequencedRows> rows, std::string_view logs_checkpoint) = 0;
  // What sequenced() remembered last: a store that knows of more than the files was given older
  // files, and start() refuses.
  virtual Result<std::optional<std::string>> last_checkpoint() = 0;
};

struct SequencerOptions {
  // queue: entries arrive by committed(). poll: rows are looked for in the store (several nodes
  // write; one of them sequences), committed() only wakes it.
  enum class Source : std::uint8_t { queue, poll };
  Source source = Source::queue;
  Micros publish_every = std::chrono::seconds(1);
  std::size_t publish_entries = 8'192;  // publish earlier when so many wait
  std::size_t queue_limit = 65'536;     // above it the rows are read back from the store instead
  Micros retry_every = std::chrono::seconds(1);  // after a failure
};

class Sequencer {
 public:
  Sequencer(TileStore& tiles, JournalStore& journal, const CheckpointSigner& signer, const Clock& clock,
            SequencerOptions options = {});
  ~Sequencer();  // stop()
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Recovers, publishes what was committed and never sequenced, starts the thread. Call it before
  // the first write. Fails with integrity when the files are not those that this key signed last, or
  // are older than what the store remembers; with unavailable when they cannot be read or written.
  Result<void> start();
  // Publishes what is queued and ends the thread; later calls do nothing.
  void stop();

  // Queues entries of one log; cheap. Call it after the commit, in commit order per log.
  void committed(const TenantId& log, std::span<const CommittedEntry> entries);

  // Publishes what was committed before the call and waits. Fails with unavailable.
  Result<void> flush();

  // False while entries cannot reach the log.
  bool healthy() const;
  std::uint64_t published_entries() const;  // since start(), all logs

 private:
  class Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace sealbook::audit
