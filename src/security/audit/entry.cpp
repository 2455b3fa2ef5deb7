#include "security/audit/entry.hpp"

#include <algorithm>

#include "base/cbor.hpp"
#include "base/random.hpp"
#include "security/audit/body.hpp"
#include "security/crypto/hash.hpp"
#include "security/crypto/sbe1.hpp"

namespace sealbook::audit {
namespace {

constexpr std::string_view instance_log = "instance";
constexpr std::string_view tree_prefix = "sbal1";
constexpr std::string_view body_label = "sbal1 body";
constexpr std::string_view set_label = "sbal1 set";
constexpr std::uint16_t sealed_layout = 1;

// The keys of the sealed plaintext's map.
enum SealedKey : std::uint64_t { k_salt = 1, k_body = 2, k_set_salt = 3, k_subjects = 4 };

crypto::SealContext place_of(const EntryId& id, const EntryContext& context) {
  return {context.environment, context.log, "journal", DataClass::phi, id.bytes(), {}, 1};
}

std::unexpected<Error> refused(std::string_view what) {
  Error error = make_error(ErrorCode::integrity, "A journal body is not what it should be.");
  error.cause = what;
  return fail(std::move(error));
}

void sort_once(std::vector<PatientId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

Hash256 commit_sorted(const AuditSalt& salt, ByteView ids) {
  return crypto::sha256({as_bytes(set_label), salt, ids});
}

Bytes concatenated(const std::vector<PatientId>& ids) {
  Bytes out;
  out.reserve(ids.size() * 16);
  for (const PatientId& id : ids) append(out, id.bytes());
  return out;
}

struct SealedParts {
  AuditSalt salt{};
  ByteView body;
  AuditSalt set_salt{};
  ByteView subjects;  // 16 bytes each
};

template <std::size_t N>
Result<void> read_fixed(CborReader& in, std::array<std::uint8_t, N>& out) {
  TRY(value, in.bytes());
  if (value.size() != N) return refused("wrong length");
  std::copy(value.begin(), value.end(), out.begin());
  return {};
}

Result<SealedParts> split(ByteView plaintext) {
  SealedParts parts;
  CborReader in(plaintext);
  TRY(pairs, in.map());
  if (pairs != 2 && pairs != 4) return refused("wrong number of members");
  for (std::uint64_t expected = k_salt; expected <= pairs; ++expected) {
    TRY(key, in.key());
    if (key != expected) return refused("unknown member");
    if (key == k_salt) ENSURE(read_fixed(in, parts.salt));
    if (key == k_set_salt) ENSURE(read_fixed(in, parts.set_salt));
    if (key == k_body || key == k_subjects) {
      TRY(bytes, in.bytes());
      (key == k_body ? parts.body : parts.subjects) = bytes;
    }
  }
  ENSURE(in.finish());
  if (parts.subjects.size() % 16 != 0) return refused("torn list of subjects");
  return parts;
}

// The list of subjects, when it is the one that the body commits to.
Result<std::vector<PatientId>> subjects_of(const Body& body, const SealedParts& parts) {
  std::vector<PatientId> ids;
  if (body.subject) ids.push_back(*body.subject);
  for (std::size_t at = 0; at < parts.subjects.size(); at += 16)
    ids.push_back(PatientId::from_bytes(parts.subjects.subspan(at, 16)));
  if (body.subject && ids.size() != 1) return refused("a list beside a single subject");
  if (body.subject_count <= 1 && ids.size() > 1) return refused("a list that the body does not commit to");
  if (body.subject_count > 1) {
    if (ids.size() != body.subject_count) return refused("another number of subjects");
    if (std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>{}) != ids.end())
      return refused("subjects out of order or twice");
    if (commit_sorted(parts.set_salt, parts.subjects) != body.subject_set)
      return refused("another set of subjects");
  }
  return ids;
}

}  // namespace

std::string log_name(const TenantId& tenant) {
  return tenant.is_nil() ? std::string(instance_log) : tenant.text();
}

std::optional<TenantId> log_tenant(std::string_view log_name) {
  if (log_name == instance_log) return TenantId{};
  return TenantId::parse(log_name);
}

TreeEntry tree_entry(const AuditSalt& salt, ByteView body) {
  const Hash256 hash = crypto::sha256({as_bytes(body_label), salt, body});
  TreeEntry out;
  std::copy(tree_prefix.begin(), tree_prefix.end(), out.begin());
  std::copy(hash.begin(), hash.end(), out.begin() + tree_prefix.size());
  return out;
}

Hash256 commit_subjects(const AuditSalt& salt, std::vector<PatientId> subjects) {
  sort_once(subjects);
  return commit_sorted(salt, concatenated(subjects));
}

Bytes encode_body(const AuditEntry& entry, const Hash256& set_commitment) {
  Body body{.entry = entry};
  std::vector<PatientId> subjects = std::move(body.entry.subjects);
  body.entry.subjects.clear();
  sort_once(subjects);
  if (subjects.size() == 1) body.subject = subjects[0];
  if (subjects.size() > 1) {
    body.subject_count = subjects.size();
    body.subject_set = set_commitment;
  }
  return encode(body);
}

PreparedEntry prepare(const AuditEntry& entry, const crypto::DataKey& audit_key,
                      const EntryContext& context) {
  std::vector<PatientId> subjects = entry.subjects;
  sort_once(subjects);
  const bool is_list = subjects.size() > 1;
  const Bytes ids = is_list ? concatenated(subjects) : Bytes{};
  const auto salt = random_array<32>();
  const auto set_salt = is_list ? random_array<32>() : AuditSalt{};
  const Bytes body = encode_body(entry, is_list ? commit_sorted(set_salt, ids) : Hash256{});

  Bytes plaintext;
  plaintext.reserve(body.size() + ids.size() + 96);
  CborWriter out(plaintext);
  out.map(is_list ? 4 : 2).key(k_salt).bytes(salt).key(k_body).bytes(body);
  if (is_list) out.key(k_set_salt).bytes(set_salt).key(k_subjects).bytes(ids);

  PreparedEntry prepared{.id = new_id<EntryId>(), .entry = tree_entry(salt, body), .sealed = {}};
  prepared.sealed = crypto::seal(audit_key, place_of(prepared.id, context), sealed_layout, plaintext);
  wipe(plaintext.data(), plaintext.size());
  return prepared;
}

Result<OpenedEntry> open_entry(const EntryId& id, const TreeEntry& expected, ByteView sealed,
                               const crypto::DataKey& audit_key, const EntryContext& context) {
  TRY(header, crypto::parse_header(sealed));
  if (header.layout != sealed_layout) return refused("unknown layout");
  TRY(plaintext, crypto::open(audit_key, place_of(id, context), sealed));
  TRY(parts, split(plaintext));
  if (tree_entry(parts.salt, parts.body) != expected) return refused("not the body of this tree entry");
  TRY(body, decode_body(parts.body));
  TRY(subjects, subjects_of(body, parts));
  OpenedEntry opened{std::move(body.entry), parts.salt, Bytes(parts.body.begin(), parts.body.end())};
  opened.entry.subjects = std::move(subjects);
  wipe(plaintext.data(), plaintext.size());
  return opened;
}

}  // namespace sealbook::audit
