// A libcurl handle as every outgoing call of ours starts: TLS 1.2 or newer, certificate and host
// name checked, no proxy or .netrc from the environment, no redirect, no signal. Only net/ includes
// this.
#pragma once

#include <curl/curl.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/assert.hpp"
#include "net/outgoing_timeouts.hpp"

namespace sealbook::net {

struct CurlFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlEasy = std::unique_ptr<CURL, CurlFree>;
using CurlList = std::unique_ptr<curl_slist, CurlFree>;

// `schemes` as CURLOPT_PROTOCOLS_STR wants them; an empty `ca_file` is the system's store. Aborts
// when there is no memory.
CurlEasy make_curl(const char* schemes, const std::filesystem::path& ca_file,
                   const OutgoingTimeouts& timeouts);

// A refused option is a bug: the options are ours.
template <class Value>
void set_option(CURL* handle, CURLoption option, Value value) {
  ASSERT(curl_easy_setopt(handle, option, value) == CURLE_OK);
}

CurlList make_list(std::initializer_list<std::string> lines);

}  // namespace sealbook::net
