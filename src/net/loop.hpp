// Loop is one I/O thread: an event loop, the connections that live on it, and a tick four times a
// second that holds them to their deadlines (so that a request costs no timer).
//
// Threads: everything but post(), runs_here() and the counters belongs to the loop's own thread.
// Lifetime: shared with Responders, which may outlive the server; connections die with the thread.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "net/http_server.hpp"
#include "net/tls_context.hpp"

namespace sealbook::net {

class Connection;

// How many connections there are, in all and by peer. Threads: any.
class ConnectionCount {
 public:
  explicit ConnectionCount(const HttpLimits& limits) : limits_(limits) {}
  enum class Entry : std::uint8_t { granted, full, peer_has_enough };
  Entry try_enter(const PeerAddress& peer);
  void spoke(const PeerAddress& peer);  // its first whole request came
  void leave(const PeerAddress& peer, bool has_spoken);
  std::size_t total() const;
  // The prefix that has most of them.
  PeerAddress largest() const;

 private:
  using Key = std::array<std::uint8_t, 16>;
  const HttpLimits& limits_;
  mutable std::mutex mutex_;
  struct OfPeer {
    std::size_t all = 0, silent = 0;
  };
  std::map<Key, OfPeer> by_peer_;
  std::size_t total_ = 0;
};

struct Counters {
  std::atomic<std::uint64_t> accepted{0}, refused_connections{0}, failed_handshakes{0}, requests{0},
      refused_requests{0}, deadline_closes{0};
};

// Bytes of bodies that are held.
struct HeldBodies {
  std::atomic<std::size_t> known{0}, strangers{0};
};

// What every connection of a server needs; outlives the threads.
struct ServerContext {
  const HttpServerConfig& config;
  HttpHandler& handler;
  const Clock& clock;
  ConnectionCount& count;
  HeldBodies& bodies;
};

class Loop : public std::enable_shared_from_this<Loop> {
 public:
  explicit Loop(const ServerContext& context);
  ~Loop();

  void start();  // starts the thread
  void join();   // after begin_drain(): waits for the thread
  // From now on every answer ends its connection.
  void announce_drain() { ending_.store(true, std::memory_order_relaxed); }
  // Closes idle connections now, the others after their answer, all of them at the deadline.
  void begin_drain();

  boost::asio::io_context& io() { return io_; }
  bool runs_here() const {
    return std::this_thread::get_id() == thread_id_.load(std::memory_order_relaxed);
  }
  bool stopped() const { return stopped_.load(std::memory_order_acquire); }
  template <class F>
  void post(F&& f) {
    boost::asio::post(io_, std::forward<F>(f));
  }

  // ---- on the loop's thread ----
  void adopt(boost::asio::ip::tcp::socket socket, SslPtr ssl, const PeerAddress& peer);
  void forget(Connection& connection);
  // The server is full: ends the connection that has been idle the longest; when none is idle, the
  // one of the largest peer whose request has been arriving the longest.
  void make_room();
  bool ending() const { return ending_.load(std::memory_order_relaxed); }
  std::int64_t now_ms() const;  // steady
  std::string_view date();      // http_date of now, made once a second
  const ServerContext& context() const { return context_; }
  Counters& counters() { return counters_; }

 private:
  void tick();
  void schedule_tick();
  void end_if_drained();

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  boost::asio::steady_timer timer_;
  ServerContext context_;
  Counters counters_;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::thread thread_;
  std::atomic<std::thread::id> thread_id_{};
  std::atomic<bool> stopped_{false};
  std::atomic<bool> ending_{false};
  bool draining_ = false;
  std::int64_t drain_deadline_ms_ = 0;
  std::int64_t date_second_ = -1;
  std::string date_;
};

}  // namespace sealbook::net
