#include "machine.hpp"

#include <sys/resource.h>

#include <cstdio>
#include <ctime>
#include <fstream>

namespace sealbook::bench {
namespace {

double read_clock(clockid_t clock) {
  timespec now{};
  if (clock_gettime(clock, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Ticks {
  double total = 0, stolen = 0;
};

Ticks ticks() {
  std::ifstream in("/proc/stat");
  std::string cpu;
  in >> cpu;
  Ticks seen;
  double value = 0;
  // user nice system idle iowait irq softirq steal; guest time is inside user already
  for (int field = 0; field < 8 && in >> value; ++field) {
    seen.total += value;
    if (field == 7) seen.stolen = value;
  }
  return seen;
}

}  // namespace

double wall_seconds() { return read_clock(CLOCK_MONOTONIC); }
double cpu_seconds() { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

double cpu_seconds_of(pid_t process) {
  clockid_t clock{};
  return clock_getcpuclockid(process, &clock) == 0 ? read_clock(clock) : 0;
}

double resident_mib_of(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/status");
  for (std::string word; in >> word;)
    if (word == "VmRSS:") {
      double kib = 0;
      in >> kib;
      return kib / 1024;
    }
  return 0;
}

Stolen::Stolen() {
  const Ticks now = ticks();
  total_ = now.total;
  stolen_ = now.stolen;
}

double Stolen::percent() const {
  const Ticks now = ticks();
  return now.total <= total_ ? 0 : 100 * (now.stolen - stolen_) / (now.total - total_);
}

void say_thrown_away(double percent, bool again) {
  std::printf("thrown away: %.0f %% of the time was stolen%s\n", percent,
              again ? "" : "; the fifth such run counts");
}

void figure(std::string_view name, double value, std::string_view unit, Goal kind, double goal) {
  std::printf("%-46.*s %12.*f %.*s", static_cast<int>(name.size()), name.data(),
              value < 1000 ? 3 : 0, value, static_cast<int>(unit.size()), unit.data());
  if (kind != Goal::none) {
    const bool met = kind == Goal::at_least ? value >= goal : value <= goal;
    std::printf("   (goal %s %g: %s)", kind == Goal::at_least ? ">=" : "<=", goal,
                met ? "met" : "MISSED");
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace sealbook::bench
