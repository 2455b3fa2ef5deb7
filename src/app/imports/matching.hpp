// Finding out who is here already: within a file by hashes of blind index values, in the store by
// the blind indexes themselves, and by what the old system called them.
//
// Same name and birth date, same contact and birth date, same identifier, same old id: each
// proposes a duplicate; nobody is merged and nobody is changed. Only an old id, an identifier, or a
// contact with the birth date and the given name says who a row means, and only when it says one:
// twins share a parent's mailbox and a birthday. Two old ids of one source are two people, whatever
// they share. Who registered on the public page is nobody's match, and neither is who typed the
// contact without proving it: anybody can do that in anybody's name.
// Threads: one per object.
#pragma once

#include <unordered_map>

#include "app/app.hpp"
#include "app/imports/report.hpp"
#include "app/patients/index.hpp"
#include "storage/tables/imports.hpp"

namespace sealbook::app::imports {

// The keyed hash of an old id; empty when it has no normal form. The generation to write first.
std::vector<storage::ExternalRef> old_id_refs(const keys::TenantKeys& keys,
                                              storage::ExternalRefKind kind,
                                              std::string_view source, const SensitiveText& old_id);

// What says that a record has an old id of that source.
std::vector<storage::ExternalRef> source_refs(const keys::TenantKeys& keys, std::string_view source,
                                              const PatientId& id);

// The rows of the file so far, 16 bytes for each thing that could tell a person.
class SeenRows {
 public:
  struct Seen {
    std::optional<Proposal> same;   // the earlier row that this one looks like
    std::optional<Proposal> noted;  // looks like it and is another by its old id: told, no more
  };
  // Remembers the row when it is nobody's double.
  Seen see(const importing::ImportedPerson& person, std::span<const storage::PatientIndexRow> index,
           const std::optional<storage::ExternalRef>& old_id);
  std::optional<Proposal> see_visit(std::int64_t line, const storage::ExternalRef& old_id);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::int64_t line : 63 = 0;  // 0: free
    bool has_old_id : 1 = false;
  };
  Slot find(std::uint64_t hash) const;
  void insert(Slot slot);
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

// What is compared of those whose contacts somebody shared and of those who came in just now, so
// that a record is opened once in an import and not once per row. Forgets all when it grows large.
class KnownBirths {
 public:
  static constexpr std::size_t most_known = 20'000;
  // To be called before a chunk: what is put for it stays until the next call.
  void make_room(std::size_t more);
  void put(const keys::TenantKeys& keys, const PatientId& id, const PatientRecord& record);
  bool knows(const PatientId& id) const { return known_.contains(id); }
  bool is_same_day(const PatientId& id, const PatientRecord& record) const;
  // The same given names as well, folded as the directory folds; a row without one has none's.
  bool is_same_given(const PatientId& id, const PatientRecord& record) const;
  // Whether the person typed this contact itself and has not proven it.
  bool is_unproven(const PatientId& id, const storage::PatientIndexRow& contact) const;

 private:
  struct Known {
    decltype(PatientRecord::birth_date) day;
    std::uint64_t given = 0;  // 0: none
    std::vector<storage::PatientIndexRow> unproven;
  };
  std::unordered_map<PatientId, Known> known_;
};

// What the store says about a row.
struct Match {
  std::optional<Proposal> here;   // it looks like this record: not to be made again
  bool is_strong = false;         // by what is one person's alone
  bool is_sure = false;           // and means it: that person may join an event, take a visit
  std::optional<Proposal> noted;  // it looks like somebody whom it does not mean: told, no more
};

// For each candidate what it matches. Reads one snapshot; opens the records of those who share a
// contact and are not among `births`, to compare them. `source` is whose the old ids are.
Result<std::vector<Match>> find_in_store(App& app, Tenant& tenant, std::string_view source,
                                         std::span<const Candidate> candidates,
                                         KnownBirths& births);

}  // namespace sealbook::app::imports
