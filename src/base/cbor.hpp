// Deterministic CBOR (RFC 8949 section 4.2.1) for the few shapes that stored bodies use.
//
// The subset: integers, byte strings, UTF-8 text, arrays, maps whose keys are unsigned integers in
// ascending order, booleans and null. Every value has one encoding: definite lengths, shortest
// heads, no duplicate keys, nothing after the last byte; the reader refuses everything else, so a
// body that was read and written again has the same bytes (and the same hash).
// Threads: a writer or a reader belongs to one thread. The reader borrows its input.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace sealbook {

enum class CborType : std::uint8_t { unsigned_integer, negative_integer, bytes, text, array, map, boolean, null };

inline constexpr std::size_t cbor_max_depth = 16;

// The open containers of a document, innermost last. Shared by the writer and the reader.
struct CborFrame {
  std::uint64_t values_left = 0;  // values that the container still lacks
  bool is_map = false;
  bool has_key = false;           // a key was given, its value is next
  bool has_last = false;          // last_key holds the key before
  std::uint64_t last_key = 0;
};

// Appends one document to a buffer. Counts are announced first and must be kept: a wrong count, a
// key out of order or invalid UTF-8 in text is a bug of the caller and ends the process (ASSERT).
class CborWriter {
 public:
  explicit CborWriter(Bytes& out) : out_(out) {}
  CborWriter(const CborWriter&) = delete;
  CborWriter& operator=(const CborWriter&) = delete;

  CborWriter& uint(std::uint64_t value);
  CborWriter& integer(std::int64_t value);
  CborWriter& bytes(ByteView value);
  CborWriter& text(std::string_view value);  // valid UTF-8
  CborWriter& boolean(bool value);
  CborWriter& null();
  CborWriter& array(std::size_t values);     // the next `values` values belong to it
  CborWriter& map(std::size_t pairs);        // the next `pairs` pairs of key() and value
  CborWriter& key(std::uint64_t key);        // strictly ascending within its map

  // True once the document's one outermost value is complete.
  bool complete() const { return started_ && depth_ == 0; }

 private:
  void head(std::uint8_t major, std::uint64_t argument);
  void begin_value();
  void open(std::uint64_t values, bool is_map);
  CborWriter& closed();  // leaves the containers that are now full

  Bytes& out_;
  std::array<CborFrame, cbor_max_depth> frames_{};
  std::size_t depth_ = 0;
  bool started_ = false;
};

// Pulls values out of one document in order. Every call fails with ErrorCode::integrity when the
// next item is of another type, not in its one encoding, or cut off; a failed reader stays failed.
//
//   CborReader in(body);
//   TRY(pairs, in.map());
//   for (std::size_t i = 0; i < pairs; ++i) { TRY(key, in.key()); … }
//   ENSURE(in.finish());
class CborReader {
 public:
  explicit CborReader(ByteView in) : in_(in) {}

  Result<CborType> peek();                 // the type of the next value
  Result<std::uint64_t> uint();
  Result<std::int64_t> integer();
  Result<ByteView> bytes();                // borrows the input
  Result<std::string_view> text();         // borrows the input; valid UTF-8
  Result<bool> boolean();
  Result<void> null();
  Result<std::size_t> array();             // the number of values
  Result<std::size_t> map();               // the number of pairs
  Result<std::uint64_t> key();
  Result<void> skip();                     // one whole value, checked as strictly as if read
  Result<void> finish();                   // one whole document was read and nothing follows

 private:
  struct Head {
    std::uint8_t major;
    std::uint64_t argument;
  };
  std::unexpected<Error> refuse(std::string_view rule);
  Result<Head> head();
  Result<Head> value_head(std::uint8_t major);
  Result<ByteView> string(std::uint8_t major);
  Result<std::size_t> open(std::uint8_t major);
  Result<void> begin_value();
  void close_full();

  ByteView in_;
  std::size_t at_ = 0;
  std::array<CborFrame, cbor_max_depth> frames_{};
  std::size_t depth_ = 0;
  bool started_ = false;
  bool failed_ = false;
};

bool is_valid_utf8(std::string_view text);  // RFC 3629: no surrogates, no overlong forms

}  // namespace sealbook
