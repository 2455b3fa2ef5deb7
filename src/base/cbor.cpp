#include "base/cbor.hpp"

#include <limits>

#include "base/assert.hpp"

namespace sealbook {
namespace {

constexpr std::uint8_t major_unsigned = 0;
constexpr std::uint8_t major_negative = 1;
constexpr std::uint8_t major_bytes = 2;
constexpr std::uint8_t major_text = 3;
constexpr std::uint8_t major_array = 4;
constexpr std::uint8_t major_map = 5;
constexpr std::uint8_t major_simple = 7;
constexpr std::uint64_t simple_false = 20;
constexpr std::uint64_t simple_true = 21;
constexpr std::uint64_t simple_null = 22;

// Marks one value of the innermost container as begun; closes nothing.
bool count_value(CborFrame& frame) {
  if (frame.values_left == 0 || frame.is_map != frame.has_key) return false;
  --frame.values_left;
  frame.has_key = false;
  return true;
}

bool count_key(CborFrame& frame, std::uint64_t key) {
  if (!frame.is_map || frame.has_key || frame.values_left == 0) return false;
  if (frame.has_last && key <= frame.last_key) return false;
  frame.has_key = frame.has_last = true;
  frame.last_key = key;
  return true;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<std::uint8_t>(text[i++]);
    if (lead < 0x80) continue;
    if (lead < 0xC2 || lead > 0xF4) return false;
    const std::size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if (text.size() - i < more) return false;
    std::uint32_t point = lead & (0x3F >> more);
    for (std::size_t n = 0; n < more; ++n, ++i) {
      const auto next = static_cast<std::uint8_t>(text[i]);
      if ((next & 0xC0) != 0x80) return false;
      point = point << 6 | (next & 0x3F);
    }
    if (more == 2 && (point < 0x800 || (point >= 0xD800 && point <= 0xDFFF))) return false;
    if (more == 3 && (point < 0x10000 || point > 0x10FFFF)) return false;
  }
  return true;
}

// ---- writer ----

void CborWriter::head(std::uint8_t major, std::uint64_t argument) {
  const auto type = static_cast<std::uint8_t>(major << 5);
  if (argument < 24) {
    out_.push_back(static_cast<std::uint8_t>(type | argument));
  } else if (argument <= 0xFF) {
    out_.push_back(type | 24);
    out_.push_back(static_cast<std::uint8_t>(argument));
  } else if (argument <= 0xFFFF) {
    out_.push_back(type | 25);
    append_u16(out_, static_cast<std::uint16_t>(argument));
  } else if (argument <= 0xFFFF'FFFF) {
    out_.push_back(type | 26);
    append_u32(out_, static_cast<std::uint32_t>(argument));
  } else {
    out_.push_back(type | 27);
    append_u64(out_, argument);
  }
}

void CborWriter::begin_value() {
  if (depth_ == 0) {
    ASSERT(!started_);
    started_ = true;
  } else {
    ASSERT(count_value(frames_[depth_ - 1]));
  }
}

void CborWriter::open(std::uint64_t values, bool is_map) {
  ASSERT(depth_ < cbor_max_depth);
  frames_[depth_++] = CborFrame{.values_left = values, .is_map = is_map};
}

CborWriter& CborWriter::uint(std::uint64_t value) {
  begin_value();
  head(major_unsigned, value);
  return closed();
}
CborWriter& CborWriter::integer(std::int64_t value) {
  begin_value();
  if (value >= 0) head(major_unsigned, static_cast<std::uint64_t>(value));
  else head(major_negative, ~static_cast<std::uint64_t>(value));
  return closed();
}
CborWriter& CborWriter::bytes(ByteView value) {
  begin_value();
  head(major_bytes, value.size());
  append(out_, value);
  return closed();
}
CborWriter& CborWriter::text(std::string_view value) {
  ASSERT(is_valid_utf8(value));
  begin_value();
  head(major_text, value.size());
  append(out_, as_bytes(value));
  return closed();
}
CborWriter& CborWriter::boolean(bool value) {
  begin_value();
  head(major_simple, value ? simple_true : simple_false);
  return closed();
}
CborWriter& CborWriter::null() {
  begin_value();
  head(major_simple, simple_null);
  return closed();
}
CborWriter& CborWriter::array(std::size_t values) {
  begin_value();
  head(major_array, values);
  open(values, false);
  return closed();
}
CborWriter& CborWriter::map(std::size_t pairs) {
  begin_value();
  head(major_map, pairs);
  open(pairs, true);
  return closed();
}
CborWriter& CborWriter::key(std::uint64_t key) {
  ASSERT(depth_ > 0 && count_key(frames_[depth_ - 1], key));
  head(major_unsigned, key);
  return *this;
}

CborWriter& CborWriter::closed() {
  while (depth_ > 0 && frames_[depth_ - 1].values_left == 0) --depth_;
  return *this;
}

// ---- reader ----

std::unexpected<Error> CborReader::refuse(std::string_view rule) {
  failed_ = true;
  Error error = make_error(ErrorCode::integrity);
  error.cause = "CBOR at byte " + std::to_string(at_) + ": " + std::string(rule);
  return std::unexpected(std::move(error));
}

// Reads an initial byte and its argument (section 3), shortest form only.
Result<CborReader::Head> CborReader::head() {
  if (failed_) return refuse("an earlier item was refused");
  if (at_ == in_.size()) return refuse("cut off");
  const std::uint8_t initial = in_[at_];
  const auto major = static_cast<std::uint8_t>(initial >> 5);
  const std::uint8_t low = initial & 0x1F;
  if (low < 24) {
    ++at_;
    return Head{major, low};
  }
  if (low > 27 || major == major_simple) return refuse("not of the subset");
  const std::size_t width = std::size_t{1} << (low - 24);
  if (in_.size() - at_ - 1 < width) return refuse("cut off");
  std::uint64_t argument = 0;
  for (std::size_t i = 0; i < width; ++i) argument = argument << 8 | in_[at_ + 1 + i];
  const std::uint64_t least = width == 1 ? 24 : std::uint64_t{1} << (width * 4);
  if (argument < least) return refuse("not the shortest form");
  at_ += 1 + width;
  return Head{major, argument};
}

Result<void> CborReader::begin_value() {
  if (failed_) return refuse("an earlier item was refused");
  if (depth_ == 0) {
    if (started_) return refuse("a second outermost value");
    started_ = true;
  } else if (!count_value(frames_[depth_ - 1])) {
    return refuse("a value where a key belongs");
  }
  return {};
}

void CborReader::close_full() {
  while (depth_ > 0 && frames_[depth_ - 1].values_left == 0) --depth_;
}

Result<CborReader::Head> CborReader::value_head(std::uint8_t major) {
  ENSURE(begin_value());
  TRY(found, head());
  if (found.major != major) return refuse("another type than expected");
  return found;
}

Result<CborType> CborReader::peek() {
  if (failed_) return refuse("an earlier item was refused");
  if (at_ == in_.size()) return refuse("cut off");
  const std::uint8_t initial = in_[at_];
  const std::uint8_t major = initial >> 5;
  if (major <= major_map) return static_cast<CborType>(major);
  if (major == major_simple && (initial & 0x1F) == simple_null) return CborType::null;
  if (major == major_simple && ((initial & 0x1F) | 1) == simple_true) return CborType::boolean;
  return refuse("not of the subset");
}

Result<std::uint64_t> CborReader::uint() {
  TRY(found, value_head(major_unsigned));
  close_full();
  return found.argument;
}

Result<std::int64_t> CborReader::integer() {
  ENSURE(begin_value());
  TRY(found, head());
  if (found.major > major_negative) return refuse("another type than expected");
  if (found.argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return refuse("an integer beyond 64 bits with sign");
  close_full();
  const auto value = static_cast<std::int64_t>(found.argument);
  return found.major == major_unsigned ? value : -1 - value;
}

Result<ByteView> CborReader::string(std::uint8_t major) {
  TRY(found, value_head(major));
  if (found.argument > in_.size() - at_) return refuse("cut off");
  const ByteView value = in_.subspan(at_, static_cast<std::size_t>(found.argument));
  at_ += value.size();
  close_full();
  return value;
}

Result<ByteView> CborReader::bytes() { return string(major_bytes); }

Result<std::string_view> CborReader::text() {
  TRY(value, string(major_text));
  if (!is_valid_utf8(as_text(value))) return refuse("text that is not UTF-8");
  return as_text(value);
}

Result<bool> CborReader::boolean() {
  TRY(found, value_head(major_simple));
  if (found.argument != simple_false && found.argument != simple_true)
    return refuse("another type than expected");
  close_full();
  return found.argument == simple_true;
}

Result<void> CborReader::null() {
  TRY(found, value_head(major_simple));
  if (found.argument != simple_null) return refuse("another type than expected");
  close_full();
  return {};
}

Result<std::size_t> CborReader::open(std::uint8_t major) {
  TRY(found, value_head(major));
  // Every value takes a byte at least: a count beyond the input is a lie, and callers reserve by it.
  const std::uint64_t most = (in_.size() - at_) / (major == major_map ? 2 : 1);
  if (found.argument > most) return refuse("cut off");
  if (depth_ == cbor_max_depth) return refuse("too deep");
  frames_[depth_++] = CborFrame{.values_left = found.argument, .is_map = major == major_map};
  close_full();
  return static_cast<std::size_t>(found.argument);
}

Result<std::size_t> CborReader::array() { return open(major_array); }
Result<std::size_t> CborReader::map() { return open(major_map); }

Result<std::uint64_t> CborReader::key() {
  TRY(found, head());
  if (found.major != major_unsigned) return refuse("a key that is no unsigned integer");
  if (depth_ == 0 || !count_key(frames_[depth_ - 1], found.argument))
    return refuse("a key out of order or out of place");
  return found.argument;
}

Result<void> CborReader::skip() {
  TRY(type, peek());
  switch (type) {
    case CborType::unsigned_integer: ENSURE(uint()); return {};
    case CborType::negative_integer: ENSURE(integer()); return {};
    case CborType::bytes: ENSURE(bytes()); return {};
    case CborType::text: ENSURE(text()); return {};
    case CborType::boolean: ENSURE(boolean()); return {};
    case CborType::null: return null();
    case CborType::array: {
      TRY(values, array());
      for (std::size_t i = 0; i < values; ++i) ENSURE(skip());
      return {};
    }
    case CborType::map: {
      TRY(pairs, map());
      for (std::size_t i = 0; i < pairs; ++i) {
        ENSURE(key());
        ENSURE(skip());
      }
      return {};
    }
  }
  std::unreachable();
}

Result<void> CborReader::finish() {
  if (failed_) return refuse("an earlier item was refused");
  if (!started_ || depth_ != 0) return refuse("cut off");
  if (at_ != in_.size()) return refuse("bytes after the document");
  return {};
}

}  // namespace sealbook
