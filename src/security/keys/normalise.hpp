// Normal forms of the values that blind indexes look up: e-mail addresses, telephone numbers,
// identifiers (docs/formats/blind-index.md has the rules). For comparing only: what is stored and
// shown is what the person wrote.
//
// Each rule set has a version, stored beside the index value; a change of rules is a new version.
// Refusals are ErrorCode::invalid with the broken rule; they never repeat the value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/sensitive.hpp"

namespace sealbook::keys {

enum class Normaliser : std::uint8_t { email = 1, phone = 2, identifier = 3 };

// The normal form of one value by one normaliser; made only by the functions below.
template <Normaliser kind>
class Normalised {
 public:
  const Sensitive<std::string>& value() const { return value_; }
  bool operator==(const Normalised&) const = default;

 private:
  friend Result<Normalised<Normaliser::email>> normalise_email(std::string_view);
  friend Result<Normalised<Normaliser::phone>> normalise_phone(std::string_view, std::string_view);
  friend Result<Normalised<Normaliser::identifier>> normalise_identifier(std::string_view,
                                                                         std::string_view);
  explicit Normalised(std::string value) : value_(std::move(value)) {}
  Sensitive<std::string> value_;
};

using NormalisedEmail = Normalised<Normaliser::email>;
using NormalisedPhone = Normalised<Normaliser::phone>;
using NormalisedIdentifier = Normalised<Normaliser::identifier>;

constexpr std::uint8_t normaliser_version(Normaliser) { return 1; }

// Trimmed, ASCII letters in lower case; no folding of dots or "+tags". The domain has to be ASCII
// (an internationalised one in its xn-- form).
Result<NormalisedEmail> normalise_email(std::string_view text);

// E.164: "+" and 8 to 15 digits. A number without "+" or "00" belongs to the plan of
// `calling_code` ("1", "34", "44"), without its trunk prefix.
Result<NormalisedPhone> normalise_phone(std::string_view text, std::string_view calling_code);

// Issuer and value together: a number names a person only within its issuer.
Result<NormalisedIdentifier> normalise_identifier(std::string_view issuer, std::string_view value);

}  // namespace sealbook::keys
