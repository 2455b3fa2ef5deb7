#include <map>
#include <set>

#include "app/imports/receiving.hpp"
#include "app/imports/visits.hpp"
#include "app/patients/patient_directory.hpp"

namespace sealbook::app::imports {
namespace {

using importing::OldVisit;
using importing::Problem;
using storage::ExternalRefKind;

// What the old system calls something → our id: by the mapping, else by our own name for it.
template <class IdType>
class Names {
 public:
  explicit Names(const std::map<std::string, std::string>& mapped) {
    for (const auto& [from, to] : mapped)
      if (const auto id = IdType::parse(to)) ids_[fold(from)] = *id;
  }
  void add(std::string_view name, const IdType& id) {
    const auto [at, is_new] = own_.try_emplace(fold(name), id);
    if (!is_new && at->second != id) twice_.insert(at->first);
  }
  std::optional<IdType> find(std::string_view name) const {
    const std::string key = fold(name);
    if (const auto id = IdType::parse(name)) return *id;
    if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
    const auto found = own_.find(key);
    if (found == own_.end() || twice_.contains(key)) return std::nullopt;
    return found->second;
  }

 private:
  std::map<std::string, IdType> ids_, own_;
  std::set<std::string> twice_;  // our own names that two bear
};

// The ordinary time of each practitioner as the file has it: what lies over it is an overbooking.
class OldBook {
 public:
  bool overlaps(const ResourceId& who, const Interval& when) {
    auto& taken = taken_[who];
    auto next = taken.lower_bound(when.starts);
    const bool over = (next != taken.end() && next->first < when.ends) ||
                      (next != taken.begin() && std::prev(next)->second > when.starts);
    if (!over) taken.emplace(when.starts, when.ends);
    return over;
  }

 private:
  std::map<ResourceId, std::map<Instant, Instant>> taken_;
};

class VisitReceiver {
 public:
  VisitReceiver(Receiving& receiving, const importing::ReadRules& rules)
      : receiving_(receiving),
        organisation_(receiving.ctx().tenant->organisation()),
        practitioners_(rules.practitioners),
        services_(rules.services),
        locations_(rules.locations) {
    chunk_.source = rules.source;
    for (const auto& [id, resource] : organisation_->resources)
      if (resource.kind == ResourceKind::practitioner && resource.state == ActiveState::active)
        practitioners_.add(resource.name, id);
    for (const auto& [id, service] : organisation_->services)
      if (service.active) services_.add(service.rules.name, id);
    for (const auto& [id, location] : organisation_->locations) locations_.add(location.name, id);
  }

  void take(OldVisit& old) {
    if (!outcome_) return;
    auto visit = resolve_all(old);
    if (!visit) return;
    if (visit->starts < receiving_.ctx().now) {
      receiving_.findings().note(old.line, "past", "",
                                 "Appointments that have begun already were left out.");
      ++past_;
      return;
    }
    auto& counts = receiving_.report().sheet[{sheet_key(visit->practitioner), visit->day}];
    ++counts.old;
    const auto refs = old_id_refs(*receiving_.ctx().tenant->keys(), ExternalRefKind::appointment,
                                  chunk_.source, old.old_id);
    if (refs.empty()) {
      ++counts.refused;
      return tell(old, "old_id", "format", "The old id has no form that can be looked up.");
    }
    if (auto proposal = receiving_.seen().see_visit(old.line, refs.front())) {
      ++counts.refused;
      return receiving_.propose(*proposal);
    }
    const Interval when{visit->starts, visit->starts + std::chrono::minutes(old.minutes)};
    if (visit->practitioner && book_.overlaps(*visit->practitioner, when)) {
      ++counts.flagged;
      receiving_.findings().note(
          old.line, "overlap", "",
          "Appointments of one practitioner over each other are kept as overbookings.");
    }
    visit->old = std::move(old);
    chunk_.visits.push_back(std::move(*visit));
    if (chunk_.visits.size() == chunk_rows) flush();
  }
  void flush() {
    if (chunk_.visits.empty() || !outcome_) return;
    outcome_ = receiving_.write_chunk(encode_visits(chunk_));
    chunk_.visits.clear();
  }
  const Result<void>& outcome() const { return outcome_; }
  std::int64_t past() const { return past_; }

 private:
  void tell(const OldVisit& old, std::string_view column, std::string_view rule,
            std::string_view detail) {
    receiving_.findings().add(
        {old.line, 0, std::string(column), std::string(rule), std::string(detail)});
  }

  std::optional<LocationId> location_of(const OldVisit& old,
                                        const std::optional<ResourceId>& practitioner,
                                        const ServiceId& service) {
    if (!old.location.empty()) {
      const auto found = locations_.find(old.location);
      if (!found)
        tell(old, "location", "unknown", "No place here has this name; add it to the mapping.");
      return found;
    }
    std::set<LocationId> possible;
    for (const auto& [id, entry] : organisation_->schedules)
      if (entry.active && practitioner && entry.schedule.resource == *practitioner)
        possible.insert(entry.schedule.location);
    if (possible.empty())
      for (const LocationId& id : organisation_->find_service(service)->rules.locations)
        possible.insert(id);
    if (possible.empty())
      for (const auto& [id, location] : organisation_->locations) possible.insert(id);
    if (possible.size() == 1) return *possible.begin();
    tell(old, "location", "required", "The practitioner works at several places; say at which.");
    return std::nullopt;
  }

  std::optional<ResolvedVisit> resolve_all(const OldVisit& old) {
    ResolvedVisit visit;
    bool good = true;
    if (!old.practitioner.empty()) {
      visit.practitioner = practitioners_.find(old.practitioner);
      if (!visit.practitioner) {
        tell(old, "practitioner", "unknown",
             "No practitioner here has this name alone; add it to the mapping.");
        good = false;
      }
    }
    const auto service = services_.find(old.service);
    if (!service || organisation_->find_service(*service) == nullptr) {
      tell(old, "service", "unknown",
           "No service here has this name alone; add it to the mapping.");
      good = false;
    }
    if (good) {
      visit.service = *service;
      const auto location = location_of(old, visit.practitioner, visit.service);
      if (location && organisation_->find_location(*location) != nullptr)
        visit.location = *location;
      else good = false;
    }
    if (good) good = resolve_start(old, visit);
    if (good) return visit;
    auto& counts = receiving_.report().sheet[{sheet_key(visit.practitioner), visit.day}];
    ++counts.old;
    ++counts.refused;
    return std::nullopt;
  }

  bool resolve_start(const OldVisit& old, ResolvedVisit& visit) {
    const TimeZone zone = organisation_->find_location(visit.location)->zone;
    visit.starts = old.instant ? *old.instant : Instant();
    if (old.wall) {
      const Resolved read = resolve(*old.wall, zone);
      visit.starts = read.instant;
      if (read.kind == LocalKind::skipped) {
        tell(old, "starts", "skipped_time", "The clocks of that place skip this time.");
        return false;
      }
      if (read.kind == LocalKind::doubled)
        receiving_.findings().note(old.line, "doubled_time", "",
                                   "Times that the clocks show twice were read as the first.");
    }
    visit.day = to_local(visit.starts, zone).day.time_since_epoch().count();
    return true;
  }

  Receiving& receiving_;
  std::shared_ptr<const Organisation> organisation_;
  Names<ResourceId> practitioners_;
  Names<ServiceId> services_;
  Names<LocationId> locations_;
  OldBook book_;
  VisitChunk chunk_;
  Result<void> outcome_;
  std::int64_t past_ = 0;
};

// A calendar is read as a whole, within the reader's bounds.
std::string whole_text(importing::ByteSource& source) {
  std::string text;
  source.rewind();
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) text += piece;
  return text;
}

}  // namespace

Result<importing::FileFacts> receive_visits(Receiving& receiving, const StartImport& command) {
  VisitReceiver receiver(receiving, command.rules);
  const importing::VisitSink sink = [&](OldVisit& visit) { receiver.take(visit); };
  TRY(facts,
      command.format == Format::csv
          ? importing::read_visits_csv(command.source, command.rules, receiving.findings(), sink)
          : importing::read_visits_ics(whole_text(command.source), command.rules,
                                       receiving.findings(), sink));
  receiver.flush();
  if (!receiver.outcome()) return std::unexpected(receiver.outcome().error());
  facts.skipped += receiver.past();
  return facts;
}

}  // namespace sealbook::app::imports
