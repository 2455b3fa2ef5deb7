// What the server says itself, before any handler: a refusal, as a problem document (RFC 9457).
//
// Every refusal ends the connection: what came after a request that was not understood cannot be
// told from the next request (RFC 9112 section 11.2).
#pragma once

#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace sealbook::net {

struct Refusal {
  int status = 400;
  std::string_view slug;  // last segment of the problem's type
  std::string_view title;
  std::string_view detail;     // one sentence; never a part of the request
  std::string_view rule = {};  // when set: errors [{pointer "", rule, detail}]
};

namespace refusals {
extern const Refusal bad_request, bad_line_ending, bad_target, bad_host, misdirected, bad_framing,
    bad_chunk, unknown_coding, bad_version, header_too_large, too_many_headers, duplicate_header,
    unexpected_body, bad_expectation, json_too_large, body_too_large, too_busy, timeout, broken;
}

HttpResponse answer_of(const Refusal& refusal, std::string_view request_id);

}  // namespace sealbook::net
