// Fuzzes notes, checkpoints and proofs, before and behind the signature. The first byte chooses:
//   'n'  a whole note from outside; what parses must be what its parts say;
//   's'  a text that is signed with the right key: it opens only as the one spelling of a checkpoint;
//   'k'  a verifier key;
//   'p'  an inclusion proof;  'c'  a consistency proof: what parses is written back the same.
#include <cstdint>
#include <cstdlib>

#include "security/audit/checkpoint.hpp"
#include "security/audit/proofs.hpp"

using namespace sealbook;
using namespace sealbook::audit;

namespace {

const crypto::Ed25519SigningKey signing{Secret(Bytes(32, 7))};
const NoteKey instance{"fuzz.example.test", signing.public_key()};
const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

void check_note(std::string_view text) {
  const auto note = parse_note(text);
  if (!note) return require(note.error().code == ErrorCode::integrity);
  require(note->text.ends_with('\n') && !note->signatures.empty() && note->signatures.size() <= 16);
  const auto opened = open_checkpoint_exactly(text, log_key(instance, "instance"));
  if (opened) require(sign_note(checkpoint_text(*opened), "fuzz.example.test/instance", signing) == text);
}

void check_signed(std::string_view text) {
  const std::string name = log_origin(instance.name, "instance");
  const std::string note = sign_note(text, name, signing);
  const auto opened = open_checkpoint_exactly(note, {name, instance.key});
  if (!opened) return;
  require(checkpoint_text(*opened) == text && opened->origin == name);
  if (planted && opened->size == 20'852'163) __builtin_trap();
}

void check_key(std::string_view text) {
  const auto key = NoteKey::parse(text);
  if (!key) return;
  const auto again = NoteKey::parse(key->text());
  require(again && *again == *key);
}

void check_inclusion(std::string_view text) {
  const auto proof = parse_inclusion_proof(text);
  if (!proof) return;
  require(to_text(*proof) == text);
  const auto checkpoint = open_checkpoint(proof->checkpoint, log_key(instance, "instance"));
  if (checkpoint)
    (void)verify_inclusion(proof->index, checkpoint->size, leaf_hash(proof->extra), proof->hashes, checkpoint->root);
}

void check_consistency(std::string_view text) {
  const auto proof = parse_consistency_proof(text);
  if (!proof) return;
  require(to_text(*proof) == text);
  (void)verify_consistency(proof->old_size, proof->old_size + proof->hashes.size(), proof->hashes, {}, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = as_text(ByteView(data + 1, size - 1));
  switch (data[0]) {
    case 'n': check_note(text); break;
    case 's': check_signed(text); break;
    case 'k': check_key(text); break;
    case 'p': check_inclusion(text); break;
    case 'c': check_consistency(text); break;
    default: break;
  }
  return 0;
}
