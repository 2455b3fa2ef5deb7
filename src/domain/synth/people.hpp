// Person number i of a seed: the same record wherever and whenever it is asked for.
//
// Up to 2.5 million people of one seed are told apart by birth date together with name, with
// telephone number and with e-mail address, so that an import proposes none as another's duplicate.
// Pure.
#pragma once

#include <cstdint>
#include <string>

#include "domain/directory/patient.hpp"

namespace sealbook::synth {

// SplitMix64 (Steele, Lea, Flood 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }

 private:
  std::uint64_t state_;
};

struct Person {
  std::string external_id;  // "P-000001"
  PatientRecord record;
};
Person person(std::uint64_t seed, std::size_t i);

// "Dr. Ana Sample": different for up to 2,000 practitioners of one seed.
std::string practitioner_name(std::uint64_t seed, std::size_t i);

}  // namespace sealbook::synth
