#include <algorithm>
#include <functional>
#include <iostream>

#include "app/events/invitations.hpp"
#include "app/perform.hpp"
#include "cli/exit_codes.hpp"
#include "cli/instance.hpp"
#include "cli/inviting.hpp"
#include "storage/tables/accounts.hpp"

namespace sealbook::cli {
namespace {

int refuse(std::string_view verb, const Error& error) {
  std::cerr << "sealbook " << verb << ": " << error.detail << "\n";
  if (error.code == ErrorCode::unavailable) return exit_unavailable;
  return error.code == ErrorCode::not_found ? exit_no_input : exit_found_wrong;
}

// Whoever sits at the command line acts for the tenant's first administrator, and the journal says
// so.
Result<Principal> administrator(app::App& app, const app::Tenant& tenant) {
  std::vector<storage::AccountRow> accounts;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) { accounts = storage::accounts::all(s); });
  std::erase_if(accounts,
                [](const storage::AccountRow& a) { return a.role != Role::admin || !a.active; });
  if (accounts.empty())
    return fail(ErrorCode::not_found, "The tenant has no administrator to act for.");
  const auto first = std::ranges::min_element(accounts, {}, &storage::AccountRow::created);
  return Principal{first->id, tenant.id(), Role::admin, std::nullopt, std::nullopt};
}

// Opens the instance and does it there.
int with_tenant(std::string_view verb, const std::filesystem::path& dir, const std::string& slug,
                const std::function<Result<void>(app::CallContext&)>& act) {
  const auto config = load_config(dir);
  if (!config) {
    std::cerr << "sealbook " << verb << ": " << config.error().detail << "\n";
    return config.error().code == ErrorCode::not_found ? exit_no_input : exit_config;
  }
  auto instance = Instance::open(*config);
  if (!instance) return refuse(verb, instance.error());
  app::App& app = (*instance)->app();
  const auto tenant = app.tenants.find_by_slug(slug);
  if (!tenant)
    return refuse(verb, make_error(ErrorCode::not_found, "There is no tenant of that slug."));
  const auto principal = administrator(app, *tenant);
  if (!principal) return refuse(verb, principal.error());
  auto ctx = app::context_for(app, tenant, *principal, Permission::invitation_send);
  if (!ctx) return refuse(verb, ctx.error());
  const auto done = act(*ctx);
  return done ? exit_ok : refuse(verb, done.error());
}

template <class IdType>
Result<IdType> parsed(const std::string& text, const char* option) {
  const auto id = IdType::parse(text);
  if (!id)
    return fail(invalid_field(option, "format", std::string(option) + " is not such an id."));
  return *id;
}

Result<storage::InvitationRow> invite(app::CallContext& ctx, const InviteOptions& options) {
  if (options.event.empty() == options.remind.empty())
    return fail(invalid_field("--event", "exactly_one", "Name one of --event and --remind."));
  if (!options.remind.empty()) {
    TRY(id, parsed<InvitationId>(options.remind, "--remind"));
    return app::perform(ctx, app::events::remind(ctx, id));
  }
  TRY(id, parsed<EventId>(options.event, "--event"));
  return app::perform(ctx, app::events::invite(ctx, {id, std::nullopt}));
}

Result<app::events::RevokeLinks> command_of(const RevokeOptions& options) {
  app::events::RevokeLinks command;
  if (!options.subject.empty()) {
    TRY(id, parsed<PatientId>(options.subject, "--subject"));
    command.patient = id;
  }
  if (!options.campaign.empty()) {
    TRY(id, parsed<EventId>(options.campaign, "--campaign"));
    command.event = id;
  }
  if (!options.issued_before.empty()) {
    command.issued_before = Instant::parse(options.issued_before);
    if (!command.issued_before)
      return fail(invalid_field("--issued-before", "format",
                                "--issued-before is an instant such as 2026-11-24T12:00:00Z."));
  }
  return command;
}

}  // namespace

int run_invite(const InviteOptions& options) {
  return with_tenant("invite", options.dir, options.tenant,
                     [&](app::CallContext& ctx) -> Result<void> {
                       TRY(row, invite(ctx, options));
                       std::cout << row.id.text() << ": " << row.total << " queued\n";
                       return {};
                     });
}

int run_link_revoke(const RevokeOptions& options) {
  return with_tenant("link revoke", options.dir, options.tenant,
                     [&](app::CallContext& ctx) -> Result<void> {
                       TRY(command, command_of(options));
                       TRY(revoked, app::perform(ctx, app::events::revoke_links(ctx, command)));
                       std::cout << revoked.links << " links revoked\n";
                       return {};
                     });
}

}  // namespace sealbook::cli
