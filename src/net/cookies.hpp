// Cookies as browsers send them (RFC 6265 section 4.2.1), and whether a request comes from our own
// pages. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace sealbook::net {

// The cookie of that name; nothing when it is absent, stands twice or is not base64url: no other
// cookie of ours exists.
std::optional<std::string> find_cookie(std::string_view header, std::string_view name);

// Sec-Fetch-Site is "same-origin"; without it, Origin names this host over https. Pages are sent
// with Referrer-Policy no-referrer, so browsers that know Fetch Metadata say Origin: null.
bool is_from_this_origin(const HttpRequest& request);

}  // namespace sealbook::net
