// Publisher appends entries to logs and publishes signed checkpoints: the sequencer's work without
// its thread and queue.
//
// Before a log is appended to, its checkpoint, tree and chain of bodies are held against its last
// leaf in the log of logs, so that nothing is signed on top of damaged or older files. After a
// failure the state is unknown: open() again. Threads: one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/entry.hpp"
#include "security/audit/log_tail.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {

class Publisher {
 public:
  Publisher(TileStore& tiles, const CheckpointSigner& signer, const Clock& clock);

  // Recovers the store and reads the log of logs. `remembered`: the last checkpoint of the log of
  // logs that is known from elsewhere. Fails with integrity when the files are not ours, damaged, or
  // older than it.
  Result<void> open(const std::optional<std::string>& remembered);

  // The log ready to be appended to; it stays valid until open().
  Result<LogTail*> tail(const TenantId& log);
  // Appends one entry. The log was opened by tail().
  void append(LogTail& log, const PreparedEntry& entry);

  // Publishes every log that was appended to. Answers the checkpoint of the log of logs, or nothing
  // when there was nothing to publish.
  Result<std::optional<std::string>> publish();

 private:
  Result<void> check_remembered(const std::string& remembered, std::uint64_t size);
  Result<std::optional<Publication>> last_publication(const std::string& log);
  std::uint64_t now_after(std::uint64_t last) const;

  TileStore& tiles_;
  const CheckpointSigner& signer_;
  const Clock& clock_;
  LogTail logs_{std::string(logs_log), LogTail::Bodies::none};
  std::uint64_t last_published_ = 0;
  std::map<std::string, LogTail> tails_;
  std::map<std::string, std::uint64_t> published_size_;  // of the logs in tails_
  // The log of logs read backwards, as far as it was needed: the last leaf per log.
  std::map<std::string, Publication> last_;
  std::uint64_t unread_below_ = 0;
};

}  // namespace sealbook::audit
