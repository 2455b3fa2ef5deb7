#include "domain/import/text.hpp"

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace sealbook::importing {
namespace {

constexpr std::string_view mark_utf8 = "\xEF\xBB\xBF";
constexpr std::uint32_t replacement = 0xFFFD;
constexpr std::size_t sample_bytes = 8192;

// 0x80 to 0x9F; 0: the encoding has nothing there.
constexpr std::array<std::uint16_t, 32> windows_upper{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool lacks(std::uint8_t byte) {
  return byte >= 0x80 && byte < 0xA0 && windows_upper[byte - 0x80] == 0;
}

// Says of a stream whether it is UTF-8 (RFC 3629: no overlong forms, no surrogates).
class Utf8Check {
 public:
  void feed(std::uint8_t byte) {
    if (left_ > 0) {
      valid_ = valid_ && byte >= low_ && byte <= high_;
      low_ = 0x80;
      high_ = 0xBF;
      --left_;
      return;
    }
    if (byte < 0x80) return;
    if (byte >= 0xC2 && byte <= 0xDF) left_ = 1;
    else if (byte >= 0xE0 && byte <= 0xEF) left_ = 2;
    else if (byte >= 0xF0 && byte <= 0xF4) left_ = 3;
    else valid_ = false;
    if (byte == 0xE0) low_ = 0xA0;
    if (byte == 0xED) high_ = 0x9F;
    if (byte == 0xF0) low_ = 0x90;
    if (byte == 0xF4) high_ = 0x8F;
  }
  bool valid() const { return valid_ && left_ == 0; }

 private:
  int left_ = 0;
  std::uint8_t low_ = 0x80, high_ = 0xBF;
  bool valid_ = true;
};

std::optional<Encoding> by_mark(std::string_view first) {
  if (first.starts_with(mark_utf8)) return Encoding::utf8;
  if (first.starts_with("\xFF\xFE")) return Encoding::utf16le;
  if (first.starts_with("\xFE\xFF")) return Encoding::utf16be;
  return std::nullopt;
}

// Text of any European language in UTF-16 has its zero bytes on one side.
std::optional<Encoding> by_zeros(std::string_view sample) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i)
    if (sample[i] == '\0') ++zeros[i % 2];
  const std::size_t units = sample.size() / 2;
  if (units == 0) return std::nullopt;
  if (zeros[1] * 3 > units && zeros[0] == 0) return Encoding::utf16le;
  if (zeros[0] * 3 > units && zeros[1] == 0) return Encoding::utf16be;
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::utf16le: return "UTF-16LE";
    case Encoding::utf16be: return "UTF-16BE";
    case Encoding::windows1252: return "Windows-1252";
  }
  return "";
}

Result<Encoding> find_encoding(ByteSource& source) {
  source.rewind();
  std::string sample;
  Utf8Check utf8;
  bool zeros = false, not_windows = false;
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) {
    if (sample.size() < sample_bytes) sample.append(piece.substr(0, sample_bytes - sample.size()));
    for (const char c : piece) {
      const auto byte = static_cast<std::uint8_t>(c);
      utf8.feed(byte);
      zeros = zeros || byte == 0;
      not_windows = not_windows || lacks(byte);
    }
  }
  source.rewind();
  const auto marked = by_mark(sample);
  if (marked && *marked != Encoding::utf8) return *marked;
  if (const auto wide = by_zeros(sample); wide && !marked) return *wide;
  if (!zeros && utf8.valid()) return Encoding::utf8;
  if (!zeros && !not_windows && !marked) return Encoding::windows1252;
  return fail(
      invalid_field("/encoding", "encoding",
                    "The text is neither UTF-8, UTF-16 nor Windows-1252; save it as UTF-8."));
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

// One 16-bit unit, its surrogates put together.
void Decoder::unit(std::uint32_t unit, std::string& out) {
  if (!begun_) {
    begun_ = true;
    if (unit == 0xFEFF) return;
  }
  if (surrogate_) {
    const std::uint32_t high = *surrogate_;
    surrogate_.reset();
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
      append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      return;
    }
    append_utf8(out, replacement);
  }
  if (unit >= 0xD800 && unit <= 0xDBFF) surrogate_ = unit;
  else append_utf8(out, unit >= 0xDC00 && unit <= 0xDFFF ? replacement : unit);
}

// Only the mark has to be taken off: find_encoding has seen that the rest is valid.
void Decoder::utf8(std::string_view piece, std::string& out) {
  if (begun_) {
    out += piece;
    return;
  }
  mark_ += piece;
  if (mark_.size() < mark_utf8.size() && mark_utf8.starts_with(mark_)) return;
  begun_ = true;
  out += std::string_view(mark_).substr(mark_.starts_with(mark_utf8) ? mark_utf8.size() : 0);
  mark_.clear();
}

void Decoder::decode(std::string_view piece, std::string& out) {
  if (encoding_ == Encoding::utf8) return utf8(piece, out);
  for (const char c : piece) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (encoding_ == Encoding::windows1252) {
      const bool upper = byte >= 0x80 && byte < 0xA0;
      append_utf8(out, upper ? (lacks(byte) ? replacement : windows_upper[byte - 0x80]) : byte);
    } else if (!half_) {
      half_ = byte;
    } else {
      const std::uint32_t first = *half_;
      half_.reset();
      unit(encoding_ == Encoding::utf16le ? first | std::uint32_t{byte} << 8 : first << 8 | byte,
           out);
    }
  }
}

void Decoder::finish(std::string& out) {
  if (half_ || surrogate_) append_utf8(out, replacement);
  out += mark_;
  mark_.clear();
}

}  // namespace sealbook::importing
