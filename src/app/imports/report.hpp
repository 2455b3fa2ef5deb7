// What an import has to say: problems and notes of reading, proposals of duplicates, and the counts
// of the comparison sheet. Lines, columns, rules and ids; no value of any row.
#pragma once

#include <map>

#include "base/cbor.hpp"
#include "base/id.hpp"
#include "domain/import/findings.hpp"
#include "domain/import/people.hpp"

namespace sealbook::app::imports {

enum class SameBy : std::uint8_t { name = 0, contact = 1, identifier = 2, external_id = 3 };
std::string_view to_text(SameBy why);  // "name": same name and birth date

// A row that looks like somebody who is here already, or like an earlier row.
struct Proposal {
  std::int64_t line = 0;
  SameBy why = SameBy::name;
  std::int64_t other_line = 0;               // of the same file; 0: it is a record of the store
  std::optional<PatientId> patient;          // that record
  std::optional<AppointmentId> appointment;  // imported before under the same old id
  bool operator==(const Proposal&) const = default;
};

// One day of one practitioner, as the old system has it and as it came in.
struct SheetCounts {
  std::int64_t old = 0, imported = 0, already = 0, flagged = 0, refused = 0;
  bool operator==(const SheetCounts&) const = default;
};
// Practitioner's id text (or "?" with the old system's name unmapped) and local day.
using Sheet = std::map<std::pair<std::string, std::int64_t>, SheetCounts>;

struct ImportReport {
  static constexpr std::size_t most_proposals = 1000;
  std::vector<importing::Problem> problems;
  std::vector<importing::Note> notes;
  std::vector<Proposal> proposals;
  Sheet sheet;
  bool operator==(const ImportReport&) const = default;

  void propose(Proposal proposal) {
    if (proposals.size() < most_proposals) proposals.push_back(std::move(proposal));
  }
  void refuse(importing::Problem problem) {
    if (problems.size() < importing::Findings::most_problems)
      problems.push_back(std::move(problem));
  }
};

Bytes encode_report(const ImportReport& report);
Result<ImportReport> decode_report(ByteView body);

// The rows of one chunk, and the system that their old ids belong to.
struct PeopleChunk {
  std::string source;
  std::vector<importing::ImportedPerson> people;
};
Bytes encode_people(const PeopleChunk& chunk);
Result<PeopleChunk> decode_people(ByteView body);

}  // namespace sealbook::app::imports
