#include "domain/scheduling/matching.hpp"

#include <algorithm>

namespace sealbook::scheduling {
namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);

// Resources by small number, requirements by position; both sides of one bipartite graph.
class Graph {
 public:
  explicit Graph(const Options& options) : edges_(options.size()) {
    for (const auto& list : options) resources_.insert(resources_.end(), list.begin(), list.end());
    std::ranges::sort(resources_);
    resources_.erase(std::unique(resources_.begin(), resources_.end()), resources_.end());
    for (std::size_t r = 0; r < options.size(); ++r)
      for (const ResourceId& id : options[r]) edges_[r].push_back(number_of(id));
  }

  std::size_t number_of(const ResourceId& id) const {
    const auto found = std::ranges::lower_bound(resources_, id);
    return found != resources_.end() && *found == id
               ? static_cast<std::size_t>(found - resources_.begin())
               : nobody;
  }

  // True when all requirements can be met using all of `must`, where edges_[r] is what r may use.
  bool feasible(std::span<const std::size_t> must) {
    of_requirement_.assign(edges_.size(), nobody);
    of_resource_.assign(resources_.size(), nobody);
    for (const std::size_t resource : must) {
      seen_.assign(edges_.size(), false);
      if (!augment_resource(resource)) return false;
    }
    for (std::size_t r = 0; r < edges_.size(); ++r) {
      if (of_requirement_[r] != nobody) continue;
      seen_.assign(resources_.size(), false);
      if (!augment_requirement(r)) return false;
    }
    return true;
  }

  std::vector<std::vector<std::size_t>>& edges() { return edges_; }
  const ResourceId& resource(std::size_t number) const { return resources_[number]; }

 private:
  bool augment_requirement(std::size_t r) {
    for (const std::size_t resource : edges_[r]) {
      if (seen_[resource]) continue;
      seen_[resource] = true;
      if (of_resource_[resource] != nobody && !augment_requirement(of_resource_[resource]))
        continue;
      of_resource_[resource] = r;
      of_requirement_[r] = resource;
      return true;
    }
    return false;
  }
  bool augment_resource(std::size_t resource) {
    for (std::size_t r = 0; r < edges_.size(); ++r) {
      if (seen_[r] || std::ranges::find(edges_[r], resource) == edges_[r].end()) continue;
      seen_[r] = true;
      if (of_requirement_[r] != nobody && !augment_resource(of_requirement_[r])) continue;
      of_resource_[resource] = r;
      of_requirement_[r] = resource;
      return true;
    }
    return false;
  }

  std::vector<ResourceId> resources_;
  std::vector<std::vector<std::size_t>> edges_;
  std::vector<std::size_t> of_requirement_, of_resource_;
  std::vector<bool> seen_;
};

}  // namespace

std::vector<ResourceId> match(const Options& options, std::span<const ResourceId> must) {
  Graph graph(options);
  std::vector<std::size_t> must_numbers;
  for (const ResourceId& id : must) {
    must_numbers.push_back(graph.number_of(id));
    if (must_numbers.back() == nobody) return {};
  }
  if (!graph.feasible(must_numbers)) return {};
  std::vector<ResourceId> chosen;
  for (auto& edges : graph.edges()) {
    const std::vector<std::size_t> ranked = edges;
    for (const std::size_t resource : ranked) {
      edges = {resource};
      if (graph.feasible(must_numbers)) break;
    }
    chosen.push_back(graph.resource(edges.front()));
  }
  return chosen;
}

}  // namespace sealbook::scheduling
