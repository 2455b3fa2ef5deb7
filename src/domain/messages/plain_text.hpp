// What may stand in the text of a message: characters, values made safe, links, and the alphabet of
// an SMS (3GPP TS 23.038, section 6.2.1). Pure; threads: any.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace sealbook::messages {

// The next character from `at`, which moves on; U+FFFD for a byte that is not UTF-8.
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& out, char32_t c);
std::size_t count_characters(std::string_view text);

// The pattern with the values where each % stands; both are the program's own.
std::string filled(std::string_view pattern, std::initializer_list<std::string_view> values);

// Controls, line separators, bidi marks, overrides and isolates, invisible and unassigned-for-text
// characters: they may change how the rest is read. \n is one as well.
bool is_unsafe(char32_t c);

// A value for the middle of a sentence: one line, no unsafe character, at most `longest`
// characters, and nothing in it that a mail program makes a link of ("http://…", "www.…", "a@b.c").
std::string plain_value(std::string_view raw, std::size_t longest);
// A telephone number: digits, spaces and + ( ) - . / only.
std::string plain_phone(std::string_view raw);
// The same without what separates its digits: "+12025550100".
std::string compact_phone(std::string_view raw);

// https:// and visible ASCII without quotes, angle brackets or another scheme; at most 500 bytes.
// http:// only to this machine.
bool is_plain_link(std::string_view text);
// 1 to 16 letters, digits and hyphens.
bool is_plain_code(std::string_view text);

// How many of the 160 places of an SMS the character takes; 0 when the alphabet lacks it.
std::size_t sms_places(char32_t c);
std::size_t sms_length(std::string_view text);
// The text in the SMS alphabet's one-place characters: accents that it lacks are dropped, what
// cannot be written becomes "?".
std::string to_sms(std::string_view text);
// The letter without its accent, for Latin letters of Spanish and its neighbours; else c.
char32_t without_accent(char32_t c);

}  // namespace sealbook::messages
