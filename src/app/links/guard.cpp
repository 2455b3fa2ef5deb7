#include "app/links/guard.hpp"

namespace sealbook::app::links {

Allowance allowance_of(Counted what) {
  using namespace std::chrono_literals;
  switch (what) {
    case Counted::code_tries: return {5, 10min};
    case Counted::link_calls: return {600, 1min};
    case Counted::failed_proofs: return {60, 10min};
    case Counted::code_requests: return {30, 10min};
    case Counted::public_starts: return {10, 10min};
    case Counted::public_mails: return {3, 60min};
    case Counted::public_tenant: return {300, 10min};
  }
  return {};
}

std::string Guard::key_of(Counted what, ByteView whom) {
  std::string key(1, static_cast<char>(what));
  key += as_text(whom);
  return key;
}

std::int64_t Guard::most_of(Counted what) const {
  const bool of_network = what == Counted::link_calls || what == Counted::failed_proofs ||
                          what == Counted::public_starts;
  return allowance_of(what).most *
         (of_network ? network_scale_.load(std::memory_order_relaxed) : 1);
}

bool Guard::make_room(Instant now) {
  if (counters_.size() < capacity_) return true;
  std::erase_if(counters_, [now](const auto& entry) { return entry.second.ends <= now; });
  return counters_.size() < capacity_;
}

bool Guard::allow(Counted what, ByteView whom, Instant now) {
  const Micros window = allowance_of(what).window;
  const std::lock_guard lock(mutex_);
  const std::string key = key_of(what, whom);
  auto found = counters_.find(key);
  if (found == counters_.end()) {
    if (!make_room(now)) return false;
    found = counters_.emplace(key, Counter{now + window, 0}).first;
  } else if (found->second.ends <= now) {
    found->second = {now + window, 0};
  }
  return ++found->second.count <= most_of(what);
}

std::int64_t Guard::count(Counted what, ByteView whom, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = counters_.find(key_of(what, whom));
  return found == counters_.end() || found->second.ends <= now ? 0 : found->second.count;
}

bool Guard::exhausted(Counted what, ByteView whom, Instant now) const {
  return count(what, whom, now) >= most_of(what);
}

}  // namespace sealbook::app::links
