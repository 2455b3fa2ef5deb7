// Signed notes (c2sp.org/signed-note) with Ed25519 signatures: text, an empty line, signature lines.
//
// The parser is strict: valid UTF-8, no control characters but newline, at most 16 signatures and
// 64 KiB, canonical base64. Threads: plain functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "security/crypto/signature.hpp"

namespace sealbook::audit {

using crypto::Ed25519PublicKey;

// A name and a public key: who may have signed. Text form (vkey): "name+1a2b3c4d+base64(0x01 || key)".
struct NoteKey {
  std::string name;
  Ed25519PublicKey key{};

  std::uint32_t id() const;  // SHA-256(name || "\n" || 0x01 || key), first four bytes
  std::string text() const;
  static Result<NoteKey> parse(std::string_view text);  // surrounding white space is allowed
  bool operator==(const NoteKey&) const = default;
};

bool is_note_key_name(std::string_view name);  // not empty, no space, no plus, no control

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;
};

struct Note {
  std::string text;  // ends with a newline
  std::vector<NoteSignature> signatures;
};

Result<Note> parse_note(std::string_view note);
// True when the key signed the text; a signature of that name and id that does not verify is false.
bool is_signed_by(const Note& note, const NoteKey& key);

// The note of that text, signed under that name. Ed25519 is deterministic: same text, same bytes.
std::string sign_note(std::string_view text, std::string_view name, const crypto::Ed25519SigningKey& key);

}  // namespace sealbook::audit
