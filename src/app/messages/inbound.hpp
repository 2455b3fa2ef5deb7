// What comes back by mail, after its parsing: returned mails and answers of calendars. The token of the
// address it was sent to says which message it is about; nothing else of the mail is believed.
#pragma once

#include <string>
#include <string_view>

#include "app/messages/tokens.hpp"
#include "base/sensitive.hpp"
#include "domain/messages/ledger.hpp"

namespace sealbook::app {

enum class Taken : std::uint8_t { not_ours, nothing_to_do, recorded };

// What a report says of a mail: it may still arrive (changes nothing); it was refused, for its content,
// its sender or a full box (the message is marked and a task is opened); or its address does not
// exist: then the address is used no more for that person either.
enum class Failure : std::uint8_t { passing, refused, bad_address };
// `recipient`: whom the report is about. Of anybody but the message's own address it is a refusal at
// most: one fault of a server must not take every person's address away. A message that was sent
// more than bounces_believed ago is not touched.
inline constexpr Micros bounces_believed = std::chrono::days(14);
Result<Taken> take_bounce(App& app, std::string_view token, Failure failure, const SensitiveText& recipient);

// A METHOD:REPLY (RFC 5546) to the file of that message. Counts only for the version that was sent
// last and for the address it was sent to; that the answer came to the message's own secret address
// stands for its sender. Accepted confirms the visit; declined says that the person cannot come, and
// frees no time, as with the link alone (DECISIONS 24). Both through the use cases of booking.
Result<Taken> take_reply(App& app, std::string_view token, const SensitiveText& calendar);

}  // namespace sealbook::app
