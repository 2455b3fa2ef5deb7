// Connection is the life of one TLS connection: handshake, then request after request, one at a
// time, then an orderly end. It waits for the socket, calls OpenSSL directly, and never blocks.
//
// Memory is flat: input is bounded by the header limit and the body limit, a slow peer is cut by
// the phase's deadline. Threads: its Loop's; answer() is called there. Lifetime: owned by the Loop.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>

#include "net/head_parser.hpp"
#include "net/loop.hpp"

namespace sealbook::net {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, boost::asio::ip::tcp::socket socket, SslPtr ssl, const PeerAddress& peer);

  void start();
  // The handler's answer to the request in hand.
  void answer(HttpResponse response);
  void check_deadline(std::int64_t now_ms);
  void drain();           // the server stops: end after the answer under way
  bool is_idle() const { return phase_ == Phase::idle && unread().empty(); }
  std::int64_t idle_until() const { return deadline_ms_; }
  bool is_half_sent() const { return phase_ == Phase::head || phase_ == Phase::body; }
  std::int64_t begun_ms() const { return begun_ms_; }  // when the request's first byte came
  const PeerAddress& peer() const { return peer_; }
  void close();           // now
  std::size_t index = 0;  // in the loop's list

 private:
  enum class Phase : std::uint8_t {
    handshake,
    idle,
    head,
    body,
    handling,
    writing,
    lingering,
    closed
  };
  enum class Progress : std::uint8_t { go_on, wait_read, wait_write, paused };

  void advance();
  Progress step();
  Progress handshake();
  Progress receive();
  Progress parse();
  Progress begin_body(std::string_view head);
  Progress take_body();
  bool hold_body();
  std::atomic<std::size_t>& held_bodies();
  void release_body();
  Progress handle();
  Progress write();
  Progress end_of_answer();
  Progress linger();
  Progress refuse(const Refusal& refusal);
  Progress begin_end();
  Progress after_tls_error(int result);
  void wait(boost::asio::ip::tcp::socket::wait_type what);
  void set_phase(Phase phase);
  void compose(const HttpResponse& response);
  std::string_view unread() const { return std::string_view(in_).substr(in_begin_); }
  void consume(std::size_t size);

  Loop& loop_;
  boost::asio::ip::tcp::socket socket_;
  SslPtr ssl_;
  PeerAddress peer_;
  Phase phase_ = Phase::handshake;
  std::int64_t deadline_ms_ = 0;
  std::int64_t begun_ms_ = 0;
  std::string in_;  // received and not yet used, from in_begin_ on
  std::size_t in_begin_ = 0;
  std::string out_;  // the answer being sent, from sent_ on
  std::size_t sent_ = 0;
  std::size_t drained_ = 0;  // bytes thrown away while lingering
  HeadScanner scanner_;
  RequestParser parser_;
  HttpRequest request_;
  std::string request_id_;
  std::optional<HttpResponse> answered_;  // by a handler that answered at once
  std::size_t held_ = 0;      // of the bytes that all bodies may hold
  bool is_counted_ = false;   // its body is no small one
  bool is_stranger_ = false;
  bool has_spoken_ = false;
  bool in_handler_ = false;
  bool is_head_ = false;
  bool keep_alive_ = false;
  bool interim_ = false;  // out_ is "100 Continue"
  bool waiting_ = false;
};

}  // namespace sealbook::net
