#include "app/booking/live_holds.hpp"

namespace sealbook::app {

bool LiveHolds::add(const AccountId& account, const HoldId& id, Instant expires, Instant now,
                    std::size_t most) {
  const std::lock_guard lock(mutex_);
  auto& own = holds_[account];
  std::erase_if(own, [&](const auto& hold) { return hold.second <= now; });
  if (!own.contains(id) && own.size() >= most) return false;
  own.insert_or_assign(id, expires);
  return true;
}

void LiveHolds::remove(const AccountId& account, const HoldId& id) {
  const std::lock_guard lock(mutex_);
  const auto own = holds_.find(account);
  if (own == holds_.end()) return;
  own->second.erase(id);
  if (own->second.empty()) holds_.erase(own);
}

}  // namespace sealbook::app
