// The words of scheduling's enumerations as the API spells them.
#pragma once

#include "api/endpoint/schema.hpp"
#include "domain/scheduling/appointment.hpp"

namespace sealbook::scheduling {

inline constexpr auto status_names = std::to_array<api::EnumName>({
    {"proposed", Status::proposed}, {"pending", Status::pending}, {"booked", Status::booked},
    {"arrived", Status::arrived}, {"fulfilled", Status::fulfilled}, {"cancelled", Status::cancelled},
    {"noshow", Status::noshow}, {"entered-in-error", Status::entered_in_error},
    {"checked-in", Status::checked_in}, {"waitlist", Status::waitlist}});
constexpr std::span<const api::EnumName> enum_names(Status) { return status_names; }

inline constexpr auto cancel_reason_names = std::to_array<api::EnumName>({
    {"patient_request", CancelReason::patient_request}, {"clinic_request", CancelReason::clinic_request},
    {"practitioner_unavailable", CancelReason::practitioner_unavailable},
    {"room_unavailable", CancelReason::room_unavailable}, {"site_closed", CancelReason::site_closed},
    {"booked_in_error", CancelReason::booked_in_error}, {"duplicate", CancelReason::duplicate},
    {"no_longer_needed", CancelReason::no_longer_needed},
    {"rescheduled_elsewhere", CancelReason::rescheduled_elsewhere}, {"deceased", CancelReason::deceased}});
constexpr std::span<const api::EnumName> enum_names(CancelReason) { return cancel_reason_names; }

inline constexpr auto override_reason_names = std::to_array<api::EnumName>({
    {"urgent_need", OverrideReason::urgent_need}, {"walk_in", OverrideReason::walk_in},
    {"patient_agreed", OverrideReason::patient_agreed},
    {"practitioner_agreed", OverrideReason::practitioner_agreed},
    {"late_entry", OverrideReason::late_entry}, {"data_correction", OverrideReason::data_correction}});
constexpr std::span<const api::EnumName> enum_names(OverrideReason) { return override_reason_names; }

inline constexpr auto reassign_reason_names = std::to_array<api::EnumName>({
    {"practitioner_unavailable", ReassignReason::practitioner_unavailable},
    {"patient_request", ReassignReason::patient_request}, {"workload", ReassignReason::workload},
    {"booked_in_error", ReassignReason::booked_in_error}});
constexpr std::span<const api::EnumName> enum_names(ReassignReason) { return reassign_reason_names; }

inline constexpr auto reinstate_reason_names = std::to_array<api::EnumName>({
    {"cancelled_in_error", ReinstateReason::cancelled_in_error},
    {"patient_came_after_all", ReinstateReason::patient_came_after_all},
    {"marked_in_error", ReinstateReason::marked_in_error}});
constexpr std::span<const api::EnumName> enum_names(ReinstateReason) { return reinstate_reason_names; }

inline constexpr auto initiator_names = std::to_array<api::EnumName>({
    {"patient", Initiator::patient}, {"clinic", Initiator::clinic}});
constexpr std::span<const api::EnumName> enum_names(Initiator) { return initiator_names; }

}  // namespace sealbook::scheduling
