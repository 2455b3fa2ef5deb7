#include "security/audit/bundle.hpp"

#include "base/assert.hpp"
#include "security/audit/merkle.hpp"

namespace sealbook::audit {
namespace {

constexpr std::uint8_t kind_sealed = 1;  // others are for bodies that have expired
constexpr std::size_t record_head = 1 + 16 + 8 + 4;
constexpr std::string_view publication_prefix = "sbll1";
constexpr std::size_t max_log_name = 64;

std::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorCode::integrity, "Not a bundle of the journal: " + std::string(what) + ".");
}

}  // namespace

void append_entry(Bytes& bundle, ByteView entry) {
  ASSERT(entry.size() <= 0xFFFF);
  append_u16(bundle, static_cast<std::uint16_t>(entry.size()));
  append(bundle, entry);
}

Result<std::size_t> split_entries(ByteView bundle, unsigned width, std::vector<ByteView>& out) {
  out.clear();
  std::size_t at = 0;
  for (unsigned i = 0; i < width; ++i) {
    if (bundle.size() - at < 2) return refused("too few entries");
    const std::size_t size = load_u16(bundle.data() + at);
    if (bundle.size() - at - 2 < size) return refused("a torn entry");
    out.push_back(bundle.subspan(at + 2, size));
    at += 2 + size;
  }
  return at;
}

void begin_bodies(Bytes& bundle, const Hash256& chain_before) {
  bundle.assign(chain_before.begin(), chain_before.end());
}

void append_body(Bytes& bundle, const BodyRecord& record) {
  bundle.push_back(kind_sealed);
  append(bundle, record.id.bytes());
  append_u64(bundle, record.sequenced_at);
  append_u32(bundle, static_cast<std::uint32_t>(record.sealed.size()));
  append(bundle, record.sealed);
}

Result<std::size_t> split_bodies(ByteView bundle, unsigned width, Hash256& chain_before,
                                 std::vector<BodyRecord>& out) {
  out.clear();
  if (bundle.size() < chain_before.size()) return refused("too short");
  std::copy_n(bundle.begin(), chain_before.size(), chain_before.begin());
  std::size_t at = chain_before.size();
  for (unsigned i = 0; i < width; ++i) {
    if (bundle.size() - at < record_head) return refused("too few bodies");
    const std::uint8_t* head = bundle.data() + at;
    if (head[0] != kind_sealed) return refused("unknown kind of body");
    const std::size_t size = load_u32(head + 25);
    if (bundle.size() - at - record_head < size) return refused("a torn body");
    out.push_back({EntryId::from_bytes(bundle.subspan(at + 1, 16)), load_u64(head + 17),
                   bundle.subspan(at + record_head, size)});
    at += record_head + size;
  }
  return at;
}

Hash256 chain_next(const Hash256& chain, const BodyRecord& record) {
  constexpr std::string_view label = "sbac1";
  std::array<std::uint8_t, 5 + 32 + 16 + 8 + 32> input;
  std::uint8_t* at = std::copy(label.begin(), label.end(), input.begin());
  at = std::copy(chain.begin(), chain.end(), at);
  at = std::copy(record.id.raw().begin(), record.id.raw().end(), at);
  for (int shift = 56; shift >= 0; shift -= 8) *at++ = static_cast<std::uint8_t>(record.sequenced_at >> shift);
  const Hash256 sealed = sha256(record.sealed);
  std::copy(sealed.begin(), sealed.end(), at);
  return sha256(input);
}

Bytes encode(const Publication& publication) {
  ASSERT(publication.log.size() <= max_log_name);
  Bytes out;
  append(out, as_bytes(publication_prefix));
  out.push_back(static_cast<std::uint8_t>(publication.log.size()));
  append(out, as_bytes(publication.log));
  append_u64(out, publication.size);
  append(out, publication.root);
  append(out, publication.bodies);
  append_u64(out, publication.published_at);
  return out;
}

Result<Publication> parse_publication(ByteView entry) {
  const std::size_t head = publication_prefix.size() + 1;
  if (entry.size() < head || as_text(entry.first(head - 1)) != publication_prefix)
    return refused("unknown leaf of the log of logs");
  const std::size_t name = entry[head - 1];
  if (name == 0 || name > max_log_name || entry.size() != head + name + 8 + 32 + 32 + 8)
    return refused("a leaf of the log of logs has the wrong length");
  Publication out;
  out.log = std::string(as_text(entry.subspan(head, name)));
  const std::uint8_t* at = entry.data() + head + name;
  out.size = load_u64(at);
  std::copy_n(at + 8, 32, out.root.begin());
  std::copy_n(at + 40, 32, out.bodies.begin());
  out.published_at = load_u64(at + 72);
  return out;
}

}  // namespace sealbook::audit
