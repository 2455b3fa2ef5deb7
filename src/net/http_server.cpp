#include "net/http_server.hpp"

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>
#include <chrono>

#include "base/assert.hpp"
#include "base/log.hpp"
#include "net/connection.hpp"
#include "net/loop.hpp"

namespace sealbook::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

PeerAddress address_of(const tcp::endpoint& endpoint) {
  PeerAddress peer;
  peer.port = endpoint.port();
  peer.bytes =
      endpoint.address().is_v4()
          ? asio::ip::make_address_v6(asio::ip::v4_mapped, endpoint.address().to_v4()).to_bytes()
          : endpoint.address().to_v6().to_bytes();
  return peer;
}

std::unexpected<Error> cannot_listen(const boost::system::error_code& error) {
  Error result = make_error(ErrorCode::unavailable, "The server cannot listen there: " + error.message() + ".");
  result.cause = "cannot listen: " + error.message();
  return fail(std::move(result));
}

}  // namespace

Responder::Responder(std::string request_id, Send send)
    : request_id_(std::move(request_id)), send_(std::move(send)) {}

Responder::~Responder() {
  if (!send_) return;
  HttpResponse response = answer_of(refusals::broken, request_id_);
  response.close = false;  // the framing is sound, only the answer is missing
  send_(std::move(response));
}

void Responder::send(HttpResponse response) {
  ASSERT(send_);  // exactly once
  std::exchange(send_, nullptr)(std::move(response));
}

struct HttpServer::Running {
  Running(const HttpServerConfig& config, HttpHandler& handler, const Clock& clock)
      : count(config.limits), context{config, handler, clock, count, bodies} {}

  void accept();
  void take(tcp::socket socket, Loop& loop);

  ConnectionCount count;
  HeldBodies bodies;
  ServerContext context;
  std::mutex tls_mutex;
  SslContextPtr tls;
  std::vector<std::shared_ptr<Loop>> loops;
  std::optional<tcp::acceptor> acceptor;    // lives on the first loop
  std::optional<asio::steady_timer> retry;  // when the process is out of descriptors
  std::size_t next = 0;
  std::uint16_t port = 0;
};

// Hands each connection to the next loop in turn, so that a few of them spread evenly.
void HttpServer::Running::accept() {
  Loop& loop = *loops[next++ % loops.size()];
  acceptor->async_accept(loop.io(),
                         [this, &loop](const boost::system::error_code& error, tcp::socket socket) {
                           if (!acceptor->is_open()) return;
                           if (!error) {
                             take(std::move(socket), loop);
                             return accept();
                           }
                           if (error == asio::error::connection_aborted) return accept();
                           log::warning("accept_failed", {{"error", error.value()}});
                           retry->expires_after(std::chrono::milliseconds(100));
                           retry->async_wait([this](const boost::system::error_code& cancelled) {
                             if (!cancelled && acceptor->is_open()) accept();
                           });
                         });
}

void HttpServer::Running::take(tcp::socket socket, Loop& loop) {
  boost::system::error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (error) return;  // gone already
  const PeerAddress peer = address_of(remote);
  if (const auto entry = count.try_enter(peer); entry != ConnectionCount::Entry::granted) {
    ++loop.counters().refused_connections;
    if (entry == ConnectionCount::Entry::full) loop.post([&loop] { loop.make_room(); });
    return;
  }
  ++loop.counters().accepted;
  socket.set_option(tcp::no_delay(true), error);
  socket.native_non_blocking(true, error);
  SslPtr ssl;
  {
    const std::lock_guard lock(tls_mutex);
    ssl = make_session(tls.get(), socket.native_handle());
  }
  loop.post([&loop, peer, socket = std::move(socket), ssl = std::move(ssl)]() mutable {
    loop.adopt(std::move(socket), std::move(ssl), peer);
  });
}

HttpServer::HttpServer(HttpServerConfig config, HttpHandler& handler, const Clock& clock)
    : config_(std::move(config)), handler_(handler), clock_(clock) {}

HttpServer::~HttpServer() { stop(); }

Result<void> HttpServer::start() {
  ASSERT(!running_);
  TRY(tls, make_server_context(config_.certificate_path, config_.key_path));
  auto running = std::make_unique<Running>(config_, handler_, clock_);
  running->tls = std::move(tls);
  const unsigned threads = config_.io_threads != 0
                               ? config_.io_threads
                               : std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < threads; ++i)
    running->loops.push_back(std::make_shared<Loop>(running->context));

  boost::system::error_code error;
  const auto address = asio::ip::make_address(config_.bind_address, error);
  if (error) return cannot_listen(error);
  const tcp::endpoint endpoint(address, config_.port);
  tcp::acceptor& acceptor = running->acceptor.emplace(running->loops.front()->io());
  running->retry.emplace(running->loops.front()->io());
  if (acceptor.open(endpoint.protocol(), error); error) return cannot_listen(error);
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (address.is_v6()) acceptor.set_option(asio::ip::v6_only(false), error);  // "::" takes IPv4 too
  if (acceptor.bind(endpoint, error); error) return cannot_listen(error);
  if (acceptor.listen(1024, error); error) return cannot_listen(error);
  running->port = acceptor.local_endpoint().port();

  running_ = std::move(running);
  running_->accept();
  for (const auto& loop : running_->loops) loop->start();
  return {};
}

void HttpServer::stop() {
  if (!running_) return;
  Running& running = *running_;
  running.loops.front()->post([&running] {
    boost::system::error_code ignored;
    running.acceptor->close(ignored);
    running.retry->cancel();
  });
  for (const auto& loop : running.loops) loop->announce_drain();
  for (const auto& loop : running.loops) loop->begin_drain();
  for (const auto& loop : running.loops) loop->join();
  running_.reset();
}

std::uint16_t HttpServer::port() const { return running_ ? running_->port : 0; }

Result<void> HttpServer::reload_certificate() {
  ASSERT(running_);
  TRY(tls, make_server_context(config_.certificate_path, config_.key_path));
  const std::lock_guard lock(running_->tls_mutex);
  running_->tls = std::move(tls);  // sessions hold their own reference to the old one
  return {};
}

HttpServerStats HttpServer::stats() const {
  HttpServerStats stats;
  if (!running_) return stats;
  for (const auto& loop : running_->loops) {
    const Counters& counters = loop->counters();
    stats.accepted += counters.accepted;
    stats.refused_connections += counters.refused_connections;
    stats.failed_handshakes += counters.failed_handshakes;
    stats.requests += counters.requests;
    stats.refused_requests += counters.refused_requests;
    stats.deadline_closes += counters.deadline_closes;
  }
  stats.open_connections = running_->count.total();
  return stats;
}

}  // namespace sealbook::net
