#include <fstream>
#include <iostream>

#include "cli/exit_codes.hpp"
#include "cli/moving.hpp"
#include "domain/synth/files.hpp"

namespace sealbook::cli {
namespace {

using Write = void (*)(const synth::Plan&, const synth::Sink&);

bool write_file(const std::filesystem::path& path, const synth::Plan& plan, Write write) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  write(plan, [&](std::string_view text) { out << text; });
  out.flush();
  if (out) std::cout << path.string() << "\n";
  else std::cerr << "sealbook synth: " << path.string() << " cannot be written.\n";
  return static_cast<bool>(out);
}

}  // namespace

int run_synth(const SynthOptions& options) {
  synth::Plan plan;
  plan.seed = options.seed;
  plan.people = options.people;
  plan.appointments = options.appointments;
  plan.practitioners = options.practitioners;
  plan.overlaps = options.overlaps;
  if (!options.first_day.empty()) {
    const auto day = parse_date(options.first_day);
    if (!day) {
      std::cerr << "sealbook synth: --first-day is written as 2027-01-04.\n";
      return exit_usage;
    }
    plan.first_day = local_day(*day);
  }
  if (plan.people == 0 || plan.practitioners == 0 || plan.overlaps * 2 > plan.appointments) {
    std::cerr << "sealbook synth: it takes a person, a practitioner, and twice as many "
                 "appointments as overlaps.\n";
    return exit_usage;
  }
  std::error_code broken;
  std::filesystem::create_directories(options.out, broken);
  bool good = write_file(options.out / "people.csv", plan, synth::write_people_csv) &&
              write_file(options.out / "people.ndjson", plan, synth::write_people_ndjson);
  if (plan.appointments > 0)
    good = good &&
           write_file(options.out / "appointments.csv", plan, synth::write_appointments_csv) &&
           write_file(options.out / "appointments.ics", plan, synth::write_appointments_ics);
  return good ? exit_ok : exit_unavailable;
}

}  // namespace sealbook::cli
