// PatientDirectory is what reception searches in: names, birth dates and contact tails of one
// tenant's patients, in memory only (DECISIONS 13).
//
// A query is words in any order: name fragments ("gar mar"), a birth date ("3/12", "1984-03-12",
// "12.03.1984") and last digits of a telephone number ("4417"). Every word must match. Accents and
// case do not matter. Never written to disk, never logged. Threads: any; readers share.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/directory/patient.hpp"

namespace sealbook::app {

class PatientDirectory {
 public:
  // Adds a patient, or replaces what is known about one.
  void put(const PatientId& id, const PatientRecord& record);
  void remove(const PatientId& id);
  std::size_t size() const;

  // Filling from the store, while commits go on: from start_filling() on, commits put() what they
  // change; fill() adds what the store had and leaves alone who is there already.
  void start_filling() { takes_changes_.store(true); }
  bool takes_changes() const { return takes_changes_.load(); }
  void fill(const PatientId& id, const PatientRecord& record);

  // At most `limit` ids, ordered by family name, given name, birth date. An empty query or one
  // without a usable word matches nobody.
  std::vector<PatientId> search(std::string_view text, std::size_t limit) const;

 private:
  struct Person {
    std::vector<std::string> names;   // folded parts
    std::vector<std::string> phones;  // digits only
    std::chrono::year_month_day birth_date;
    std::string order;
  };
  struct Query;
  static Query parse(std::string_view text);
  static bool matches(const Person& person, const Query& query);
  static Person person_of(const PatientRecord& record);
  void insert_locked(const PatientId& id, Person person);
  void erase_locked(const PatientId& id);

  std::atomic<bool> takes_changes_{false};
  mutable std::shared_mutex mutex_;
  std::unordered_map<PatientId, Person> people_;
  std::multimap<std::string, PatientId, std::less<>> by_name_;  // folded name part → person
  std::multimap<unsigned, PatientId> by_birthday_;              // month * 32 + day → person
};

// Lower case, without accents, for comparing only: "Ñandú" → "nandu". Text outside Latin scripts
// stays as it is.
std::string fold(std::string_view text);

}  // namespace sealbook::app
