#include "main/looking_verbs.hpp"

namespace sealbook {

void LookingVerbs::add_to(CLI::App& program, int& code) {
  add_doctor(program, code);
  add_controls(program, code);
  add_audit(program, code);
  add_store(program, code);
}

void LookingVerbs::add_audit(CLI::App& program, int& code) {
  auto* group = program.add_subcommand("audit", "The journal");
  group->require_subcommand(1);
  auto* verb = group->add_subcommand("verify", "Check every byte of the journal; prints the number of entries last");
  verb->add_option("--dir", audit_.dir, "The instance's folder")->required();
  verb->add_flag("--bodies", audit_.bodies, "Open every body with the keys as well");
  verb->add_option("--since", audit_.since, "A checkpoint kept elsewhere that the journal must contain");
  verb->callback([this, &code] { code = cli::audit_verify(audit_); });
}

void LookingVerbs::add_store(CLI::App& program, int& code) {
  auto* group = program.add_subcommand("store", "The embedded store");
  group->require_subcommand(1);
  auto* verb = group->add_subcommand("unwrap-pages", "Write a plain SQLite copy of the store; sealed fields stay sealed");
  verb->add_option("--dir", pages_.dir, "The instance's folder")->required();
  verb->add_option("--out", pages_.out, "The file to write; it must not exist")->required();
  verb->callback([this, &code] { code = cli::store_unwrap_pages(pages_); });
}

void LookingVerbs::add_controls(CLI::App& program, int& code) {
  auto* verb = program.add_subcommand("controls", "Show what each control is worth, with its evidence");
  verb->add_option("--dir", controls_dir_, "The instance's folder; without it nothing of an installation is looked at");
  verb->add_flag("--json", controls_.json, "The array that GET /v1/controls answers");
  verb->add_flag("--all", controls_.all, "With what each row asks, its evidence and what it lacks");
  verb->add_option("--family", controls_.family, "ENC, or one row: ENC-01");
  verb->add_option("--state", controls_.state, "enforced, partial, attested or absent");
  verb->callback([this, &code] {
    if (!controls_dir_.empty()) controls_.dir = controls_dir_;
    code = cli::print_controls_verb(controls_);
  });
}

void LookingVerbs::add_doctor(CLI::App& program, int& code) {
  auto* verb = program.add_subcommand("doctor", "Say beforehand what would go wrong, and what to do about it");
  verb->add_option("--dir", doctor_.dir, "The instance's folder")->required();
  verb->add_flag("--json", doctor_.json, "As JSON");
  verb->callback([this, &code] { code = cli::doctor(doctor_); });
}

}  // namespace sealbook
