// Luck decides what survives a power cut; the same seed gives the same decisions.
#pragma once

#include <cstdint>
#include <random>

namespace powercut {

class Luck {
 public:
  explicit Luck(std::uint64_t seed) : engine_(seed) {}

  // A number below `count`, which is not zero.
  std::uint64_t below(std::uint64_t count) { return engine_() % count; }
  bool chance(double probability) {
    return static_cast<double>(engine_() >> 11) * 0x1.0p-53 < probability;
  }

 private:
  std::mt19937_64 engine_;
};

// How kind a cut is to one file or one list of names: a third of them lose all, a third keep all,
// the rest keep some.
inline double draw_kindness(Luck& luck) {
  switch (luck.below(3)) {
    case 0: return 0.0;
    case 1: return 1.0;
    default: return static_cast<double>(luck.below(1000)) / 1000.0;
  }
}

}  // namespace powercut
