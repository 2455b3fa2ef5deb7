// The form in which somebody says who they are, and the fields of a birth date, which a code asks
// for as well. What was typed stands in the form again when it has to be mended.
#pragma once

#include "app/links/public_booking.hpp"
#include "ui/page.hpp"

namespace sealbook::ui {

struct PersonForm {
  std::string path;   // where it is sent
  std::string again;  // where another time is chosen
  std::string offer;
  std::string challenge;
  int bits = 16;
  Html visit;  // what is being booked
  const Error* error = nullptr;
};
Html person_form(const PageCall& call, const PersonForm& form);
// Fails with `invalid`, by pointer: /name/given, /name/family, /email, /birth_date.
Result<app::links::PublicVisitor> read_person(const PageCall& call);

// Day, month and year as three fields, in the order of the language.
Html birth_fields(const PageCall& call, std::string_view wrong);
// Nothing when they hold no real date.
std::optional<Sensitive<std::chrono::year_month_day>> read_birth(const Fields& form);

// Whether an error names a field at or below that pointer.
bool names(const Error& error, std::string_view pointer);
// A path that a form brought back, when it leads below `base`; else `base`.
std::string_view own_path(std::string_view path, std::string_view base);

}  // namespace sealbook::ui
