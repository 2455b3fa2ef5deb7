// LiveHolds knows how many holds of each account stand just now, so that nobody holds the whole book.
// Of this node, in memory: a restart forgets them, and several nodes allow each as many. Threads: any.
#pragma once

#include <mutex>
#include <unordered_map>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace sealbook::app {

class LiveHolds {
 public:
  // False: `most` of the account stand already. Counts one hold once, however often it is tried.
  bool add(const AccountId& account, const HoldId& id, Instant expires, Instant now, std::size_t most);
  void remove(const AccountId& account, const HoldId& id);

 private:
  std::mutex mutex_;
  std::unordered_map<AccountId, std::unordered_map<HoldId, Instant>> holds_;
};

}  // namespace sealbook::app
