// Reception's search: by words, by a contact, by an identifier, or who stands behind some ids.
//
// Words (name fragments, birth date, last digits in any order) are looked up in the directory in
// memory; contacts and identifiers through the blind indexes. Nobody is found who is out of reach.
// Every search is one entry of the journal, with the people it showed.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

inline constexpr std::size_t max_found = 20;

// Exactly one of them.
struct SearchPatients {
  std::optional<SensitiveText> text;
  std::optional<SensitiveText> contact;
  std::optional<Identifier> identifier;
  std::vector<PatientId> ids{};  // of people whom a list has named: at most max_found
};

struct FoundPatient {
  PatientId id;
  HumanName name;
  Sensitive<std::chrono::year_month_day> birth_date;
  std::optional<SensitiveText> phone_tail;  // last four digits of the first safe number
};

// Fails with `invalid` when not exactly one question is asked, or a contact has no normal form.
Result<std::vector<FoundPatient>> search_patients(CallContext& ctx, const SearchPatients& search);

}  // namespace sealbook::app
