#include "net/loop.hpp"

#include <algorithm>
#include <chrono>

#include "base/assert.hpp"
#include "net/answer_writer.hpp"
#include "net/connection.hpp"

namespace sealbook::net {
namespace {
constexpr std::chrono::milliseconds tick_interval{250};
}

ConnectionCount::Entry ConnectionCount::try_enter(const PeerAddress& peer) {
  const std::lock_guard lock(mutex_);
  if (total_ >= limits_.connections) return Entry::full;
  OfPeer& of_peer = by_peer_[peer.prefix().bytes];
  const bool is_crowded = total_ >= limits_.connections / 2 && !peer.is_loopback();
  if (of_peer.all >= limits_.connections_per_peer || of_peer.silent >= limits_.silent_per_peer ||
      (is_crowded && of_peer.all >= limits_.crowded_per_peer)) {
    if (of_peer.all == 0) by_peer_.erase(peer.prefix().bytes);
    return Entry::peer_has_enough;
  }
  ++of_peer.all;
  ++of_peer.silent;
  ++total_;
  return Entry::granted;
}

void ConnectionCount::spoke(const PeerAddress& peer) {
  const std::lock_guard lock(mutex_);
  const auto entry = by_peer_.find(peer.prefix().bytes);
  ASSERT(entry != by_peer_.end() && entry->second.silent > 0);
  --entry->second.silent;
}

void ConnectionCount::leave(const PeerAddress& peer, bool has_spoken) {
  const std::lock_guard lock(mutex_);
  const auto entry = by_peer_.find(peer.prefix().bytes);
  ASSERT(entry != by_peer_.end() && total_ > 0);
  if (!has_spoken) --entry->second.silent;
  if (--entry->second.all == 0) by_peer_.erase(entry);
  --total_;
}

PeerAddress ConnectionCount::largest() const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::max_element(
      by_peer_, {}, [](const auto& entry) { return entry.second.all; });
  return found == by_peer_.end() ? PeerAddress{} : PeerAddress{.bytes = found->first, .port = 0};
}

std::size_t ConnectionCount::total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

Loop::Loop(const ServerContext& context)
    : guard_(io_.get_executor()), timer_(io_), context_(context) {}

Loop::~Loop() { ASSERT(!thread_.joinable()); }

void Loop::start() {
  thread_ = std::thread([this] {
    thread_id_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    schedule_tick();
    io_.run();
    stopped_.store(true, std::memory_order_release);
  });
}

void Loop::join() {
  if (thread_.joinable()) thread_.join();
}

void Loop::begin_drain() {
  post([this] {
    draining_ = true;
    drain_deadline_ms_ = now_ms() + context_.config.limits.drain.count();
    const auto all = connections_;  // draining one removes it from the list
    for (const auto& connection : all) connection->drain();
    end_if_drained();
  });
}

void Loop::end_if_drained() {
  if (!draining_ || !connections_.empty()) return;
  guard_.reset();
  timer_.cancel();
}

std::int64_t Loop::now_ms() const {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::string_view Loop::date() {
  const Instant now = context_.clock.now();
  if (now.seconds() != date_second_) {
    date_second_ = now.seconds();
    date_ = http_date(now);
  }
  return date_;
}

void Loop::adopt(boost::asio::ip::tcp::socket socket, SslPtr ssl, const PeerAddress& peer) {
  auto connection = std::make_shared<Connection>(*this, std::move(socket), std::move(ssl), peer);
  connection->index = connections_.size();
  connections_.push_back(connection);
  if (draining_) connection->close();
  else connection->start();
}

void Loop::forget(Connection& connection) {
  const std::size_t index = connection.index;
  ASSERT(index < connections_.size() && connections_[index].get() == &connection);
  std::swap(connections_[index], connections_.back());
  connections_[index]->index = index;
  connections_.pop_back();  // the caller holds a reference of its own
  end_if_drained();
}

void Loop::make_room() {
  std::shared_ptr<Connection> oldest;
  for (const auto& connection : connections_)
    if (connection->is_idle() && (!oldest || connection->idle_until() < oldest->idle_until()))
      oldest = connection;
  if (oldest) return oldest->drain();
  const PeerAddress largest = context_.count.largest();
  for (const auto& connection : connections_)
    if (connection->is_half_sent() && connection->peer().prefix() == largest &&
        (!oldest || connection->begun_ms() < oldest->begun_ms()))
      oldest = connection;
  if (oldest) oldest->close();
}

void Loop::schedule_tick() {
  timer_.expires_after(tick_interval);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void Loop::tick() {
  const std::int64_t now = now_ms();
  const bool give_up = draining_ && now >= drain_deadline_ms_;
  const auto all = connections_;
  for (const auto& connection : all) {
    if (give_up) connection->close();
    else connection->check_deadline(now);
  }
  if (!draining_ || !connections_.empty()) schedule_tick();
}

}  // namespace sealbook::net
