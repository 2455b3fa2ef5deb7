#include "security/audit/checkpoint.hpp"

#include <charconv>

#include "base/assert.hpp"

namespace sealbook::audit {
namespace {

std::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorCode::integrity, "Not a checkpoint: " + std::string(what) + ".");
}

// A decimal without leading zeros that fits 63 bits.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  if (value >> 63 != 0) return std::nullopt;
  return value;
}

// The signature line that follows the text, from the note's own signature.
std::string canonical_note(const Note& note, const NoteKey& key) {
  for (const NoteSignature& signature : note.signatures) {
    if (signature.name != key.name || signature.key_id != key.id()) continue;
    Bytes blob;
    append_u32(blob, signature.key_id);
    append(blob, signature.signature);
    return note.text + "\n\xE2\x80\x94 " + signature.name + " " + to_base64(blob) + "\n";
  }
  return {};
}

}  // namespace

std::string log_origin(std::string_view instance_origin, std::string_view log) {
  return std::string(instance_origin) + "/" + std::string(log);
}

NoteKey log_key(const NoteKey& instance_key, std::string_view log) {
  return {log_origin(instance_key.name, log), instance_key.key};
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root) + "\n";
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  std::string_view lines[3];
  for (std::string_view& line : lines) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return refused("three lines are needed");
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (!text.empty()) return refused("extension lines are not used here");
  Checkpoint out;
  out.origin = std::string(lines[0]);
  if (!is_note_key_name(out.origin)) return refused("bad origin");
  const auto size = parse_size(lines[1]);
  if (!size) return refused("bad size");
  out.size = *size;
  const auto root = from_base64(lines[2]);
  if (!root || root->size() != out.root.size()) return refused("bad root");
  std::copy(root->begin(), root->end(), out.root.begin());
  return out;
}

Result<Checkpoint> open_checkpoint(std::string_view text, const NoteKey& key) {
  TRY(note, parse_note(text));
  if (!is_signed_by(note, key)) return refused("the signature is not that of the given key");
  TRY(checkpoint, parse_checkpoint_text(note.text));
  if (checkpoint.origin != key.name) return refused("another log's origin");
  return checkpoint;
}

Result<Checkpoint> open_checkpoint_exactly(std::string_view text, const NoteKey& key) {
  TRY(note, parse_note(text));
  TRY(checkpoint, open_checkpoint(text, key));
  if (canonical_note(note, key) != text) return refused("bytes that its signature does not cover");
  return checkpoint;
}

CheckpointSigner::CheckpointSigner(std::string instance_origin, const crypto::Ed25519SigningKey& key)
    : origin_(std::move(instance_origin)), key_(key) {
  ASSERT(is_note_key_name(origin_));
}

NoteKey CheckpointSigner::instance_key() const { return {origin_, key_.public_key()}; }

NoteKey CheckpointSigner::key_of(std::string_view log) const { return log_key(instance_key(), log); }

std::string CheckpointSigner::sign(std::string_view log, std::uint64_t size, const Hash256& root) const {
  const std::string origin = log_origin(origin_, log);
  return sign_note(checkpoint_text({origin, size, root}), origin, key_);
}

}  // namespace sealbook::audit
