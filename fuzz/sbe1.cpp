// Fuzzes sealed values before and behind their tag. The first byte chooses how the rest is used:
//   'r'  as a blob: it opens only if it is the one blob that this harness sealed;
//   'p'  as padded content of any shape under a right commitment and tag: what opens must be padded
//        exactly as seal() pads;
//   's'  as a plaintext: it is sealed, opened, and read as a CBOR body, which has one encoding;
//   'k'  as a wrapped key: nothing but the one that was wrapped unwraps.
#include <cstdint>
#include <cstdlib>

#include "base/cbor.hpp"
#include "security/crypto/aead.hpp"
#include "security/crypto/key_wrap.hpp"
#include "security/crypto/sbe1.hpp"

using namespace sealbook;

namespace {

const Secret dek(as_bytes("a data key for fuzzing, 32 bytes"));
const crypto::KeyId key_id = crypto::KeyId::from_raw({1, 2, 3, 4, 5, 6, 7, 8});
const crypto::DataKey key(key_id, 1, dek);
const TenantId tenant = TenantId::from_raw({9});
const crypto::SealContext where{.environment = "fuzz", .tenant = tenant, .table = "patients",
                                .data_class = DataClass::pii, .row_id = {}, .subject_id = {}, .row_version = 1};
constexpr std::array<std::uint8_t, 32> salt{1, 2, 3};
const Bytes sealed = crypto::seal_with_salt(key, where, 1, as_bytes("a note"), salt);

const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

void check_blob(ByteView blob) {
  const auto opened = crypto::open(key, where, blob);
  require(opened.has_value() == std::ranges::equal(blob, sealed));
  if (!opened) require(opened.error().code == ErrorCode::integrity);
  if (const auto header = crypto::parse_header(blob)) require(blob.size() >= crypto::sbe1_overhead + 16);
}

// Copies the next value; false when the reader refuses it.
bool copy(CborReader& in, CborWriter& out) {
  const auto keep = [](const auto& value, auto write) {
    if (value) write(*value);
    return value.has_value();
  };
  const auto type = in.peek();
  if (!type) return false;
  switch (*type) {
    case CborType::unsigned_integer: return keep(in.uint(), [&](auto v) { out.uint(v); });
    case CborType::negative_integer: return keep(in.integer(), [&](auto v) { out.integer(v); });
    case CborType::bytes: return keep(in.bytes(), [&](auto v) { out.bytes(v); });
    case CborType::text: return keep(in.text(), [&](auto v) { out.text(v); });
    case CborType::boolean: return keep(in.boolean(), [&](auto v) { out.boolean(v); });
    case CborType::null:
      if (!in.null()) return false;
      out.null();
      return true;
    case CborType::array:
    case CborType::map: break;
  }
  const bool is_map = *type == CborType::map;
  const auto count = is_map ? in.map() : in.array();
  if (!count) return false;
  is_map ? out.map(*count) : out.array(*count);
  for (std::size_t i = 0; i < *count; ++i) {
    if (is_map && !keep(in.key(), [&](auto k) { out.key(k); })) return false;
    if (!copy(in, out)) return false;
  }
  return true;
}

void check_cbor(ByteView body) {
  CborReader in(body);
  Bytes again;
  CborWriter out(again);
  if (copy(in, out) && in.finish()) require(std::ranges::equal(again, body));
}

// As docs/formats/sbe1.md has it, around content that seal() would never make.
void check_content(ByteView content) {
  constexpr std::uint8_t label[] = {'S', 'B', 'E', '1', 1};
  constexpr std::uint8_t counter = 1;
  Bytes blob{0x53, 1, 1, 0, 1};
  append(blob, key_id.bytes());
  append_u32(blob, 1);
  append(blob, salt);
  const auto derived = key.derivation().mac({label, ByteView(blob).subspan(5, 44), ByteView(&counter, 1)});
  append(blob, ByteView(derived).last(32));
  Bytes aad;
  for (const ByteView part : {as_bytes("fuzz"), tenant.bytes(), as_bytes("patients")}) {
    append_u32(aad, static_cast<std::uint32_t>(part.size()));
    append(aad, part);
  }
  aad.push_back(2);
  append_u64(aad, 0);  // row and subject are empty: two lengths of zero
  append_u64(aad, 1);
  append(aad, blob);
  Bytes padded(content.begin(), content.end());
  std::array<std::uint8_t, 16> tag;
  crypto::aes256_gcm_encrypt(ByteView(derived).first(32), std::array<std::uint8_t, 12>{}, aad, padded, tag);
  append(blob, padded);
  append(blob, tag);

  const auto opened = crypto::open(key, where, blob);
  if (opened) require(crypto::seal_with_salt(key, where, 1, *opened, salt) == blob);
}

void check_body(ByteView plaintext) {
  const auto opened = crypto::open(key, where, crypto::seal(key, where, 1, plaintext));
  require(opened && std::ranges::equal(*opened, plaintext));
  check_cbor(*opened);
  if (CborReader body(*opened); planted && body.map() && body.key() && body.array()) __builtin_trap();
}

void check_wrapped(ByteView wrapped) {
  static const crypto::WrapContext context = crypto::WrapContext().part("fuzz");
  static const Bytes genuine = crypto::wrap_key(key.derivation(), context, dek);
  require(crypto::unwrap_key(key.derivation(), context, wrapped).has_value() ==
          std::ranges::equal(wrapped, genuine));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  if (data[0] == 'r') check_blob(rest);
  else if (data[0] == 'p') check_content(rest);
  else if (data[0] == 's') check_body(rest);
  else if (data[0] == 'k') check_wrapped(rest);
  return 0;
}
