// Finding out who is here already: within a file by hashes of blind index values, in the store by
// the blind indexes themselves, and by what the old system called them.
//
// Same name and birth date, same contact and birth date, same identifier, same old id: each
// proposes a duplicate; nobody is merged and nobody is changed. Threads: one per object.
#pragma once

#include "app/app.hpp"
#include "app/imports/report.hpp"
#include "app/patients/index.hpp"
#include "storage/tables/imports.hpp"

namespace sealbook::app::imports {

// The keyed hash of an old id; empty when it has no normal form. The generation to write first.
std::vector<storage::ExternalRef> old_id_refs(const keys::TenantKeys& keys,
                                              storage::ExternalRefKind kind,
                                              std::string_view source, const SensitiveText& old_id);

// The rows of the file so far, 16 bytes for each thing that could tell a person.
class SeenRows {
 public:
  // The earlier row that this one looks like, or nothing; remembers this one then.
  std::optional<Proposal> see(const importing::ImportedPerson& person,
                              std::span<const storage::PatientIndexRow> index,
                              const std::optional<storage::ExternalRef>& old_id);
  std::optional<Proposal> see_visit(std::int64_t line, const storage::ExternalRef& old_id);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::int64_t line = 0;  // 0: free
  };
  std::int64_t find(std::uint64_t hash) const;
  void insert(std::uint64_t hash, std::int64_t line);
  void grow();
  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  std::size_t used_ = 0;
};

// One person with all that there is to look for.
struct Candidate {
  importing::ImportedPerson person;
  std::vector<storage::PatientIndexRow> index;  // to store, the current generation
  std::vector<storage::ExternalRef> old_ids;    // both generations; empty: none
};
// For each candidate the record it looks like, or nothing. Reads a snapshot; opens the records of
// those who share a contact, to compare birth dates.
Result<std::vector<std::optional<Proposal>>> find_in_store(App& app, Tenant& tenant,
                                                           std::span<const Candidate> candidates);

}  // namespace sealbook::app::imports
