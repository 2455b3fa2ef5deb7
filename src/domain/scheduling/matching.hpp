// Matching gives each requirement a resource of its own. Private to this folder.
//
// Bipartite matching by augmenting paths (Kuhn). A path never frees a resource that is matched, so
// resources matched first stay taking part. Sizes are a handful: a requirement needs no more than
// as many options as there are requirements.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/id.hpp"

namespace sealbook::scheduling {

// options[r]: who may meet requirement r, best first.
using Options = std::vector<std::vector<ResourceId>>;

// The assignment that takes the best option for requirement 0, then for 1, and so on, among those
// that meet all requirements and use every resource of `must`. Empty when there is none.
std::vector<ResourceId> match(const Options& options, std::span<const ResourceId> must);

}  // namespace sealbook::scheduling
