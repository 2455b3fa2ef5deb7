// Guard counts what comes in through links and public pages, in this node's memory: tries of a
// code, and calls by network, person and address.
//
// The store counts too (tries of a code, codes sent); the guard counts before the answer is known,
// so that parallel guesses do not overtake the store. Every kind has a table of its own with room
// for a bounded number of counters; when it is full, the counter that ends first makes room, so
// that a crowd of one kind neither stops another kind nor anybody new. A network is counted as it
// comes (IPv6: /64) and, of IPv6, by its /48 too, at sixteen times the allowance. A call takes the
// same short time however full a table is. Threads: any.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace sealbook::app::links {

// Stored nowhere; what a counter is about.
enum class Counted : std::uint8_t {
  code_tries,        // of one code
  link_calls,        // from one network: what costs a look-up
  page_views,        // from one network: pages that are only looked at
  failed_proofs,     // from one network
  code_requests,     // of one person
  public_starts,     // from one network
  public_mails,      // to one address, asked for from one network (key_of_mail)
  public_mails_all,  // to one address, whoever asks for them
  public_tenant,     // of one tenant
  link_answers,      // of one visit or invitation, by its link
};
inline constexpr std::size_t counted_kinds = 10;

struct Allowance {
  std::int64_t most = 0;
  Micros window{};
};
Allowance allowance_of(Counted what);

// The network that allowances of a site are counted by: of IPv6 the /48, of IPv4 the address.
RawId site_of(const RawId& network);
Bytes key_of_mail(const RawId& network, ByteView address);

class Guard {
 public:
  explicit Guard(std::size_t capacity = 100'000) : capacity_(capacity) {}

  // Multiplies what one network may do: where everybody comes from one address, as on a demo.
  void set_network_scale(std::int64_t scale) {
    network_scale_.store(scale, std::memory_order_relaxed);
  }

  // Counts one more; false when that is more than the window allows.
  bool allow(Counted what, ByteView whom, Instant now);
  // Whether `allow` would say no, without counting.
  bool exhausted(Counted what, ByteView whom, Instant now) const;
  // How many were counted in the present window.
  std::int64_t count(Counted what, ByteView whom, Instant now) const;

 private:
  struct Counter {
    Instant ends;
    std::int64_t count = 0;
  };
  // Windows of a kind are equally long: counters end in the order in which they were opened.
  struct Table {
    std::unordered_map<std::string, Counter> counters;
    std::deque<std::pair<Instant, std::string>> by_end;  // also of counters opened anew since
  };
  std::int64_t most_of(Counted what) const;
  bool raise(Counted what, ByteView whom, std::int64_t most, Instant now);
  std::int64_t read(Counted what, ByteView whom, Instant now) const;
  void make_room(Table& table, Instant now) const;

  std::size_t capacity_;
  std::atomic<std::int64_t> network_scale_{1};
  mutable std::mutex mutex_;
  std::array<Table, counted_kinds> tables_;
};

}  // namespace sealbook::app::links
