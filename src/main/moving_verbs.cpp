#include "main/moving_verbs.hpp"

namespace sealbook {

void MovingVerbs::add_to(CLI::App& program, int& code) {
  add_import(program, code);
  add_synth(program, code);
}

void MovingVerbs::add_import(CLI::App& program, int& code) {
  auto* verb =
      program.add_subcommand("import", "Bring in people, or another scheduler's appointments");
  verb->add_option("--dir", import_.dir, "The instance's folder")->required();
  verb->add_option("--tenant", import_.tenant, "The organisation's slug")->required();
  auto* file = verb->add_option("file", import_.file,
                                "CSV, FHIR Patient NDJSON (.ndjson) or a calendar (.ics)");
  verb->add_flag("--dry-run", import_.dry_run, "Say what would happen, and change nobody");
  verb->add_flag("--appointments", import_.appointments, "The file holds appointments");
  verb->add_option("--event", import_.event, "Who comes in becomes a participant of this event");
  verb->add_option("--mapping", import_.mapping, "The name of a saved mapping");
  verb->add_option("--date-order", import_.date_order, "How 03/04/1984 is meant")
      ->check(CLI::IsMember({"day_first", "month_first"}));
  verb->add_option("--calling-code", import_.calling_code,
                   "Of telephone numbers without one, such as 34");
  verb->add_option("--source", import_.source, "The system that the file's ids belong to");
  verb->add_option("--sheet", import_.sheet, "Where to write the comparison sheet of appointments");
  auto* resume = verb->add_flag("--resume", import_.resume, "Only go on with what was interrupted");
  verb->callback([this, file, resume, &code] {
    if (file->count() + resume->count() != 1)
      throw CLI::ValidationError("import", "name a file, or --resume");
    code = cli::run_import(import_);
  });
}

void MovingVerbs::add_synth(CLI::App& program, int& code) {
  auto* verb = program.add_subcommand(
      "synth", "Make up an organisation's files: people and an old appointment book");
  verb->add_option("--out", synth_.out, "The folder to write to")->required();
  verb->add_option("--seed", synth_.seed, "The same seed makes the same bytes")
      ->capture_default_str();
  verb->add_option("--people", synth_.people, "How many people")->capture_default_str();
  verb->add_option("--appointments", synth_.appointments, "How many appointments the old book has");
  verb->add_option("--practitioners", synth_.practitioners, "Whose book it is")
      ->capture_default_str();
  verb->add_option("--overlaps", synth_.overlaps, "How many of the appointments lie over another");
  verb->add_option("--first-day", synth_.first_day, "The book's first day; default 2027-01-04");
  verb->callback([this, &code] { code = cli::run_synth(synth_); });
}

}  // namespace sealbook
