#include "app/links/guard.hpp"

#include <algorithm>

namespace sealbook::app::links {
namespace {

constexpr std::size_t site_bytes = 6;          // of an IPv6 address: the /48
constexpr std::int64_t networks_of_site = 16;  // how many full allowances a site has
constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_of_network(Counted what) {
  return what == Counted::link_calls || what == Counted::page_views ||
         what == Counted::failed_proofs || what == Counted::public_starts;
}

bool has_site(ByteView network) {
  return network.size() == RawId{}.size() &&
         !std::ranges::equal(network.first(mapped.size()), ByteView(mapped));
}

}  // namespace

Allowance allowance_of(Counted what) {
  using namespace std::chrono_literals;
  switch (what) {
    case Counted::code_tries: return {5, 10min};
    case Counted::link_calls: return {600, 1min};
    case Counted::page_views: return {1'200, 1min};
    case Counted::failed_proofs: return {60, 10min};
    case Counted::code_requests: return {30, 10min};
    case Counted::public_starts: return {10, 10min};
    case Counted::public_mails: return {3, 60min};
    case Counted::public_mails_all: return {9, 60min};
    case Counted::public_tenant: return {300, 10min};
    case Counted::link_answers: return {10, 24h};
  }
  return {};
}

RawId site_of(const RawId& network) {
  if (!has_site(network)) return network;
  RawId site{};
  std::ranges::copy_n(network.begin(), site_bytes, site.begin());
  return site;
}

Bytes key_of_mail(const RawId& network, ByteView address) {
  const RawId site = site_of(network);
  Bytes key(site.begin(), site.end());
  append(key, address);
  return key;
}

std::int64_t Guard::most_of(Counted what) const {
  return allowance_of(what).most *
         (is_of_network(what) ? network_scale_.load(std::memory_order_relaxed) : 1);
}

// What has ended goes, a few at a time so that nobody waits long; then, if the table is still full,
// the counter that ends first.
void Guard::make_room(Table& table, Instant now) const {
  constexpr int at_once = 4;
  for (int dropped = 0; !table.by_end.empty(); ++dropped) {
    const auto& [ends, key] = table.by_end.front();
    const bool full = table.counters.size() >= capacity_ || table.by_end.size() >= 2 * capacity_;
    if (!full && (ends > now || dropped >= at_once)) return;
    const auto found = table.counters.find(key);
    if (found != table.counters.end() && found->second.ends == ends) table.counters.erase(found);
    table.by_end.pop_front();
  }
}

bool Guard::raise(Counted what, ByteView whom, std::int64_t most, Instant now) {
  Table& table = tables_[static_cast<std::size_t>(what)];
  const std::string key(as_text(whom));
  auto found = table.counters.find(key);
  if (found == table.counters.end() || found->second.ends <= now) {
    make_room(table, now);
    const Instant ends = now + allowance_of(what).window;
    found = table.counters.insert_or_assign(key, Counter{ends, 0}).first;
    table.by_end.emplace_back(ends, key);
  }
  return ++found->second.count <= most;
}

std::int64_t Guard::read(Counted what, ByteView whom, Instant now) const {
  const Table& table = tables_[static_cast<std::size_t>(what)];
  const auto found = table.counters.find(std::string(as_text(whom)));
  return found == table.counters.end() || found->second.ends <= now ? 0 : found->second.count;
}

bool Guard::allow(Counted what, ByteView whom, Instant now) {
  const std::int64_t most = most_of(what);
  const std::lock_guard lock(mutex_);
  // The site first: one that has used its allowance up opens no counters for its networks.
  if (is_of_network(what) && has_site(whom) &&
      !raise(what, whom.first(site_bytes), most * networks_of_site, now))
    return false;
  return raise(what, whom, most, now);
}

std::int64_t Guard::count(Counted what, ByteView whom, Instant now) const {
  const std::lock_guard lock(mutex_);
  return read(what, whom, now);
}

bool Guard::exhausted(Counted what, ByteView whom, Instant now) const {
  const std::int64_t most = most_of(what);
  const std::lock_guard lock(mutex_);
  if (is_of_network(what) && has_site(whom) &&
      read(what, whom.first(site_bytes), now) >= most * networks_of_site)
    return true;
  return read(what, whom, now) >= most;
}

}  // namespace sealbook::app::links
