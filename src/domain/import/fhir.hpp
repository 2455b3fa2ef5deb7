// People out of NDJSON of FHIR R4 Patient resources, one per line (as Bulk Data exports write
// them).
//
// Read: name (the official one, else the first in use; a second family name by the extensions
// mothers-family and fathers-family), birthDate, telecom by rank (old and temporary ones left out),
// the home address, identifiers with system, the preferred language. The deceased, the inactive and
// resources of other types are skipped and noted. Threads: one.
#pragma once

#include "domain/import/people.hpp"

namespace sealbook::importing {

inline constexpr std::size_t longest_resource = 256 * 1024;

// Fails with `invalid` at "/file" when there is no line at all.
Result<FileFacts> read_fhir_people(ByteSource& source, const ReadRules& rules, Findings& findings,
                                   const PersonSink& sink);

}  // namespace sealbook::importing
