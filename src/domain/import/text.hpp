// Finding out how a file's text is encoded, and decoding it to UTF-8, piece by piece.
//
// A byte order mark decides; without one, zero bytes in every other place mean UTF-16, valid UTF-8
// is UTF-8, and the rest is Windows-1252, which is what spreadsheets of the West still write.
// Threads: one per object.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sealbook::importing {

// Bytes that can be read twice: the first reading finds out, the second reads.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::string_view
  next() = 0;  // the next piece; empty at the end; valid until the next call
  virtual void rewind() = 0;
};

// Bytes at hand, in pieces.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes, std::size_t piece = 64 * 1024)
      : bytes_(bytes), piece_(piece) {}
  std::string_view next() override {
    const auto got = bytes_.substr(at_, piece_);
    at_ += got.size();
    return got;
  }
  void rewind() override { at_ = 0; }

 private:
  std::string_view bytes_;
  std::size_t piece_, at_ = 0;
};

enum class Encoding : std::uint8_t { utf8, utf16le, utf16be, windows1252 };
std::string_view to_text(Encoding encoding);  // "UTF-8"

// Reads the whole source once and rewinds it. Fails with `invalid` at "/encoding" when it can be
// none of them (zero bytes in the wrong places, bytes that Windows-1252 lacks).
Result<Encoding> find_encoding(ByteSource& source);

// Turns pieces into UTF-8; the byte order mark is left out. What cannot be decoded becomes U+FFFD,
// which no field may hold.
class Decoder {
 public:
  explicit Decoder(Encoding encoding) : encoding_(encoding) {}
  void decode(std::string_view piece, std::string& out);
  void finish(std::string& out);

 private:
  void unit(std::uint32_t unit, std::string& out);
  void utf8(std::string_view piece, std::string& out);
  Encoding encoding_;
  bool begun_ = false;
  std::optional<std::uint8_t> half_;        // of a 16-bit unit
  std::optional<std::uint32_t> surrogate_;  // that waits for its other half
  std::string mark_;  // first bytes, until it is clear whether they are a mark
};

void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace sealbook::importing
