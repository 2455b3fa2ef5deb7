// HttpServer answers HTTP/1.1 over TLS 1.3 and nothing else.
//
// It parses strictly (RFC 9112; what two readers could understand differently is refused and the
// connection closed), holds every phase to a deadline and every size to a limit, and puts the
// security headers on each answer, its own refusals included. It knows no route and no person.
//
// Threads: `handle` is called on one of the server's I/O threads and must not block there; it may
// answer at once or hand the Responder to another thread. One connection has one request in
// flight. The handler and the clock must outlive the server.
// Failure: start() and reload_certificate() return an Error of code `internal` whose `cause` tells
// why; a running server keeps its certificate when a reload fails.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "net/http_message.hpp"

namespace sealbook::net {

// The one way to answer a request. Movable; send() is called exactly once, from any thread. When
// it is dropped unsent the caller gets 500. It may outlive the server: then nothing is sent.
class Responder {
 public:
  using Send = std::move_only_function<void(HttpResponse)>;
  Responder(std::string request_id, Send send);
  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&&) = delete;
  ~Responder();

  void send(HttpResponse response);

 private:
  std::string request_id_;
  Send send_;
};

class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  virtual void handle(HttpRequest request, Responder responder) = 0;
  // Asked with the head alone before a body above limits.body_bytes is read, on an I/O thread.
  // False: the body is not read, handle() gets the request without it to refuse it, and the
  // connection ends with the answer.
  virtual bool takes_body(const HttpRequest& /*head*/) { return true; }
  // Asked with the head alone before a body above 16 KiB is read, on an I/O thread: whether the
  // caller has shown who they are. What strangers send is counted apart.
  virtual bool is_known(const HttpRequest& /*head*/) { return true; }
};

// A larger (or smaller) body than usual is read at this path and below. The longest one wins.
struct BodyLimit {
  std::string path_prefix;
  std::size_t max_bytes;
};

struct HttpLimits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t header_count = 64;
  std::size_t body_bytes = 256 * 1024;
  std::vector<BodyLimit> body_overrides;
  // What has arrived of all bodies together, until their answer, of known callers and of strangers;
  // small ones do not count. Above: 503.
  std::size_t bodies_bytes = 256 * 1024 * 1024;
  std::size_t strangers_bodies_bytes = 64 * 1024 * 1024;
  std::size_t connections = 10'000;
  std::size_t connections_per_peer = 1'000;  // counted by PeerAddress::prefix()
  std::size_t silent_per_peer = 1'000;       // of those, without a whole request yet
  // One peer's share as soon as half of all are taken; a proxy on this machine has no share.
  std::size_t crowded_per_peer = 2'500;
  // Deadlines are checked four times a second.
  std::chrono::milliseconds handshake{10'000};
  std::chrono::milliseconds header{10'000};  // from the first byte of a request to its blank line
  std::chrono::milliseconds body{30'000};    // from there to the body's last byte
  std::chrono::milliseconds write{30'000};   // for one whole answer to be taken
  std::chrono::milliseconds idle{75'000};    // between two requests
  std::chrono::milliseconds linger{2'000};   // after a refusal, to let the peer read it
  std::chrono::milliseconds drain{2'500};    // at stop, for answers under way
};

struct HttpServerConfig {
  std::string bind_address = "127.0.0.1";
  std::uint16_t port = 0;        // 0: any free one, see port()
  std::string certificate_path;  // PEM, leaf first
  std::string key_path;          // PEM
  unsigned io_threads = 0;       // 0: one per core
  // Names that Host may hold (without port); anything else is answered 421. Empty: any.
  std::vector<std::string> hosts;
  HttpLimits limits;
};

struct HttpServerStats {
  std::uint64_t accepted = 0;
  std::uint64_t refused_connections = 0;  // over a limit of connections
  std::uint64_t failed_handshakes = 0;
  std::uint64_t requests = 0;          // handed to the handler
  std::uint64_t refused_requests = 0;  // answered by the server itself
  std::uint64_t deadline_closes = 0;
  std::uint64_t open_connections = 0;
};

class HttpServer {
 public:
  HttpServer(HttpServerConfig config, HttpHandler& handler, const Clock& clock);
  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  Result<void> start();
  // Takes no new connection, lets answers under way finish within limits.drain, then closes all.
  void stop();
  std::uint16_t port() const;
  // Reads the PEM files again; connections made from now on see the new certificate.
  Result<void> reload_certificate();
  HttpServerStats stats() const;

 private:
  struct Running;
  HttpServerConfig config_;
  HttpHandler& handler_;
  const Clock& clock_;
  std::unique_ptr<Running> running_;
};

}  // namespace sealbook::net
