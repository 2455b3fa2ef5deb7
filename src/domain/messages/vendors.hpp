// The vendors that data may be shared with, and what a regime asks for before it is (CONTROLS VEN).
//
// The list is what a fresh installation shows, each without an agreement until somebody records one.
// Numbers are stored: append, never renumber. The ids are stable.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/data_class.hpp"

namespace sealbook::messages {

struct Vendor {
  std::string_view id;
  std::string_view name;
  std::string_view service;   // what it is used for
  DataClass highest;          // what may reach it at most
};

inline constexpr std::array vendors{
    Vendor{"smtp", "Mail submission service", "email", DataClass::pii},
    Vendor{"sms", "SMS carrier", "sms", DataClass::pii},
    Vendor{"voice", "Telephone carrier", "voice", DataClass::pii},
    Vendor{"letter", "Printing and posting service", "letter", DataClass::pii},
    Vendor{"assistant", "Voice assistant", "assistant", DataClass::pii},
    Vendor{"payment", "Payment service", "payment", DataClass::pii},
    Vendor{"host", "Machine or cloud host", "hosting", DataClass::phi},
    Vendor{"identity", "Identity provider", "sign-in", DataClass::operational},
    Vendor{"backup", "Store of backups", "backup", DataClass::phi},
};
constexpr const Vendor* find_vendor(std::string_view id) {
  for (const Vendor& vendor : vendors)
    if (vendor.id == id) return &vendor;
  return nullptr;
}

// Business associate agreement (HIPAA), data processing agreement (GDPR, FERPA and the rest).
enum class AgreementKind : std::uint8_t { baa = 0, dpa = 1 };
enum class AgreementState : std::uint8_t { missing, in_force, expired };
// On what a transfer out of the European Economic Area rests (GDPR, chapter V).
enum class TransferBasis : std::uint8_t { none = 0, adequacy = 1, standard_clauses = 2, corporate_rules = 3, consent = 4 };

// ISO 3166-1 of the EEA. "EU" says that it stays inside.
constexpr bool is_in_eea(std::string_view region) {
  constexpr std::string_view list =
      "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO EU ";
  const auto found = region.size() == 2 ? list.find(region) : list.npos;
  return found != list.npos && found % 3 == 0;
}

}  // namespace sealbook::messages
