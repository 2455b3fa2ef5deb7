// Accounts of a tenant: a role, a token, and for providers and patients what is their own.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct CreateAccount {
  Role role = Role::front_desk;
  std::optional<ResourceId> practitioner;  // a provider's calendar
  std::optional<PatientId> patient;        // a patient's record
  std::optional<Instant> expires;          // of the token
};

struct CreatedAccount {
  AccountId id;
  Role role = Role::front_desk;
  std::string token;  // shown once
};

// Fails with `invalid` for a role that a tenant cannot give or that lacks what it needs, with
// not_found for a practitioner or patient that is not the tenant's.
Result<Work<CreatedAccount>> create_account(CallContext& ctx, const CreateAccount& command);

std::vector<storage::AccountRow> list_accounts(CallContext& ctx);  // in order of creation

}  // namespace sealbook::app
