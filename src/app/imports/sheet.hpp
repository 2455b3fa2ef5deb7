// The comparison sheet of a cut-over: for each practitioner and day how many appointments the old
// book had, how many came in, were here already, lie over another, were refused, and how many
// imported ones the book has now, counted in the book itself.
#pragma once

#include "app/imports/start.hpp"

namespace sealbook::app::imports {

// CSV (RFC 4180) with a total for each practitioner and for all. Fails with not_found, and with
// state_conflict for an import of people.
Result<std::string> comparison_sheet(CallContext& ctx, const ImportId& id);

}  // namespace sealbook::app::imports
