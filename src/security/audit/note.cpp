#include "security/audit/note.hpp"

#include "base/cbor.hpp"
#include "security/crypto/hash.hpp"

namespace sealbook::audit {
namespace {

constexpr std::size_t max_note_size = 64 * 1024;
constexpr std::size_t max_signatures = 16;
constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014, space
constexpr std::uint8_t type_ed25519 = 0x01;

std::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorCode::integrity, "Not a signed note: " + std::string(what) + ".");
}

// Spaces beyond ASCII (Unicode White_Space) as they begin in UTF-8; a name with one is refused.
bool has_unicode_space(std::string_view text) {
  constexpr std::string_view spaces[] = {
      "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF",
      "\xE2\x81\x9F", "\xE3\x80\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
      "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89",
      "\xE2\x80\x8A"};
  for (const std::string_view space : spaces)
    if (text.find(space) != std::string_view::npos) return true;
  return false;
}

std::string hex32(std::uint32_t value) {
  Bytes bytes;
  append_u32(bytes, value);
  return to_hex(bytes);
}

Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(dash)) return refused("a signature line starts with a dash");
  line.remove_prefix(dash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return refused("a signature line has a name and a signature");
  NoteSignature out;
  out.name = std::string(line.substr(0, space));
  if (!is_note_key_name(out.name)) return refused("bad key name");
  auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return refused("bad signature encoding");
  out.key_id = load_u32(bytes->data());
  out.signature.assign(bytes->begin() + 4, bytes->end());
  return out;
}

}  // namespace

bool is_note_key_name(std::string_view name) {
  if (name.empty() || !is_valid_utf8(name) || has_unicode_space(name)) return false;
  for (const char c : name)
    if (static_cast<unsigned char>(c) <= 0x20 || c == '+' || c == 0x7F) return false;
  return true;
}

std::uint32_t NoteKey::id() const {
  Bytes material;
  append(material, as_bytes(name));
  material.push_back('\n');
  material.push_back(type_ed25519);
  append(material, key);
  return load_u32(crypto::sha256(material).data());
}

std::string NoteKey::text() const {
  Bytes material{type_ed25519};
  append(material, key);
  return name + "+" + hex32(id()) + "+" + to_base64(material);
}

Result<NoteKey> NoteKey::parse(std::string_view text) {
  const auto bad = [](std::string_view what) {
    return fail(ErrorCode::invalid, "Not a note verifier key: " + std::string(what) + ".");
  };
  constexpr std::string_view white = " \t\r\n";
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return bad("empty");
  text = text.substr(first, text.find_last_not_of(white) - first + 1);
  const auto plus1 = text.find('+');
  const auto plus2 = plus1 == std::string_view::npos ? plus1 : text.find('+', plus1 + 1);
  if (plus2 == std::string_view::npos) return bad("three parts separated by plus are needed");
  NoteKey out;
  out.name = std::string(text.substr(0, plus1));
  if (!is_note_key_name(out.name)) return bad("bad name");
  const auto material = from_base64(text.substr(plus2 + 1));
  if (!material || material->size() != 1 + out.key.size()) return bad("bad key");
  if ((*material)[0] != type_ed25519) return bad("not an Ed25519 key");
  std::copy(material->begin() + 1, material->end(), out.key.begin());
  if (text.substr(plus1 + 1, plus2 - plus1 - 1) != hex32(out.id())) return bad("the key's id does not match");
  return out;
}

Result<Note> parse_note(std::string_view note) {
  if (note.size() > max_note_size) return refused("too long");
  if (!is_valid_utf8(note)) return refused("not UTF-8");
  for (const char c : note)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return refused("control characters");
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return refused("no empty line before the signatures");
  Note out;
  out.text = std::string(note.substr(0, blank + 1));
  std::string_view rest = note.substr(blank + 2);
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return refused("the last line is not ended");
    if (out.signatures.size() == max_signatures) return refused("too many signatures");
    TRY(signature, parse_signature(rest.substr(0, end)));
    out.signatures.push_back(std::move(signature));
    rest.remove_prefix(end + 1);
  }
  if (out.signatures.empty()) return refused("no signature");
  return out;
}

bool is_signed_by(const Note& note, const NoteKey& key) {
  const std::uint32_t id = key.id();
  bool found = false;
  for (const NoteSignature& signature : note.signatures) {
    if (signature.name != key.name || signature.key_id != id) continue;
    if (!crypto::ed25519_verify(key.key, as_bytes(note.text), signature.signature)) return false;
    found = true;
  }
  return found;
}

std::string sign_note(std::string_view text, std::string_view name, const crypto::Ed25519SigningKey& key) {
  const NoteKey named{std::string(name), key.public_key()};
  Bytes blob;
  append_u32(blob, named.id());
  append(blob, key.sign(as_bytes(text)));
  std::string out(text);
  out += '\n';
  out += dash;
  out += name;
  out += ' ';
  out += to_base64(blob);
  out += '\n';
  return out;
}

}  // namespace sealbook::audit
