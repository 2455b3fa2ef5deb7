// Dice and zones for tests and benches: repeatable from one number.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/id.hpp"

namespace sealbook::scheduling::testing {

// SplitMix64: small, fast, and the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class T, std::size_t N>
  T one_of(const T (&values)[N]) {
    return values[next() % N];
  }
  template <class IdType>
  IdType id() {
    RawId raw;
    for (auto& byte : raw) byte = static_cast<std::uint8_t>(next());
    return IdType::from_raw(raw);
  }

 private:
  std::uint64_t state_;
};

// Changes at night and at midnight, by an hour, half an hour and two; offsets of :30 and :45; dates
// that were skipped (Apia 2011, Kwajalein 1993); rules that moved with Ramadan.
inline constexpr const char* zone_names[] = {"America/New_York",    "America/Los_Angeles",
                                             "America/St_Johns",    "America/Sao_Paulo",
                                             "America/Santiago",    "America/Asuncion",
                                             "America/Havana",      "America/Caracas",
                                             "America/Nuuk",        "Europe/London",
                                             "Europe/Berlin",       "Europe/Dublin",
                                             "Africa/Cairo",        "Africa/Casablanca",
                                             "Asia/Beirut",         "Asia/Gaza",
                                             "Asia/Tehran",         "Asia/Kabul",
                                             "Asia/Kolkata",        "Asia/Kathmandu",
                                             "Asia/Yangon",         "Asia/Pyongyang",
                                             "Australia/Eucla",     "Australia/Adelaide",
                                             "Australia/Lord_Howe", "Australia/Sydney",
                                             "Pacific/Auckland",    "Pacific/Chatham",
                                             "Pacific/Apia",        "Pacific/Kwajalein",
                                             "Pacific/Kiritimati",  "Pacific/Marquesas",
                                             "Antarctica/Troll",    "Etc/UTC"};

}  // namespace sealbook::scheduling::testing
