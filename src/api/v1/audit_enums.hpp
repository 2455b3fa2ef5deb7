// The words of the journal's enumerations as the API spells them.
#pragma once

#include <utility>

#include "api/endpoint/schema.hpp"
#include "security/audit/entry.hpp"

namespace sealbook::audit {

// The closed list of actions is one table already; this is a view of it.
inline constexpr auto action_words = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array{api::EnumName(action_rows[I].id, action_rows[I].action)...};
}(std::make_index_sequence<action_rows.size()>{});
constexpr std::span<const api::EnumName> enum_names(AuditAction) { return action_words; }

inline constexpr auto outcome_words = std::to_array<api::EnumName>({
    {"allowed", AuditOutcome::allowed}, {"refused", AuditOutcome::refused}, {"failed", AuditOutcome::failed}});
constexpr std::span<const api::EnumName> enum_names(AuditOutcome) { return outcome_words; }

inline constexpr auto actor_words = std::to_array<api::EnumName>({
    {"system", ActorKind::system}, {"anonymous", ActorKind::anonymous}, {"account", ActorKind::account}, {"link", ActorKind::link}});
constexpr std::span<const api::EnumName> enum_names(ActorKind) { return actor_words; }

inline constexpr auto resource_words = std::to_array<api::EnumName>({
    {"none", ResourceKind::none}, {"appointment", ResourceKind::appointment}, {"hold", ResourceKind::hold},
    {"patient", ResourceKind::patient}, {"location", ResourceKind::location},
    {"department", ResourceKind::department}, {"practitioner", ResourceKind::practitioner},
    {"room", ResourceKind::room}, {"service", ResourceKind::service}, {"schedule", ResourceKind::schedule},
    {"schedule_override", ResourceKind::schedule_override}, {"closure", ResourceKind::closure},
    {"tenant", ResourceKind::tenant}, {"account", ResourceKind::account}, {"key", ResourceKind::key},
    {"log", ResourceKind::log}, {"migration", ResourceKind::migration}, {"device", ResourceKind::device},
    {"event", ResourceKind::event},
    {"invitation", ResourceKind::invitation},
    {"link", ResourceKind::link},
    {"template", ResourceKind::template_},
    {"message", ResourceKind::message},
    {"task", ResourceKind::task},
    {"import", ResourceKind::import},
    {"mapping", ResourceKind::mapping},
    {"feed", ResourceKind::feed},
    {"agreement", ResourceKind::agreement},
    {"session", ResourceKind::session},
    {"passkey", ResourceKind::passkey}});
static_assert(resource_words.size() == static_cast<std::size_t>(ResourceKind::passkey) + 1, "every kind has its word");
constexpr std::span<const api::EnumName> enum_names(ResourceKind) { return resource_words; }

inline constexpr auto reason_words = std::to_array<api::EnumName>({
    {"none", AuditReason::none}, {"patient_request", AuditReason::patient_request},
    {"clinic_request", AuditReason::clinic_request}, {"practitioner_absent", AuditReason::practitioner_absent},
    {"room_unavailable", AuditReason::room_unavailable}, {"entered_in_error", AuditReason::entered_in_error},
    {"emergency", AuditReason::emergency}, {"walk_in", AuditReason::walk_in},
    {"retrospective", AuditReason::retrospective}, {"clinical_need", AuditReason::clinical_need},
    {"other", AuditReason::other},
    {"practitioner_unavailable", AuditReason::practitioner_unavailable},
    {"site_closed", AuditReason::site_closed},
    {"booked_in_error", AuditReason::booked_in_error},
    {"duplicate", AuditReason::duplicate},
    {"no_longer_needed", AuditReason::no_longer_needed},
    {"rescheduled_elsewhere", AuditReason::rescheduled_elsewhere},
    {"deceased", AuditReason::deceased},
    {"urgent_need", AuditReason::urgent_need},
    {"patient_agreed", AuditReason::patient_agreed},
    {"practitioner_agreed", AuditReason::practitioner_agreed},
    {"late_entry", AuditReason::late_entry},
    {"data_correction", AuditReason::data_correction},
    {"workload", AuditReason::workload},
    {"cancelled_in_error", AuditReason::cancelled_in_error},
    {"patient_came_after_all", AuditReason::patient_came_after_all},
    {"marked_in_error", AuditReason::marked_in_error}});
static_assert(reason_words.size() == static_cast<std::size_t>(last_audit_reason) + 1, "every reason has its word");
constexpr std::span<const api::EnumName> enum_names(AuditReason) { return reason_words; }

}  // namespace sealbook::audit
