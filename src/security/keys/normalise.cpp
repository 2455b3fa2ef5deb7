#include "security/keys/normalise.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/cbor.hpp"

namespace sealbook::keys {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::unexpected<Error> broken(std::string rule) { return fail(ErrorCode::invalid, std::move(rule)); }

// Letters, digits and inner hyphens (RFC 1123 section 2.1).
bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos) return false;
  while (true) {
    const auto dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

// The dialled digits of a number, and whether it named its country.
struct Dialled {
  std::string digits;
  bool international = false;
};

Result<Dialled> read_dialled(std::string_view text) {
  Dialled number;
  if (text.starts_with('+')) {
    number.international = true;
    text.remove_prefix(1);
  }
  // "+44 (0)20 …": the bracketed trunk prefix is for callers inside the country.
  const auto bracketed = number.international ? text.find("(0)") : std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == bracketed) {
      i += 2;
      continue;
    }
    if (is_digit(text[i])) number.digits += text[i];
    else if (std::string_view(" -.()/").find(text[i]) == std::string_view::npos)
      return broken("A telephone number has digits, one leading +, and the separators space - . ( ) / only.");
  }
  if (!number.international && number.digits.starts_with("00")) {
    number.international = true;
    number.digits.erase(0, 2);
  }
  return number;
}

// Takes off what is dialled before a national number inside the country.
std::string without_trunk_prefix(std::string digits, std::string_view calling_code) {
  if (calling_code == "1") {
    if (digits.size() == 11 && digits.front() == '1') digits.erase(0, 1);
  } else if (calling_code == "7") {
    if (digits.size() == 11 && digits.front() == '8') digits.erase(0, 1);
  } else if (calling_code != "39" && digits.starts_with('0')) {  // Italy's 0 belongs to the number
    digits.erase(0, 1);
  }
  return digits;
}

}  // namespace

Result<NormalisedEmail> normalise_email(std::string_view text) {
  text = trimmed(text);
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || text.find('@') != at)
    return broken("An e-mail address has one @ with something before and after it.");
  if (text.size() > 254 || at > 64)
    return broken("An e-mail address has at most 64 bytes before the @ and 254 in all.");
  std::string normal(text);
  std::ranges::transform(normal, normal.begin(), lower);
  const std::string_view local = std::string_view(normal).substr(0, at);
  if (std::ranges::any_of(local, [](char c) { return is_control(c) || c == ' ' || c == '"'; }) ||
      !is_valid_utf8(local))
    return broken("An e-mail address has no spaces, quotes or control characters before the @.");
  if (!is_domain(std::string_view(normal).substr(at + 1)))
    return broken("The domain of an e-mail address is ASCII (an international one in its xn-- form) with a dot.");
  return NormalisedEmail(std::move(normal));
}

Result<NormalisedPhone> normalise_phone(std::string_view text, std::string_view calling_code) {
  if (calling_code.empty() || calling_code.size() > 3 || calling_code.front() == '0' ||
      !std::ranges::all_of(calling_code, is_digit))
    return broken("A country calling code has one to three digits and does not begin with 0.");
  TRY(number, read_dialled(trimmed(text)));
  const std::string digits =
      number.international ? number.digits
                           : std::string(calling_code) +
                                 without_trunk_prefix(number.digits, calling_code);
  if (number.digits.empty() || digits.size() < 8 || digits.size() > 15 || digits.front() == '0')
    return broken("A telephone number has 8 to 15 digits with its country code (E.164).");
  if (digits.front() == '1' && digits.size() != 11)
    return broken("A telephone number of country code 1 has ten digits after it.");
  return NormalisedPhone("+" + digits);
}

Result<NormalisedIdentifier> normalise_identifier(std::string_view issuer, std::string_view value) {
  issuer = trimmed(issuer);
  std::string normal_issuer(issuer);
  std::ranges::transform(normal_issuer, normal_issuer.begin(), lower);
  std::string normal_value;
  for (const char c : value)
    if (c != ' ') normal_value += upper(c);
  if (issuer.empty() || normal_value.empty() || issuer.size() > 255 || normal_value.size() > 255)
    return broken("An identifier has an issuer and a value, of at most 255 bytes each.");
  if (std::ranges::any_of(normal_issuer, is_control) || std::ranges::any_of(normal_value, is_control) ||
      !is_valid_utf8(normal_issuer) || !is_valid_utf8(normal_value))
    return broken("An identifier has no control characters.");
  Bytes joined;  // length-prefixed, so that no two pairs join to the same text
  append_u32(joined, static_cast<std::uint32_t>(normal_issuer.size()));
  append(joined, as_bytes(normal_issuer));
  append_u32(joined, static_cast<std::uint32_t>(normal_value.size()));
  append(joined, as_bytes(normal_value));
  return NormalisedIdentifier(std::string(as_text(joined)));
}

}  // namespace sealbook::keys
