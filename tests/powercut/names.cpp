#include "names.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace powercut {
namespace {

bool has_step(const NameChange& change, NodeId NameStep::* member, NodeId value) {
  return std::ranges::find(change.steps, value, member) != change.steps.end();
}

}  // namespace

const Entries& Names::durable(NodeId folder) const {
  static const Entries none;
  const auto found = durable_.find(folder);
  return found == durable_.end() ? none : found->second;
}

// Adds to the wanted changes the earlier ones that they build on.
std::vector<bool> Names::with_what_they_need(std::vector<bool> wanted) const {
  std::set<std::pair<NodeId, std::string_view>> needed;
  bool all_earlier = false;
  for (std::size_t i = pending_.size(); i-- > 0;) {
    const auto& change = pending_[i];
    const bool is_needed = std::ranges::any_of(change.steps, [&](const NameStep& step) {
      return needed.contains({step.folder, step.name});
    });
    wanted[i] = wanted[i] || all_earlier || is_needed;
    if (!wanted[i]) continue;
    all_earlier = all_earlier || change.moves_folder;
    for (const auto& step : change.steps) needed.insert({step.folder, step.name});
  }
  return wanted;
}

void Names::keep(const std::vector<bool>& kept) {
  std::vector<NameChange> rest;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (!kept[i]) {
      rest.push_back(std::move(pending_[i]));
      continue;
    }
    for (const auto& step : pending_[i].steps) {
      if (step.node == 0) durable_[step.folder].erase(step.name);
      else durable_[step.folder][step.name] = step.node;
    }
  }
  pending_ = std::move(rest);
}

void Names::sync(NodeId folder) {
  std::vector<bool> wanted(pending_.size());
  for (std::size_t i = 0; i < pending_.size(); ++i)
    wanted[i] = has_step(pending_[i], &NameStep::folder, folder);
  keep(with_what_they_need(std::move(wanted)));
}

void Names::sync_names_of(NodeId node) {
  std::vector<bool> wanted(pending_.size());
  for (std::size_t i = 0; i < pending_.size(); ++i)
    wanted[i] = has_step(pending_[i], &NameStep::node, node);
  keep(with_what_they_need(std::move(wanted)));
}

void Names::sync_all() { keep(std::vector<bool>(pending_.size(), true)); }

NamesSettled Names::settle(Luck& luck) {
  std::vector<bool> kept(pending_.size());
  if (luck.chance(0.5)) {
    const auto count = luck.below(pending_.size() + 1);
    std::fill_n(kept.begin(), count, true);
  } else {
    const double kindness = draw_kindness(luck);
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = luck.chance(kindness);
  }
  const auto before = pending_.size();
  keep(with_what_they_need(std::move(kept)));
  NamesSettled sum{.kept = before - pending_.size(), .lost = std::move(pending_)};
  pending_.clear();
  return sum;
}

}  // namespace powercut
