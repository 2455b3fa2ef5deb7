#include "main/inviting_verbs.hpp"

namespace sealbook {

InvitingVerbs::InvitingVerbs(CLI::App& program, int& code) {
  auto* invite = program.add_subcommand("invite", "Make personal links for an event's people and queue their mails");
  invite->add_option("--dir", invite_.dir, "The instance's folder")->required();
  invite->add_option("--tenant", invite_.tenant, "The tenant's slug")->required();
  invite->add_option("--event", invite_.event, "Everybody on this event's list who was not invited yet");
  invite->add_option("--remind", invite_.remind, "Those whom this invitation reached and who have not answered");
  invite->callback([this, &code] { code = cli::run_invite(invite_); });

  auto* group = program.add_subcommand("link", "Personal links");
  group->require_subcommand(1);
  auto* revoke = group->add_subcommand("revoke", "End links at once: a person's, an event's, or all up to a time");
  revoke->add_option("--dir", revoke_.dir, "The instance's folder")->required();
  revoke->add_option("--tenant", revoke_.tenant, "The tenant's slug")->required();
  revoke->add_option("--subject", revoke_.subject, "The person");
  revoke->add_option("--campaign", revoke_.campaign, "The event");
  revoke->add_option("--issued-before", revoke_.issued_before, "An instant: 2026-11-24T12:00:00Z");
  revoke->callback([this, &code] { code = cli::run_link_revoke(revoke_); });
}

}  // namespace sealbook
