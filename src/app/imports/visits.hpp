// Appointments of another scheduler on their way in: resolved against the directory when the file
// is read, against people and the book by the job.
//
// They keep their time whatever the rules say: outside hours, in closures, and over each other,
// where the later one gets an overbooking lane and the overlap flag (DECISIONS 2). They claim
// exactly their time, without buffers: the old book was made without ours. Nobody is told.
#pragma once

#include "app/imports/report.hpp"
#include "domain/import/visits.hpp"

namespace sealbook::app::imports {

struct ResolvedVisit {
  importing::OldVisit old;  // line, old id, person, note, minutes
  std::optional<ResourceId> practitioner;
  ServiceId service;
  LocationId location;
  Instant starts;
  std::int64_t day = 0;  // local, days since 1970
};

struct VisitChunk {
  std::string source;
  std::vector<ResolvedVisit> visits;
};
Bytes encode_visits(const VisitChunk& chunk);
Result<VisitChunk> decode_visits(ByteView body);

inline std::string sheet_key(const std::optional<ResourceId>& practitioner) {
  return practitioner ? practitioner->text() : "?";
}

}  // namespace sealbook::app::imports
