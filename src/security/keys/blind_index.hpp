// Blind indexes: how a sealed value is found by equality without being readable
// (docs/formats/blind-index.md).
//
//   BI = first 16 bytes of HMAC-SHA256(key of tenant, table, column, generation; "bi1" ‖ normal form)
//
// Index values are not unique (a child has its mother's address). Write with of(), look up with
// lookups(), which gives the current and the previous generation. Only the columns listed here may
// have one; another, and one with few possible values, does not compile (ENC-12).
// Threads: any; the keys are immutable.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "security/crypto/mac.hpp"
#include "security/keys/normalise.hpp"

namespace sealbook::keys {

struct BlindIndexColumn {
  std::string_view table;
  std::string_view column;
  Normaliser normaliser;
  double possible_values;  // how many values a guesser with the key would have to try
};

inline constexpr double least_possible_values = 1e9;

inline constexpr std::array blind_index_columns{
    BlindIndexColumn{"patients", "email", Normaliser::email, 1e12},
    BlindIndexColumn{"patients", "phone", Normaliser::phone, 1e10},
    BlindIndexColumn{"patients", "identifier", Normaliser::identifier, 1e9},
    // Birth date and folded name together: 40,000 days times a million names.
    BlindIndexColumn{"patients", "person", Normaliser::identifier, 4e10},
    // Source system and old id together.
    BlindIndexColumn{"external_refs", "old_id", Normaliser::identifier, 1e9},
};

static_assert(std::ranges::all_of(blind_index_columns, [](const BlindIndexColumn& c) {
  return c.possible_values >= least_possible_values;
}), "a column with few possible values must not have a blind index: whoever holds it could count");

// The text of a template argument.
template <std::size_t N>
struct ColumnName {
  char text[N]{};
  consteval ColumnName(const char (&literal)[N]) { std::copy_n(literal, N, text); }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

// The place of "table.column" in the list, or its size when it is not there.
constexpr std::size_t blind_index_of(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return blind_index_columns.size();
  for (std::size_t i = 0; i < blind_index_columns.size(); ++i)
    if (blind_index_columns[i].table == name.substr(0, dot) &&
        blind_index_columns[i].column == name.substr(dot + 1))
      return i;
  return blind_index_columns.size();
}

struct BlindIndex {
  std::array<std::uint8_t, 16> value{};
  std::uint32_t generation = 0;
  std::uint8_t normaliser_version = 0;
  bool operator==(const BlindIndex&) const = default;
};

// The current generation first; the previous one, when there is one, second.
struct BlindIndexLookups {
  std::array<BlindIndex, 2> entries{};
  std::size_t count = 0;
  std::span<const BlindIndex> all() const { return {entries.data(), count}; }
};

class BlindIndexKeys {
 public:
  BlindIndexKeys() = default;

  // The value to store: of the current generation.
  template <ColumnName name, Normaliser kind>
  BlindIndex of(const Normalised<kind>& value) const {
    return compute(generations_.front(), column<name, kind>(), kind, value.value().reveal());
  }
  // The values to look for.
  template <ColumnName name, Normaliser kind>
  BlindIndexLookups lookups(const Normalised<kind>& value) const {
    BlindIndexLookups found;
    for (const Generation& generation : generations_)
      if (found.count < found.entries.size())
        found.entries[found.count++] =
            compute(generation, column<name, kind>(), kind, value.value().reveal());
    return found;
  }

  // Adds a generation, newest first: `key` is its 32 bytes. Called while keys are unwrapped.
  void add_older_generation(TenantId tenant, std::uint32_t generation, const Secret& key);

 private:
  struct Generation {
    std::uint32_t number = 0;
    std::vector<crypto::HmacSha256Key> columns;  // as in blind_index_columns
  };

  template <ColumnName name, Normaliser kind>
  static consteval std::size_t column() {
    constexpr std::size_t found = blind_index_of(name.view());
    static_assert(found < blind_index_columns.size(),
                  "this column may not have a blind index; see security/keys/blind_index.hpp");
    static_assert(found >= blind_index_columns.size() ||
                      blind_index_columns[found < blind_index_columns.size() ? found : 0]
                              .normaliser == kind,
                  "this column's blind index is made by another normaliser");
    return found;
  }
  static BlindIndex compute(const Generation& generation, std::size_t column, Normaliser kind,
                            std::string_view normal_form);

  std::vector<Generation> generations_;  // newest first
};

}  // namespace sealbook::keys
