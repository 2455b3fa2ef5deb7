// The words of the ledger of messages, of vendors and of tasks as the API spells them.
#pragma once

#include "api/v1/message_enums.hpp"
#include "domain/messages/ledger.hpp"
#include "domain/messages/vendors.hpp"
#include "storage/tables/contact_blocks.hpp"
#include "storage/tables/tasks.hpp"

namespace sealbook::messages {

inline constexpr auto message_state_words = std::to_array<api::EnumName>({
    {"sending", MessageState::claimed}, {"handed_over", MessageState::handed_over},
    {"withdrawn", MessageState::withdrawn}, {"refused", MessageState::refused},
    {"bounced", MessageState::bounced}, {"failed", MessageState::failed}});
constexpr std::span<const api::EnumName> enum_names(MessageState) { return message_state_words; }

inline constexpr auto refusal_words = std::to_array<api::EnumName>({
    {"none", Refusal::none}, {"superseded", Refusal::superseded}, {"undone", Refusal::undone},
    {"nothing_new", Refusal::nothing_new}, {"silent", Refusal::silent}, {"no_agreement", Refusal::no_agreement},
    {"no_transfer_basis", Refusal::no_transfer_basis}, {"no_address", Refusal::no_address},
    {"opted_out", Refusal::opted_out}, {"suspended", Refusal::suspended}, {"no_mailer", Refusal::no_mailer},
    {"not_renderable", Refusal::not_renderable}, {"link_gone", Refusal::link_gone},
    {"address_refused", Refusal::address_refused}, {"carrier_refused", Refusal::carrier_refused},
    {"unsafe_carrier", Refusal::unsafe_carrier}, {"too_late", Refusal::too_late}, {"erased", Refusal::erased},
    {"environment", Refusal::environment}});
constexpr std::span<const api::EnumName> enum_names(Refusal) { return refusal_words; }

inline constexpr auto agreement_kind_words = std::to_array<api::EnumName>({
    {"baa", AgreementKind::baa}, {"dpa", AgreementKind::dpa}});
constexpr std::span<const api::EnumName> enum_names(AgreementKind) { return agreement_kind_words; }

inline constexpr auto agreement_state_words = std::to_array<api::EnumName>({
    {"missing", AgreementState::missing}, {"in_force", AgreementState::in_force},
    {"expired", AgreementState::expired}});
constexpr std::span<const api::EnumName> enum_names(AgreementState) { return agreement_state_words; }

inline constexpr auto transfer_basis_words = std::to_array<api::EnumName>({
    {"none", TransferBasis::none}, {"adequacy", TransferBasis::adequacy},
    {"standard_clauses", TransferBasis::standard_clauses}, {"corporate_rules", TransferBasis::corporate_rules},
    {"consent", TransferBasis::consent}});
constexpr std::span<const api::EnumName> enum_names(TransferBasis) { return transfer_basis_words; }

}  // namespace sealbook::messages

namespace sealbook::storage {

inline constexpr auto block_reason_words = std::to_array<api::EnumName>({
    {"opted_out", BlockReason::opted_out}, {"bounced", BlockReason::bounced},
    {"wrong_number", BlockReason::wrong_number}, {"staff", BlockReason::staff}});
constexpr std::span<const api::EnumName> enum_names(BlockReason) { return block_reason_words; }

inline constexpr auto task_kind_words = std::to_array<api::EnumName>({
    {"bounced", TaskKind::bounced}, {"refused_send", TaskKind::refused_send}, {"unanswered", TaskKind::unanswered},
    {"wrong_number", TaskKind::wrong_number}, {"unconfirmed_tomorrow", TaskKind::unconfirmed_tomorrow},
    {"displaced_visit", TaskKind::displaced_visit}});
constexpr std::span<const api::EnumName> enum_names(TaskKind) { return task_kind_words; }

inline constexpr auto task_state_words = std::to_array<api::EnumName>({
    {"open", TaskState::open}, {"done", TaskState::done}});
constexpr std::span<const api::EnumName> enum_names(TaskState) { return task_state_words; }

inline constexpr auto task_outcome_words = std::to_array<api::EnumName>({
    {"none", TaskOutcome::none}, {"reached", TaskOutcome::reached}, {"not_reached", TaskOutcome::not_reached},
    {"corrected", TaskOutcome::corrected}, {"not_needed", TaskOutcome::not_needed}});
constexpr std::span<const api::EnumName> enum_names(TaskOutcome) { return task_outcome_words; }

}  // namespace sealbook::storage
