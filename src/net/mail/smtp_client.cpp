#include "net/mail/smtp_client.hpp"

#include <cstring>

#include "net/curl_easy.hpp"
#include "net/mail/header_text.hpp"
#include "net/mail/smtp_dialogue.hpp"

namespace sealbook::net::mail {

struct SmtpClient::Connection {
  CurlEasy easy;
  SmtpDialogue dialogue;
  std::string_view unsent;  // of the message that is on its way
  bool content_began = false;
};

namespace {

std::size_t give_content(char* into, std::size_t size, std::size_t count, void* of) {
  auto& [unsent, began] = *static_cast<std::pair<std::string_view*, bool*>*>(of);
  *began = true;
  const std::size_t bytes = std::min(size * count, unsent->size());
  std::memcpy(into, unsent->data(), bytes);
  unsent->remove_prefix(bytes);
  return bytes;
}

int follow(CURL*, curl_infotype type, char* data, std::size_t size, void* of) {
  auto& dialogue = *static_cast<SmtpDialogue*>(of);
  if (type == CURLINFO_HEADER_OUT) dialogue.sent({data, size});
  if (type == CURLINFO_HEADER_IN) dialogue.received({data, size});
  return 0;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// A Secret as the C string that libcurl copies; wiped afterwards.
void set_secret(CURL* handle, CURLoption option, const Secret& secret) {
  const ByteView bytes = secret.expose();
  std::string text(as_text(bytes));
  set_option(handle, option, text.c_str());
  wipe(text.data(), text.size());
}

bool is_tls_failure(CURLcode code) {
  switch (code) {
    case CURLE_USE_SSL_FAILED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_SHUTDOWN_FAILED: return true;
    default: return false;
  }
}

SmtpFailure failure_of(CURLcode code, const SmtpDialogue& dialogue) {
  if (code == CURLE_OK) return SmtpFailure::none;
  if (is_tls_failure(code)) return SmtpFailure::unsafe;
  if (dialogue.code() >= 400)
    return dialogue.stage() == SmtpStage::login ? SmtpFailure::login : SmtpFailure::reply;
  if (code == CURLE_LOGIN_DENIED) return SmtpFailure::login;
  if (code == CURLE_OPERATION_TIMEDOUT) return SmtpFailure::timed_out;
  return SmtpFailure::unreachable;
}

}  // namespace

SmtpClient::SmtpClient(SmtpSettings settings) : settings_(std::move(settings)) {}
SmtpClient::~SmtpClient() = default;

std::unique_ptr<SmtpClient::Connection> SmtpClient::make_connection() const {
  auto made = std::make_unique<Connection>();
  const bool implicit = settings_.tls == SmtpTls::implicit;
  made->easy = make_curl(implicit ? "smtps" : "smtp", settings_.ca_file, settings_.timeouts);
  CURL* const handle = made->easy.get();
  const std::string url = (implicit ? "smtps://" : "smtp://") + settings_.host + ":" +
                          std::to_string(settings_.port) + "/" + settings_.own_name;
  set_option(handle, CURLOPT_URL, url.c_str());
  set_option(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  set_option(handle, CURLOPT_UPLOAD, 1L);
  set_option(handle, CURLOPT_READFUNCTION, &give_content);
  set_option(handle, CURLOPT_WRITEFUNCTION, &drop);
  set_option(handle, CURLOPT_HEADERFUNCTION, &drop);
  set_option(handle, CURLOPT_DEBUGFUNCTION,
             &follow);  // sees commands and replies; nothing is printed
  set_option(handle, CURLOPT_DEBUGDATA, static_cast<void*>(&made->dialogue));
  set_option(handle, CURLOPT_VERBOSE, 1L);
  if (!settings_.user.empty()) {
    set_option(handle, CURLOPT_USERNAME, settings_.user.c_str());
    if (settings_.tokens) {
      set_option(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
    } else {
      set_option(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
      set_secret(handle, CURLOPT_PASSWORD, settings_.password);
    }
  }
  return made;
}

std::unique_ptr<SmtpClient::Connection> SmtpClient::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());  // the one used last: the likeliest to be open
      idle_.pop_back();
      return connection;
    }
  }
  return make_connection();
}

void SmtpClient::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < settings_.most_idle) idle_.push_back(std::move(connection));
}

bool SmtpClient::set_credentials(const EgressPermit& permit, Connection& connection) {
  if (!settings_.tokens || settings_.user.empty()) return true;
  const auto token = settings_.tokens->token(permit);
  if (!token) return false;
  set_secret(connection.easy.get(), CURLOPT_XOAUTH2_BEARER, *token);
  return true;
}

SmtpResult SmtpClient::send_once(const EgressPermit& permit, const Envelope& envelope,
                                 std::string_view message, Try which, bool& may_repeat) {
  auto connection = take();
  CURL* const handle = connection->easy.get();
  may_repeat = false;
  connection->dialogue.restart();
  if (!set_credentials(permit, *connection)) {
    give_back(std::move(connection));
    return {SmtpFailure::login, SmtpStage::connect, 0, "", "no token"};
  }
  connection->unsent = message;
  connection->content_began = false;
  std::pair<std::string_view*, bool*> content{&connection->unsent, &connection->content_began};
  const CurlList to = make_list({"<" + envelope.to + ">"});
  set_option(handle, CURLOPT_MAIL_FROM, ("<" + envelope.from + ">").c_str());
  set_option(handle, CURLOPT_MAIL_RCPT, to.get());
  set_option(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
  set_option(handle, CURLOPT_READDATA, static_cast<void*>(&content));
  set_option(handle, CURLOPT_FRESH_CONNECT, which == Try::again ? 1L : 0L);
  const CURLcode code = curl_easy_perform(handle);
  long made_connections = 1;
  curl_easy_getinfo(handle, CURLINFO_NUM_CONNECTS, &made_connections);
  set_option(handle, CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr));
  set_option(handle, CURLOPT_READDATA, static_cast<void*>(nullptr));
  const SmtpDialogue& dialogue = connection->dialogue;
  SmtpResult result{failure_of(code, dialogue), dialogue.stage(), dialogue.code(),
                    dialogue.enhanced(), code == CURLE_OK ? "" : curl_easy_strerror(code)};
  // A connection that had slept and was closed meanwhile, or that the server ends with 421 before
  // it took anything: another one may do. Never once content went out.
  const bool had_slept = made_connections == 0 && !connection->content_began;
  may_repeat = had_slept && (result.failure == SmtpFailure::unreachable || result.code == 421);
  // A token may be refused before its time is up.
  if (result.failure == SmtpFailure::login && settings_.tokens && which == Try::first) {
    settings_.tokens->forget();
    may_repeat = true;
  }
  give_back(std::move(connection));
  return result;
}

SmtpResult SmtpClient::send(const EgressPermit& permit, const Envelope& envelope,
                            std::string_view message) {
  ASSERT(is_plain_address(envelope.from) && is_plain_address(envelope.to));
  bool may_repeat = false;
  SmtpResult result = send_once(permit, envelope, message, Try::first, may_repeat);
  if (may_repeat) result = send_once(permit, envelope, message, Try::again, may_repeat);
  return result;
}

}  // namespace sealbook::net::mail
