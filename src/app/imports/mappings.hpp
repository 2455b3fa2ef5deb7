// Saved mappings: how a source's columns are called, how its dates are written, and what its
// practitioners, services and places are here.
#pragma once

#include "app/call_context.hpp"
#include "domain/import/columns.hpp"

namespace sealbook::app::imports {

struct Mapping {
  MappingId id;
  std::int64_t version = 1;
  std::string name;
  importing::ReadRules rules;
};

// Fails with `invalid` when two columns have the same key, or an id names nothing here.
Result<Work<Mapping>> add_mapping(CallContext& ctx, const Mapping& mapping);
Result<Work<Mapping>> close_mapping(CallContext& ctx, const MappingId& id);
Result<Mapping> read_mapping(CallContext& ctx, const MappingId& id);
Result<std::vector<Mapping>> list_mappings(CallContext& ctx);
// For those who start an import: without an entry of its own. Fails with `invalid` at
// "/mapping_id".
Result<Mapping> find_mapping(CallContext& ctx, const MappingId& id);
// Fails with not_found.
Result<Mapping> find_mapping_named(CallContext& ctx, std::string_view name);

}  // namespace sealbook::app::imports
