// What a figure needs beside it: clocks, CPU of this process or another, stolen time, the goal.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

namespace sealbook::bench {

double wall_seconds();
double cpu_seconds();                  // of this process, all threads
double cpu_seconds_of(pid_t process);  // of another one
double resident_mib_of(pid_t process);

// The share of both cores' time that the host gave to somebody else since this was made, in
// percent, from /proc/stat. A run above `stolen_limit` says nothing about the program.
inline constexpr double stolen_limit = 10;
class Stolen {
 public:
  Stolen();
  double percent() const;

 private:
  double total_, stolen_;
};

void say_thrown_away(double percent, bool again);

// Runs `measure` until a run has little enough time stolen, five times at most, and says what it
// threw away; answers the last run.
template <class Measure>
auto quiet(Measure measure) {
  for (int attempt = 1;; ++attempt) {
    const Stolen stolen;
    auto run = measure();
    if (stolen.percent() <= stolen_limit) return run;
    say_thrown_away(stolen.percent(), attempt < 5);
    if (attempt == 5) return run;
  }
}

// One line: name, value, unit, goal and whether it was met. bench/write-path reads these lines.
enum class Goal { none, at_least, at_most };
void figure(std::string_view name, double value, std::string_view unit, Goal kind = Goal::none,
            double goal = 0);

}  // namespace sealbook::bench
