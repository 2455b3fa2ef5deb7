// Errors as application/problem+json (RFC 9457): type "/problems/<slug>", title, status, detail,
// instance (the request id), errors [{pointer, rule, detail}], and the error's own members.
// `cause` never leaves.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "net/http_message.hpp"

namespace sealbook::api {

inline constexpr std::string_view problem_media_type = "application/problem+json";

std::string problem_json(const Error& error, std::string_view request_id);

// The whole answer: 401 brings WWW-Authenticate, 429 and 503 bring Retry-After (whole seconds).
net::HttpResponse problem_response(const Error& error, std::string_view request_id,
                                   int retry_after_s = 1);
// 405 with its Allow header.
net::HttpResponse method_not_allowed_response(std::string allow, std::string_view request_id);

}  // namespace sealbook::api
