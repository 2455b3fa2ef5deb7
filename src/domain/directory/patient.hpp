// A patient: the person who is booked (FHIR Patient). A tenant's profile may show the word as
// participant, student or client.
//
// Data class and resting place of each field: identity and contacts are pii, needs and notes are
// phi; both are sealed under the person's own key, one blob per class (DECISIONS 10, 14).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/sensitive.hpp"

namespace sealbook {

struct HumanName {
  std::vector<SensitiveText> given;  // in order; the first is the everyday one
  SensitiveText family;
  std::optional<SensitiveText> second_family;  // as in Spanish names
  std::optional<SensitiveText> preferred;      // what to call the person
  bool operator==(const HumanName&) const = default;
};

enum class ContactKind : std::uint8_t { email, phone, address };

struct Contact {
  ContactKind kind = ContactKind::email;
  SensitiveText value;
  std::optional<SensitiveText> whose;  // "mother": an address may belong to somebody else
  std::optional<SensitiveText> label;  // "work"
  bool safe = true;                    // may be used without danger to the person
  bool voicemail_allowed = false;
  bool verified = false;
  bool typed_by_patient = false;  // by the person's own account: nothing goes there unless verified
  bool operator==(const Contact&) const = default;
};

struct Identifier {
  SensitiveText issuer;  // a registry, a hospital, an insurer
  SensitiveText value;
  bool operator==(const Identifier&) const = default;
};

struct PatientRecord {
  // pii
  HumanName name;
  Sensitive<std::chrono::year_month_day> birth_date;
  std::vector<Contact> contacts;
  std::vector<Identifier> identifiers;
  std::optional<SensitiveText> language;  // BCP 47
  // phi
  std::optional<SensitiveText> needs;
  std::optional<SensitiveText> note;
  bool operator==(const PatientRecord&) const = default;
};

}  // namespace sealbook
