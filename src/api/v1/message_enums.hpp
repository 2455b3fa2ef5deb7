// The words of the message domain as the API spells them.
#pragma once

#include "api/endpoint/schema.hpp"
#include "domain/messages/message.hpp"

namespace sealbook::messages {

inline constexpr auto channel_words = std::to_array<api::EnumName>({
    {"email", Channel::email}, {"sms", Channel::sms}, {"voice", Channel::voice},
    {"letter", Channel::letter}, {"portal", Channel::portal}});
constexpr std::span<const api::EnumName> enum_names(Channel) { return channel_words; }

inline constexpr auto purpose_words = std::to_array<api::EnumName>({
    {"invitation", Purpose::invitation}, {"invitation_again", Purpose::invitation_again}, {"code", Purpose::code},
    {"confirmation", Purpose::confirmation}, {"change", Purpose::change}, {"cancellation", Purpose::cancellation},
    {"reminder", Purpose::reminder}});
constexpr std::span<const api::EnumName> enum_names(Purpose) { return purpose_words; }

inline constexpr auto level_words = std::to_array<api::EnumName>({
    {"neutral", DetailLevel::neutral}, {"time", DetailLevel::time}});
constexpr std::span<const api::EnumName> enum_names(DetailLevel) { return level_words; }

inline constexpr auto locale_words = std::to_array<api::EnumName>({{"en", Locale::en}, {"es", Locale::es}});
constexpr std::span<const api::EnumName> enum_names(Locale) { return locale_words; }

}  // namespace sealbook::messages
