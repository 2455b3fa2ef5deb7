// Puts an answer on the wire: status line, the security headers that every answer bears, its own
// headers, and the body.
//
// A header that would break the framing (a control character in its name or value) is a bug of the
// handler: the answer becomes a 500 instead (RFC 9110 section 5.5).
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "net/http_message.hpp"

namespace sealbook::net {

struct AnswerContext {
  std::string_view request_id;
  std::string_view date;  // http_date()
  bool is_head = false;   // the body's length is told, the body is not sent
  bool keep_alive = true;
};

// Appends the whole answer to `out`.
void append_answer(std::string& out, const HttpResponse& response, const AnswerContext& context);

std::string http_date(Instant now);  // "Sun, 22 Nov 2026 10:00:00 GMT" (RFC 9110 section 5.6.7)

}  // namespace sealbook::net
