// The templates that come with the program: every purpose, in English and Spanish, for e-mail, SMS
// and letter. Plain, warm and neutral: no name, no reason, no kind of clinic.
#pragma once

#include "domain/messages/template.hpp"

namespace sealbook::messages {

// The shipped template; null where none is shipped (voice, portal). Lives as long as the process.
const Template* find_shipped(Channel channel, Purpose purpose, Locale locale);
// Its subject: what an e-mail template without one gets.
std::string_view shipped_subject(Purpose purpose, Locale locale);

}  // namespace sealbook::messages
