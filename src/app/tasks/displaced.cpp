#include "app/tasks/displaced.hpp"

#include <algorithm>

namespace sealbook::app::tasks {
namespace {

constexpr Micros longest_visit = std::chrono::hours(24);
constexpr std::int64_t page_size = 200;

bool is_with(const storage::AppointmentRow& visit, const ResourceId& resource) {
  if (visit.practitioner == resource) return true;
  return std::ranges::any_of(storage::decode_claim_refs(visit.claims),
                             [&](const storage::ClaimRef& claim) { return claim.resource == resource; });
}

bool is_hit(const storage::AppointmentRow& visit, const Displacing& what, Instant now) {
  if (!scheduling::occupies(visit.status) || visit.when.starts <= now) return false;
  if (visit.when.ends <= what.span.starts || visit.when.starts >= what.span.ends) return false;
  if (what.resource && !is_with(visit, *what.resource)) return false;
  return !what.takes || what.takes(visit.when);
}

}  // namespace

std::size_t open_displaced(storage::Transaction& tx, const Displacing& what) {
  storage::appointments::Page page;
  page.from = std::max(what.span.starts - longest_visit, tx.now());
  page.to = what.span.ends;
  page.location = what.location;
  page.limit = page_size;
  std::size_t opened = 0;
  while (page.from < page.to) {
    const auto visits = storage::appointments::list(tx, page);
    for (const storage::AppointmentRow& visit : visits) {
      if (!is_hit(visit, what, tx.now())) continue;
      NewTask task{TaskKind::displaced_visit, visit.patient, visit.id, std::nullopt, 0, tx.now(), {}};
      append_u64(task.distinct, static_cast<std::uint64_t>(visit.announced));
      if (open(tx, task)) ++opened;
    }
    if (std::cmp_less(visits.size(), page_size)) break;
    page.after = {visits.back().when.starts, visits.back().id};
  }
  return opened;
}

}  // namespace sealbook::app::tasks
