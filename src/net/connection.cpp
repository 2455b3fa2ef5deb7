#include "net/connection.hpp"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "net/answer_writer.hpp"

namespace sealbook::net {
namespace {

constexpr std::size_t read_size = 16 * 1024;  // one TLS record
constexpr std::size_t kept_capacity = 32 * 1024;
constexpr std::size_t small_body = 16 * 1024;  // counts for nothing
constexpr std::size_t max_lingering_bytes = 1024 * 1024;
constexpr std::chrono::milliseconds ending_linger{250};  // when the server stops
constexpr int max_requests_per_turn = 16;  // of one connection, before others get theirs

// Where the bytes of one read land before they are appended; one per I/O thread.
thread_local char read_buffer[read_size];

}  // namespace

Connection::Connection(Loop& loop, boost::asio::ip::tcp::socket socket, SslPtr ssl,
                       const PeerAddress& peer)
    : loop_(loop),
      socket_(std::move(socket)),
      ssl_(std::move(ssl)),
      peer_(peer),
      parser_(loop.context().config) {}

void Connection::start() {
  set_phase(Phase::handshake);
  advance();
}

void Connection::set_phase(Phase phase) {
  const HttpLimits& limits = loop_.context().config.limits;
  const auto within = [&](std::chrono::milliseconds limit) {
    deadline_ms_ = loop_.now_ms() + limit.count();
  };
  phase_ = phase;
  switch (phase) {
    case Phase::handshake: return within(limits.handshake);
    case Phase::idle: return within(limits.idle);
    case Phase::head: return within(limits.header);
    case Phase::body: return within(limits.body);
    case Phase::writing: return within(limits.write);
    case Phase::lingering:
      return within(loop_.ending() ? std::min(limits.linger, ending_linger) : limits.linger);
    case Phase::handling:
    case Phase::closed: deadline_ms_ = std::numeric_limits<std::int64_t>::max();
  }
}

// Goes on until there is something to wait for.
void Connection::advance() {
  const auto self = shared_from_this();  // close() drops the loop's reference
  for (int turns = 0; phase_ != Phase::closed && !waiting_;) {
    if (phase_ == Phase::handling && ++turns > max_requests_per_turn)
      return loop_.post([self] { self->advance(); });
    switch (step()) {
      case Progress::go_on: break;
      case Progress::wait_read: return wait(boost::asio::ip::tcp::socket::wait_read);
      case Progress::wait_write: return wait(boost::asio::ip::tcp::socket::wait_write);
      case Progress::paused: return;
    }
  }
}

Connection::Progress Connection::step() {
  switch (phase_) {
    case Phase::handshake: return handshake();
    case Phase::idle:
    case Phase::head:
    case Phase::body: return parse();
    case Phase::handling: return handle();
    case Phase::writing: return write();
    case Phase::lingering: return linger();
    case Phase::closed: break;
  }
  return Progress::paused;
}

void Connection::wait(boost::asio::ip::tcp::socket::wait_type what) {
  if (phase_ == Phase::closed) return;
  waiting_ = true;
  socket_.async_wait(what, [self = shared_from_this()](const boost::system::error_code&) {
    self->waiting_ = false;  // cancelled or ready: the phase says what to do
    self->advance();
  });
}

Connection::Progress Connection::handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) {
    set_phase(Phase::idle);
    return loop_.ending() ? begin_end() : Progress::go_on;
  }
  const int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_WANT_READ) return Progress::wait_read;
  if (error == SSL_ERROR_WANT_WRITE) return Progress::wait_write;
  ++loop_.counters().failed_handshakes;  // another version, plain HTTP, a scanner: nothing to say
  close();
  return Progress::paused;
}

// Appends what has arrived to in_.
Connection::Progress Connection::receive() {
  ERR_clear_error();
  const int result = SSL_read(ssl_.get(), read_buffer, static_cast<int>(read_size));
  if (result <= 0) return after_tls_error(result);
  if (in_begin_ == in_.size()) {
    in_.clear();
    in_begin_ = 0;
  }
  in_.append(read_buffer, static_cast<std::size_t>(result));
  return Progress::go_on;
}

Connection::Progress Connection::after_tls_error(int result) {
  const int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_WANT_READ) return Progress::wait_read;
  if (error == SSL_ERROR_WANT_WRITE) return Progress::wait_write;
  close();  // close_notify, end of file, reset or a broken record
  return Progress::paused;
}

Connection::Progress Connection::parse() {
  if (phase_ == Phase::body) return take_body();
  const std::string_view data = unread();
  if (data.empty()) return receive();
  if (phase_ == Phase::idle) {
    set_phase(Phase::head);
    begun_ms_ = loop_.now_ms();
  }
  const std::size_t limit = loop_.context().config.limits.header_bytes;
  switch (scanner_.scan(data)) {
    case HeadScanner::State::bad: return refuse(refusals::bad_line_ending);
    case HeadScanner::State::more:
      return data.size() > limit ? refuse(refusals::header_too_large) : receive();
    case HeadScanner::State::found: break;
  }
  if (scanner_.end() > limit) return refuse(refusals::header_too_large);
  return begin_body(data.substr(0, scanner_.end()));
}

Connection::Progress Connection::begin_body(std::string_view head) {
  request_id_ = id_text("req_", random_array<16>());
  const Refusal* refusal = parser_.parse_head(head, request_);
  scanner_.reset();
  if (refusal != nullptr) return refuse(*refusal);
  consume(head.size());
  is_head_ = request_.method == "HEAD";
  request_.received = loop_.context().clock.now();
  request_.peer = peer_;
  request_.request_id = request_id_;
  const ServerContext& server = loop_.context();
  keep_alive_ = false;
  if (parser_.body_bound() > server.config.limits.body_bytes &&
      !server.handler.takes_body(request_)) {
    set_phase(Phase::handling);  // without its body: to be refused
    return Progress::go_on;
  }
  is_counted_ = parser_.body_bound() > small_body;
  is_stranger_ = is_counted_ && !server.handler.is_known(request_);
  set_phase(Phase::body);
  if (parser_.expects_continue() && unread().empty()) {
    out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    interim_ = true;
    set_phase(Phase::writing);
  }
  return Progress::go_on;
}

Connection::Progress Connection::take_body() {
  std::size_t used = 0;
  if (!parser_.complete()) {
    if (const Refusal* refusal = parser_.take_body(unread(), request_, used))
      return refuse(*refusal);
    consume(used);
    if (!hold_body()) return refuse(refusals::too_busy);
  }
  if (!parser_.complete()) return receive();
  keep_alive_ = parser_.keep_alive();
  set_phase(Phase::handling);
  return Progress::go_on;
}

std::atomic<std::size_t>& Connection::held_bodies() {
  HeldBodies& bodies = loop_.context().bodies;
  return is_stranger_ ? bodies.strangers : bodies.known;
}

// Counts what has arrived: what is only announced takes nothing from anybody.
bool Connection::hold_body() {
  if (!is_counted_) return true;
  const HttpLimits& limits = loop_.context().config.limits;
  const std::size_t most = is_stranger_ ? limits.strangers_bodies_bytes : limits.bodies_bytes;
  const std::size_t more = request_.body.size() - held_;
  if (held_bodies().fetch_add(more) + more > most) {
    held_bodies().fetch_sub(more);
    return false;
  }
  held_ += more;
  return true;
}

void Connection::release_body() { held_bodies().fetch_sub(std::exchange(held_, 0)); }

void Connection::consume(std::size_t size) {
  in_begin_ += size;
  if (in_begin_ < in_.size()) {
    if (in_begin_ > read_size) {
      in_.erase(0, in_begin_);
      in_begin_ = 0;
    }
    return;
  }
  in_begin_ = 0;
  if (in_.capacity() > kept_capacity) std::string().swap(in_);
  else in_.clear();
}

Connection::Progress Connection::handle() {
  ++loop_.counters().requests;
  if (!std::exchange(has_spoken_, true)) loop_.context().count.spoke(peer_);
  auto send = [loop = loop_.shared_from_this(),
               weak = weak_from_this()](HttpResponse response) mutable {
    if (loop->runs_here()) {
      if (const auto connection = weak.lock()) connection->answer(std::move(response));
    } else if (!loop->stopped()) {
      loop->post([weak = std::move(weak), response = std::move(response)]() mutable {
        if (const auto connection = weak.lock()) connection->answer(std::move(response));
      });
    }
  };
  in_handler_ = true;
  loop_.context().handler.handle(std::move(request_), Responder(request_id_, std::move(send)));
  in_handler_ = false;
  if (!answered_) return Progress::paused;
  const HttpResponse response = std::move(*answered_);
  answered_.reset();
  compose(response);
  return Progress::go_on;
}

void Connection::answer(HttpResponse response) {
  if (phase_ != Phase::handling) return;  // closed in the meantime
  if (in_handler_) {
    answered_ = std::move(response);
    return;
  }
  compose(response);
  advance();
}

void Connection::compose(const HttpResponse& response) {
  release_body();
  keep_alive_ = keep_alive_ && !response.close && !loop_.ending();
  out_.clear();
  sent_ = 0;
  append_answer(out_, response,
                {.request_id = request_id_,
                 .date = loop_.date(),
                 .is_head = is_head_,
                 .keep_alive = keep_alive_});
  set_phase(Phase::writing);
}

Connection::Progress Connection::refuse(const Refusal& refusal) {
  ++loop_.counters().refused_requests;
  if (request_id_.empty()) request_id_ = id_text("req_", random_array<16>());
  is_head_ = false;
  keep_alive_ = false;
  compose(answer_of(refusal, request_id_));
  return Progress::go_on;
}

Connection::Progress Connection::write() {
  while (sent_ < out_.size()) {
    ERR_clear_error();
    const std::size_t left = std::min(out_.size() - sent_, std::size_t{1} << 20);
    const int result = SSL_write(ssl_.get(), out_.data() + sent_, static_cast<int>(left));
    if (result <= 0) return after_tls_error(result);
    sent_ += static_cast<std::size_t>(result);
  }
  return end_of_answer();
}

Connection::Progress Connection::end_of_answer() {
  if (interim_) {
    interim_ = false;
    set_phase(Phase::body);
    return Progress::go_on;
  }
  if (out_.capacity() > kept_capacity) std::string().swap(out_);
  if (!keep_alive_ || loop_.ending()) return begin_end();
  request_id_.clear();
  set_phase(Phase::idle);
  // Between two requests there is mostly nothing to read: sleep without asking the socket first.
  const bool quiet = unread().empty() && SSL_has_pending(ssl_.get()) == 0;
  return quiet ? Progress::wait_read : Progress::go_on;
}

// Says goodbye, then lets the peer read the answer before the socket goes (RFC 9112 section 9.6).
Connection::Progress Connection::begin_end() {
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  boost::system::error_code ignored;
  socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  set_phase(Phase::lingering);
  return Progress::go_on;
}

Connection::Progress Connection::linger() {
  while (true) {
    const ssize_t size = ::recv(socket_.native_handle(), read_buffer, read_size, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Progress::wait_read;
    drained_ += size > 0 ? static_cast<std::size_t>(size) : 0;
    if (size > 0 && drained_ < max_lingering_bytes) continue;
    close();
    return Progress::paused;
  }
}

void Connection::check_deadline(std::int64_t now_ms) {
  if (now_ms < deadline_ms_) return;
  if (phase_ != Phase::idle && phase_ != Phase::lingering) ++loop_.counters().deadline_closes;
  if (phase_ == Phase::head || phase_ == Phase::body) refuse(refusals::timeout);
  else if (phase_ == Phase::idle) begin_end();
  else return close();
  boost::system::error_code ignored;
  socket_.cancel(ignored);  // the waiting handler goes on in the new phase
}

void Connection::drain() {
  if (phase_ == Phase::idle && unread().empty()) {
    begin_end();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  } else if (phase_ == Phase::handshake) {
    close();
  }
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  set_phase(Phase::closed);
  boost::system::error_code ignored;
  socket_.close(ignored);
  release_body();
  loop_.context().count.leave(peer_, has_spoken_);
  loop_.forget(*this);
}

}  // namespace sealbook::net
