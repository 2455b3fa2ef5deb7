#include "net/https_client.hpp"

#include "net/curl_easy.hpp"

namespace sealbook::net {
namespace {

struct Answer {
  Bytes body;
  std::size_t most = 0;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* to) {
  auto& answer = *static_cast<Answer*>(to);
  const std::size_t bytes = size * count;
  if (answer.body.size() + bytes > answer.most) return 0;  // ends the transfer with an error
  append(answer.body, as_bytes({data, bytes}));
  return bytes;
}

bool is_unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '.' ||
         c == '_' || c == '*';
}

void append_encoded(Bytes& out, ByteView text) {
  constexpr char digits[] = "0123456789ABCDEF";
  for (const std::uint8_t c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
    } else if (c == ' ') {
      out.push_back('+');
    } else {
      out.push_back('%');
      out.push_back(static_cast<std::uint8_t>(digits[c >> 4]));
      out.push_back(static_cast<std::uint8_t>(digits[c & 15]));
    }
  }
}

}  // namespace

Secret form_body(const std::vector<std::pair<std::string_view, ByteView>>& fields) {
  std::size_t size = 0;
  for (const auto& [name, value] : fields) size += 3 * (name.size() + value.size()) + 2;
  Bytes out;
  out.reserve(size);  // so that no copy of a secret stays behind in a smaller buffer
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out.push_back('&');
    append_encoded(out, as_bytes(name));
    out.push_back('=');
    append_encoded(out, value);
  }
  return Secret(std::move(out));
}

Result<HttpsAnswer> HttpsClient::post_form(const EgressPermit&, const std::string& url,
                                           const Secret& body) const {
  const CurlEasy easy = make_curl("https", ca_file_, timeouts_);
  CURL* const handle = easy.get();
  Answer answer{{}, most_bytes_};
  answer.body.reserve(most_bytes_);
  const CurlList headers =
      make_list({"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"});
  const ByteView bytes = body.expose();
  set_option(handle, CURLOPT_URL, url.c_str());
  set_option(handle, CURLOPT_HTTPHEADER, headers.get());
  set_option(handle, CURLOPT_POST, 1L);
  set_option(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(bytes.size()));
  set_option(handle, CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(bytes.data()));
  set_option(handle, CURLOPT_WRITEFUNCTION, &take_body);
  set_option(handle, CURLOPT_WRITEDATA, static_cast<void*>(&answer));
  const CURLcode code = curl_easy_perform(handle);
  Secret received(std::move(answer.body));
  if (code != CURLE_OK) {
    Error error =
        make_error(ErrorCode::unavailable, "The other side could not be reached over HTTPS.");
    error.cause = curl_easy_strerror(code);
    return fail(std::move(error));
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return HttpsAnswer{status, std::move(received)};
}

}  // namespace sealbook::net
