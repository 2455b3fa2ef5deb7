// SmtpClient hands finished messages to a submission server (RFC 6409) over libcurl. TLS comes
// first, by STARTTLS (RFC 3207) or from the first byte (RFC 8314), with certificate and host name
// checked; without it nothing of the mail, no address and no password is sent. There is no way to
// ask for less.
//
// Blocks; called on a worker's thread, never inside a transaction. Threads: any number of calls at
// once; each takes a connection of its own and leaves it open for the next.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/egress_permit.hpp"
#include "base/secret.hpp"
#include "net/mail/oauth_token.hpp"
#include "net/outgoing_timeouts.hpp"

namespace sealbook::net::mail {

enum class SmtpTls : std::uint8_t { starttls, implicit };

struct SmtpSettings {
  std::string host;
  std::uint16_t port = 587;
  SmtpTls tls = SmtpTls::starttls;
  std::filesystem::path ca_file;             // empty: the system's authorities
  std::string own_name;                      // what EHLO says: a host name
  std::string user;                          // empty: no sign-in
  Secret password;                           // PLAIN or LOGIN, when there is no token source
  std::shared_ptr<OAuthTokenSource> tokens;  // XOAUTH2
  OutgoingTimeouts timeouts;
  std::size_t most_idle = 8;  // connections that are kept open
};

// How far a call came: what the last command was for.
enum class SmtpStage : std::uint8_t { connect, tls, login, sender, recipient, content };

enum class SmtpFailure : std::uint8_t {
  none,
  unsafe,       // no STARTTLS, a wrong certificate or name, TLS too old
  unreachable,  // no such host, no connection, a connection that broke
  timed_out,
  login,  // no mechanism in common, or the password, token or its endpoint said no
  reply,  // a 4xx or 5xx reply
};

struct SmtpResult {
  SmtpFailure failure = SmtpFailure::none;
  SmtpStage stage = SmtpStage::connect;
  int code = 0;              // of the last reply; 0: none to the last command
  std::string enhanced;      // RFC 3463: "5.1.1", or empty
  const char* library = "";  // libcurl's word for what went wrong: a fixed text
};

struct Envelope {
  std::string from, to;  // plain addresses (header_text.hpp); another is a bug (ASSERT)
};

class SmtpClient {
 public:
  explicit SmtpClient(SmtpSettings settings);
  ~SmtpClient();
  SmtpClient(const SmtpClient&) = delete;
  SmtpClient& operator=(const SmtpClient&) = delete;

  // The permit is for this message. `message` with CRLF line ends. With SmtpFailure::none the
  // server has taken responsibility. A time-out or a broken connection at SmtpStage::content leaves
  // open whether it has.
  SmtpResult send(const EgressPermit& permit, const Envelope& envelope, std::string_view message);

 private:
  struct Connection;
  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> make_connection() const;
  // False when no token could be had.
  bool set_credentials(const EgressPermit& permit, Connection& connection);
  enum class Try : std::uint8_t { first, again };  // again: over a new connection
  SmtpResult send_once(const EgressPermit& permit, const Envelope& envelope,
                       std::string_view message, Try which, bool& may_repeat);

  const SmtpSettings settings_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace sealbook::net::mail
