// compose() puts values where a template names them: the last step of rendering, and the way in
// which the checker finds out how long an SMS can become.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/messages/template.hpp"

namespace sealbook::messages {

// By FieldName, made safe already. Empty: not known.
using FieldValues = std::array<std::string, field_rows.size()>;

// The values that a channel with this limit may show at this level; the others are emptied.
FieldValues permitted(FieldValues values, Channel channel, DetailLevel level);

// "(see your link)": what stands where a time or a place may not be told.
std::string_view neutral_phrase(Locale locale, const FieldValues& values,
                                const std::vector<Part>& parts);

// `instead` stands for a time or place without a value. Links get lines of their own; no more than
// one empty line in a row, none at the ends.
std::string compose(const std::vector<Part>& parts, const FieldValues& values,
                    std::string_view instead);

}  // namespace sealbook::messages
