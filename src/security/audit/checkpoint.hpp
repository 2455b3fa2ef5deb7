// Checkpoints (c2sp.org/tlog-checkpoint): the signed size and root of one log.
//
// The origin of a log is "<instance origin>/<log name>", and it is the key's name as well; one
// Ed25519 key signs all logs of an instance and nothing else. Checkpoints carry no extension lines.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "security/audit/note.hpp"

namespace sealbook::audit {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash256 root{};
  bool operator==(const Checkpoint&) const = default;
};

std::string log_origin(std::string_view instance_origin, std::string_view log);
NoteKey log_key(const NoteKey& instance_key, std::string_view log);

// The unsigned text: origin, size, root, each on its line.
std::string checkpoint_text(const Checkpoint& checkpoint);
// Reads the text of a note whose signature was checked.
Result<Checkpoint> parse_checkpoint_text(std::string_view text);

// Opens a signed checkpoint of one log. Other signatures beside it are ignored. Fails with integrity.
Result<Checkpoint> open_checkpoint(std::string_view note, const NoteKey& key);
// The same, and no byte may differ from what CheckpointSigner writes.
Result<Checkpoint> open_checkpoint_exactly(std::string_view note, const NoteKey& key);

class CheckpointSigner {
 public:
  // `instance_origin`: a schema-less URL such as "clinic.example.test/journal". The key signs
  // nothing but checkpoints, and outlives this object.
  CheckpointSigner(std::string instance_origin, const crypto::Ed25519SigningKey& key);
  const std::string& origin() const { return origin_; }
  NoteKey instance_key() const;  // what is handed out for verification
  NoteKey key_of(std::string_view log) const;
  // The signed checkpoint of a log.
  std::string sign(std::string_view log, std::uint64_t size, const Hash256& root) const;

 private:
  std::string origin_;
  const crypto::Ed25519SigningKey& key_;
};

}  // namespace sealbook::audit
