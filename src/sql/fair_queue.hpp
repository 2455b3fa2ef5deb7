// FairQueue holds what waits for an engine: a lane per tenant, served in turns, so that a tenant
// with a thousand units waiting delays the next tenant's unit by one of them, not by a thousand.
//
// Threads: none of its own; the owner's mutex guards it.
#pragma once

#include <deque>
#include <unordered_map>

#include "base/assert.hpp"
#include "base/id.hpp"

namespace sealbook::sql {

template <class Item>
class FairQueue {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  void push(const TenantId& tenant, Item item) {
    Lane& lane = lanes_[tenant];
    if (lane.items.empty()) turns_.push_back(&lane);
    lane.items.push_back(std::move(item));
    ++size_;
  }

  // Takes the next item; the queue must not be empty.
  Item pop() {
    ASSERT(size_ > 0);
    Lane* lane = turns_.front();
    turns_.pop_front();
    Item item = std::move(lane->items.front());
    lane->items.pop_front();
    --size_;
    if (!lane->items.empty()) turns_.push_back(lane);
    if (size_ == 0 && lanes_.size() > kept_lanes) lanes_.clear();
    return item;
  }

  // Takes everything, in the order in which pop would give it.
  template <class Take>
  void drain(Take take) {
    while (size_ > 0) take(pop());
  }

 private:
  struct Lane {
    std::deque<Item> items;
  };
  static constexpr std::size_t kept_lanes = 1024;  // empty lanes are cheap to keep, up to a point
  std::unordered_map<TenantId, Lane> lanes_;       // addresses of its values are stable
  std::deque<Lane*> turns_;                        // lanes that hold something
  std::size_t size_ = 0;
};

}  // namespace sealbook::sql
