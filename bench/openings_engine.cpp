// How fast is the availability engine by itself: compiled rules, claims in the index, no HTTP?
//
// Prints one line per question: CPU nanoseconds (median, least, most of five rounds) and the wall
// clock of the median round. CPU is the headline (DECISIONS 31): other work on the machine moves
// it least.
#include <ctime>

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/assert.hpp"
#include "domain/scheduling/availability.hpp"
#include "domain/scheduling/busy_index.hpp"
#include "domain/scheduling/dice.hpp"

namespace {

using namespace sealbook;
using namespace sealbook::scheduling;
using testing::Dice;

struct Times {
  double cpu_ns;
  double wall_ns;
};

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Work>
Times timed(int repeats, Work work) {
  const double cpu = seconds(CLOCK_THREAD_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
  for (int i = 0; i < repeats; ++i) work();
  return {(seconds(CLOCK_THREAD_CPUTIME_ID) - cpu) * 1e9 / repeats,
          (seconds(CLOCK_MONOTONIC) - wall) * 1e9 / repeats};
}

template <class Work>
void report(const char* question, int repeats, Work work) {
  std::array<Times, 5> rounds;
  timed(std::max(1, repeats / 10), work);
  for (Times& round : rounds) round = timed(repeats, work);
  std::ranges::sort(rounds, {}, &Times::cpu_ns);
  std::printf("%-58s %9.0f ns CPU (%.0f .. %.0f), %.0f ns wall\n", question, rounds[2].cpu_ns,
              rounds[0].cpu_ns, rounds[4].cpu_ns, rounds[2].wall_ns);
}

const Instant today = *Instant::parse("2026-10-12T12:00:00Z");  // a change of clocks within 30 days

// Mondays to Fridays 9 to 17, visits of 30 minutes every 15, as PEERS 7 has it.
struct Clinic {
  LocationResources location;
  std::vector<Claim> claims;
  BusyIndex index;
  std::shared_ptr<const CompiledService> service;

  // `full` percent of the half hours of each day are taken, or `visits` random ones when it is 0.
  Clinic(std::size_t practitioners, int visits, int full, std::uint64_t seed) {
    Dice dice(seed);
    location.id = dice.id<LocationId>();
    location.zone = TimeZone::named("America/New_York").value();
    for (std::size_t i = 0; i < practitioners; ++i) {
      const auto id = dice.id<ResourceId>();
      Schedule schedule{
          .id = dice.id<ScheduleId>(), .resource = id, .location = location.id, .weekly = {}};
      for (std::size_t day = 0; day < 5; ++day) schedule.weekly[day] = {{9 * 60, 17 * 60}};
      HoursRules rules{location.zone, ResourceKind::practitioner, {schedule}, {}, {}};
      const auto hours = CompiledHours::make(
          rules, {today - std::chrono::days(30), today + std::chrono::days(400)});
      location.resources.push_back({id, ResourceKind::practitioner, 1, hours});
      fill(dice, id, *hours, visits, full);
    }
    index.load(claims, today);
    Service rules;
    rules.id = dice.id<ServiceId>();
    rules.needs = {Requirement{}};
    service = CompiledService::make(rules, std::span(&location, 1));
  }

  void fill(Dice& dice, const ResourceId& resource, const CompiledHours& hours, int visits,
            int full) {
    std::vector<UtcMinute> slots;
    for (const MinuteSpan& day : hours.open())
      for (UtcMinute slot = day.starts;
           slot < day.ends && instant_of(slot) < today + std::chrono::days(30); slot += 30)
        if (instant_of(slot) >= today) slots.push_back(slot);
    std::size_t wanted = full > 0 ? slots.size() * static_cast<std::size_t>(full) / 100
                                  : static_cast<std::size_t>(visits);
    for (; wanted > 0 && !slots.empty(); --wanted) {
      const auto pick = static_cast<std::size_t>(dice.between(0, std::ssize(slots) - 1));
      claims.push_back({dice.id<ClaimId>(), resource, 0,
                        interval_of({slots[pick], slots[pick] + 30}), std::nullopt});
      slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(pick));
    }
  }

  SearchWindow window(std::size_t limit) const {
    return {.from = today, .to = today + std::chrono::days(30), .now = today, .limit = limit};
  }
};

void searches() {
  Clinic one(100, 50, 0, 1);
  SearchWindow window = one.window(20);
  std::size_t next = 0, found = 0;
  report("1 practitioner x 30 days, 50 visits, first 20", 20'000, [&] {
    const ResourceId& id = one.location.resources[next++ % 100].id;
    window.practitioners = std::span(&id, 1);
    found += find_openings(*one.service, window, one.index, Audience::patient).openings.size();
  });
  ASSERT(found > 0);
  window.limit = 100'000;
  report("1 practitioner x 30 days, 50 visits, all openings", 2'000, [&] {
    const ResourceId& id = one.location.resources[next++ % 100].id;
    window.practitioners = std::span(&id, 1);
    found += find_openings(*one.service, window, one.index, Audience::patient).openings.size();
  });
  for (const int full : {0, 70, 100}) {
    Clinic many(1000, 50, full, 2);
    char question[80];
    std::snprintf(question, sizeof question, "1000 practitioners x 30 days, %s, first 20 anywhere",
                  full == 0    ? "50 visits"
                  : full == 70 ? "70 % full"
                               : "all full");
    report(question, full == 100 ? 200 : 2'000, [&] {
      found += find_openings(*many.service, many.window(20), many.index, Audience::patient)
                   .openings.size();
    });
  }
}

void judgements() {
  Clinic one(100, 50, 0, 3);
  const auto opening =
      find_openings(*one.service, one.window(1), one.index, Audience::patient).openings.at(0);
  const std::array<ResourceId, 1> chosen{opening.practitioner};
  const BusyRows rows({});
  report("may_book, one resource, no rows", 100'000, [&] {
    ASSERT(may_book(*one.service, opening.location, chosen, opening.interval().starts, rows, today,
                    Audience::patient));
  });
}

void claims() {
  constexpr std::size_t count = 1'000'000, resources = 1'000;
  Dice dice(4);
  std::vector<ResourceId> ids(resources);
  for (auto& id : ids) id = dice.id<ResourceId>();
  std::vector<Claim> all;
  for (std::size_t i = 0; i < count; ++i) {
    const Instant starts =
        today + std::chrono::minutes(30) * static_cast<std::int64_t>(i / resources);
    all.push_back({dice.id<ClaimId>(),
                   ids[dice.next() % resources],
                   0,
                   {starts, starts + std::chrono::minutes(30)},
                   std::nullopt});
  }
  BusyIndex index;
  const Times load = timed(1, [&] { index.load(all, today); });
  const auto size = index.size();
  std::printf("%-58s %9.0f ms CPU, %.0f ms wall, %.1f bytes a claim\n",
              "load 1,000,000 claims of 1,000 resources", load.cpu_ns / 1e6, load.wall_ns / 1e6,
              static_cast<double>(size.bytes) / static_cast<double>(size.claims));
  report("add a claim and remove it, 1,000 claims on the resource", 2'000, [&] {
    const Claim claim{dice.id<ClaimId>(),
                      ids[dice.next() % resources],
                      0,
                      {today, today + std::chrono::minutes(30)},
                      std::nullopt};
    index.add(claim, today);
    index.remove(claim.id, claim.resource, today);
  });
  std::size_t seen = 0;
  report("look a resource up", 100'000,
         [&] { seen += index.of(ids[dice.next() % resources]).firm.size(); });
  ASSERT(seen > 0);
}

void conversions() {
  const TimeZone zone = TimeZone::named("America/New_York").value();
  std::int64_t sum = 0;
  std::int32_t minute = 0;
  const LocalDay day = local_day(*parse_date("2026-03-01"));
  report("local time to instant", 1'000'000,
         [&] { sum += resolve({day, minute++ % 40'000}, zone).instant.micros(); });
  report("instant to local time", 1'000'000,
         [&] { sum += to_local(today + Minutes(minute++ % 40'000), zone).minute; });
  ASSERT(sum != 0);
  Schedule schedule;
  for (std::size_t weekday = 0; weekday < 5; ++weekday)
    schedule.weekly[weekday] = {{9 * 60, 12 * 60}, {13 * 60, 17 * 60}};
  report("expand a schedule over 400 days", 1'000, [&] {
    const HoursRules rules{zone, ResourceKind::practitioner, {schedule}, {}, {}};
    sum += std::ssize(CompiledHours::make(rules, {today, today + std::chrono::days(400)})->open());
  });
}

}  // namespace

int main() {
  searches();
  judgements();
  claims();
  conversions();
}
