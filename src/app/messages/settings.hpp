// An organisation's rules for messages: how much they say, when they are quiet, who they come from,
// and which reminders its services have.
//
// The detail level of a message is the person's own when they chose one, else the organisation's,
// else what its regime asks for: healthcare and research say that there is a message and no more.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/call_context.hpp"
#include "storage/tables/message_settings.hpp"

namespace sealbook::app {

using messages::DetailLevel;
using messages::ReminderRule;

struct MessageSettings {
  std::int64_t version = 0;
  std::optional<DetailLevel> detail;
  messages::QuietHours quiet;
  std::optional<Instant> silent_until;
  Instant changed;
  std::string from_address;  // empty: the installation's
  std::string reply_to;      // empty: none
};
DetailLevel level_by_regime(std::int64_t regime);
DetailLevel level_for(const MessageSettings& settings, std::int64_t regime, std::optional<DetailLevel> person);

Result<MessageSettings> load_settings(App& app, const Tenant& tenant, storage::Snapshot& snapshot);

// The plans of a tenant: a service without one has the organisation's, and that has defaults.
struct ReminderPlans {
  std::map<ServiceId, storage::ReminderPlanRow> rows;
  const storage::ReminderPlanRow& of(const ServiceId& service) const;

 private:
  storage::ReminderPlanRow fallback_{{}, 0, {}, messages::default_rules()};
};
Result<ReminderPlans> load_plans(storage::Snapshot& snapshot);

// The use cases behind /v1/settings/messages and /v1/services/{id}/reminders.
Result<MessageSettings> read_settings(CallContext& ctx);
struct ChangeSettings {
  std::optional<DetailLevel> detail;
  std::optional<messages::QuietHours> quiet;
  std::optional<Instant> silent_until;  // a moment that has passed ends the silence
  std::optional<std::string> from_address, reply_to;  // "" takes it away
};
// Fails with `invalid` when a level is above what the regime allows by default (rules are tightened,
// never loosened), with stale_version or precondition_failed.
Result<Work<MessageSettings>> change_settings(CallContext& ctx, const ChangeSettings& change);

// A nil service: the organisation's own plan. Fails with not_found for an unknown service.
Result<storage::ReminderPlanRow> read_plan(CallContext& ctx, const ServiceId& service);
Result<Work<storage::ReminderPlanRow>> change_plan(CallContext& ctx, const ServiceId& service,
                                                   const std::vector<ReminderRule>& rules);

// How much messages say to one person: the person's own wish.
Result<Work<DetailLevel>> choose_detail(CallContext& ctx, const PatientId& patient, DetailLevel level);

}  // namespace sealbook::app
