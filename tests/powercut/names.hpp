// Which name leads to which file: what is durable, and every unsynced change on top of it.
//
// A change (create, link, rename, remove) is lost or kept as a whole: a rename never loses both names.
// A sync of a folder makes its changes durable. On the cut either the oldest changes survive and the
// rest does not, as with a journal, or any subset does; but a kept change keeps every earlier one of
// the same names, and one that moves a folder keeps all earlier ones, so that nothing that was
// durable is lost to a change that came after it.
// Threads: none of its own; the caller locks.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "luck.hpp"

namespace powercut {

using NodeId = std::uint64_t;  // 0: none
using Entries = std::map<std::string, NodeId, std::less<>>;

struct NameStep {
  NodeId folder;
  std::string name;
  NodeId node;  // what the name leads to afterwards; 0: nothing
};

struct NameChange {
  std::vector<NameStep> steps;
  bool moves_folder = false;
};

struct NamesSettled {
  std::uint64_t kept = 0;
  std::vector<NameChange> lost;  // oldest first
};

class Names {
 public:
  // Durable from the start.
  void seed(NodeId folder, std::string name, NodeId node) { durable_[folder][std::move(name)] = node; }
  void record(NameChange change) { pending_.push_back(std::move(change)); }

  void sync(NodeId folder);
  // Makes durable the changes by which any name came to lead to that node.
  void sync_names_of(NodeId node);
  void sync_all();
  NamesSettled settle(Luck& luck);

  const Entries& durable(NodeId folder) const;
  std::size_t pending() const { return pending_.size(); }

 private:
  std::vector<bool> with_what_they_need(std::vector<bool> wanted) const;
  void keep(const std::vector<bool>& kept);

  std::map<NodeId, Entries> durable_;
  std::vector<NameChange> pending_;
};

}  // namespace powercut
