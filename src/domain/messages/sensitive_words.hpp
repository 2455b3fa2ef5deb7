// Words that tell the kind of clinic or the reason of a visit, in English and Spanish: they stand
// in no message of a channel that others can read (DECISIONS 25).
#pragma once

#include <string_view>

#include "domain/messages/parse_parts.hpp"

namespace sealbook::messages {

// Rule "sensitive_word". Whole words, whatever their case and accents; channels for operational
// data only. A list finds what it lists: approving a template stays a person's work.
void check_sensitive_words(std::string_view text, Channel channel, Complaints& complaints);

}  // namespace sealbook::messages
