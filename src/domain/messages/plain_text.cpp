#include "domain/messages/plain_text.hpp"

#include <algorithm>
#include <array>

namespace sealbook::messages {
namespace {

constexpr char32_t replacement = 0xfffd;

struct Range {
  char32_t first, last;
};
// Beyond what the API refuses in every text: marks and fillers that are invisible, and tags.
constexpr Range unsafe[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},
    {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f},
    {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xd800, 0xdfff}, {0xfdd0, 0xfdef},
    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};

bool is_space(char32_t c) {
  return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
         c == 0x205f || c == 0x3000;
}
bool is_alnum(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xc0;
}
bool is_letter(char32_t c) { return is_alnum(c) && !(c >= '0' && c <= '9'); }
// Full stops that a browser reads as the dot of a host name.
bool is_dot(char32_t c) { return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61; }

// Whether a space has to stand between two neighbours, so that no program sees a link there.
bool would_link(char32_t before, char32_t c) {
  if (is_dot(before) && is_letter(c)) return true;               // example.test
  if (before == ':' && (c == '/' || is_letter(c))) return true;  // http:, mailto:, tel:
  if (before == ':' && c == '+') return true;                    // tel:+1
  if (before == '/' && c == '/') return true;
  if (before == '@' && is_alnum(c)) return true;
  return false;
}

constexpr std::u32string_view sms_one_place =
    U"@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    U"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view sms_two_places = U"^{}\\[~]|€";

// Typography that the SMS alphabet writes otherwise.
struct Spelling {
  char32_t c;
  std::string_view text;
};
constexpr Spelling sms_spellings[] = {
    {0x2018, "'"}, {0x2019, "'"}, {0x201c, "\""},  {0x201d, "\""},  {0xab, "\""},  {0xbb, "\""},
    {0x2010, "-"}, {0x2011, "-"}, {0x2013, "-"},   {0x2014, "-"},   {0x2212, "-"}, {0xb7, "-"},
    {'[', "("},    {']', ")"},    {'{', "("},      {'}', ")"},      {'~', "-"},    {'^', "-"},
    {'\\', "/"},   {'|', "/"},    {0x20ac, "EUR"}, {0x2026, "..."}, {'`', "'"},    {0xb4, "'"},
    {0xaa, "a"},   {0xba, "o"}};

struct Accent {
  std::u32string_view letters;
  char32_t plain;
};
constexpr Accent accents[] = {
    {U"áàâãäåā", 'a'}, {U"ÁÀÂÃÄÅĀ", 'A'}, {U"çćč", 'c'},   {U"ÇĆČ", 'C'}, {U"éèêëēę", 'e'},
    {U"ÉÈÊËĒĘ", 'E'},  {U"íìîïī", 'i'},   {U"ÍÌÎÏĪ", 'I'}, {U"ñń", 'n'},  {U"ÑŃ", 'N'},
    {U"óòôõöøō", 'o'}, {U"ÓÒÔÕÖØŌ", 'O'}, {U"šś", 's'},    {U"ŠŚ", 'S'},  {U"úùûüū", 'u'},
    {U"ÚÙÛÜŪ", 'U'},   {U"ýÿ", 'y'},      {U"ÝŸ", 'Y'},    {U"žźż", 'z'}, {U"ŽŹŻ", 'Z'},
    {U"ł", 'l'},       {U"Ł", 'L'}};

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80) return first;
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4 || text.size() - at < static_cast<std::size_t>(more))
    return replacement;
  char32_t c = first & (0x3fU >> static_cast<unsigned>(more));
  std::size_t next = at;
  for (int i = 0; i < more; ++i, ++next) {
    const auto byte = static_cast<unsigned char>(text[next]);
    if ((byte & 0xc0U) != 0x80) return replacement;
    c = c << 6 | (byte & 0x3fU);
  }
  constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
  if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return replacement;
  at = next;
  return c;
}

void append_character(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xe0 | c >> 12);
    } else {
      put(0xf0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3f));
    }
    put(0x80 | (c >> 6 & 0x3f));
  }
  put(0x80 | (c & 0x3f));
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_character(text, at);
  return count;
}

std::string filled(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string out;
  const auto* value = values.begin();
  for (const char c : pattern) {
    if (c == '%' && value != values.end()) out += *value++;
    else out += c;
  }
  return out;
}

bool is_unsafe(char32_t c) {
  if ((c & 0xfffe) == 0xfffe) return true;  // noncharacters
  return std::ranges::any_of(unsafe, [c](Range r) { return c >= r.first && c <= r.last; });
}

std::string plain_value(std::string_view raw, std::size_t longest) {
  std::string out;
  std::size_t count = 0;
  char32_t before = 0;
  bool gap = false;
  for (std::size_t at = 0; at < raw.size();) {
    const char32_t c = next_character(raw, at);
    // What separates lines becomes a space; what is invisible goes without a trace.
    if (is_space(c) || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0x2028 || c == 0x2029) {
      gap = !out.empty();
      continue;
    }
    if (is_unsafe(c)) continue;
    const bool apart = gap || (!out.empty() && would_link(before, c));
    if (count + (apart ? 2 : 1) > longest) break;
    if (apart) out += ' ';
    append_character(out, c);
    count += apart ? 2 : 1;
    before = c;
    gap = false;
  }
  return out;
}

std::string plain_phone(std::string_view raw) {
  std::string out;
  for (const char c : raw)
    if ((c >= '0' && c <= '9') || std::string_view(" +()-./").contains(c)) out += c;
  while (out.ends_with(' ')) out.pop_back();
  const auto digits = std::ranges::count_if(out, [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 3 ? out : std::string();
}

std::string compact_phone(std::string_view raw) {
  std::string out = plain_phone(raw);
  std::erase_if(out, [](char c) { return std::string_view(" ()-./").contains(c); });
  return out;
}

bool is_plain_link(std::string_view text) {
  if (text.size() > 500) return false;
  std::string_view rest = text;
  if (rest.starts_with("https://")) rest.remove_prefix(8);
  else if (rest.starts_with("http://localhost") || rest.starts_with("http://127.0.0.1"))
    rest.remove_prefix(7);
  else return false;
  if (rest.empty() || rest.front() == '/' || rest.contains("://")) return false;
  return std::ranges::all_of(rest, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~:/?#&=%[]@+,").contains(c);
  });
}

bool is_plain_code(std::string_view text) {
  return !text.empty() && text.size() <= 16 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

std::size_t sms_places(char32_t c) {
  if (sms_one_place.contains(c)) return 1;
  return sms_two_places.contains(c) ? 2 : 0;
}

std::size_t sms_length(std::string_view text) {
  std::size_t places = 0;
  for (std::size_t at = 0; at < text.size();) places += sms_places(next_character(text, at));
  return places;
}

char32_t without_accent(char32_t c) {
  if (c < 0x80) return c;
  for (const Accent& accent : accents)
    if (accent.letters.contains(c)) return accent.plain;
  return c;
}

std::string to_sms(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (sms_places(c) == 1) {
      append_character(out, c);
      continue;
    }
    const auto* spelling = std::ranges::find(sms_spellings, c, &Spelling::c);
    if (spelling != std::end(sms_spellings)) {
      out += spelling->text;
      continue;
    }
    const char32_t plain = without_accent(c);
    append_character(out, sms_places(plain) == 1 ? plain : U'?');
  }
  return out;
}

}  // namespace sealbook::messages
