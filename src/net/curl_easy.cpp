#include "net/curl_easy.hpp"

namespace sealbook::net {
namespace {

// Once, before any thread uses libcurl; a function's static is made once.
bool curl_is_ready() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

}  // namespace

CurlEasy make_curl(const char* schemes, const std::filesystem::path& ca_file,
                   const OutgoingTimeouts& timeouts) {
  ASSERT(curl_is_ready());
  CurlEasy easy(curl_easy_init());
  ASSERT(easy != nullptr);
  CURL* const handle = easy.get();
  set_option(handle, CURLOPT_NOSIGNAL, 1L);
  set_option(handle, CURLOPT_PROTOCOLS_STR, schemes);
  set_option(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(handle, CURLOPT_PROXY, "");
  set_option(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set_option(handle, CURLOPT_NOPROGRESS, 1L);
  set_option(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set_option(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set_option(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!ca_file.empty()) {
    set_option(handle, CURLOPT_CAINFO, ca_file.c_str());
    set_option(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // that file alone
  }
  set_option(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeouts.connect.count()));
  set_option(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeouts.whole.count()));
  set_option(handle, CURLOPT_MAXAGE_CONN, static_cast<long>(timeouts.idle.count() / 1000));
  return easy;
}

CurlList make_list(std::initializer_list<std::string> lines) {
  CurlList list;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    ASSERT(longer != nullptr);
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

}  // namespace sealbook::net
