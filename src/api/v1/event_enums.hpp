// The words of events as the API spells them.
#pragma once

#include "api/endpoint/schema.hpp"
#include "app/events/participants.hpp"
#include "domain/events/event.hpp"

namespace sealbook {

namespace events {
inline constexpr auto state_words = std::to_array<api::EnumName>({{"open", State::open}, {"closed", State::closed}});
constexpr std::span<const api::EnumName> enum_names(State) { return state_words; }
inline constexpr auto audience_words = std::to_array<api::EnumName>({
    {"participants", Audience::participants}, {"invited", Audience::invited}});
constexpr std::span<const api::EnumName> enum_names(Audience) { return audience_words; }
}  // namespace events

namespace storage {
inline constexpr auto participant_state_words = std::to_array<api::EnumName>({
    {"listed", ParticipantState::listed}, {"invited", ParticipantState::invited}, {"opened", ParticipantState::opened},
    {"booked", ParticipantState::booked}, {"declined", ParticipantState::declined}});
constexpr std::span<const api::EnumName> enum_names(ParticipantState) { return participant_state_words; }
}  // namespace storage

}  // namespace sealbook
