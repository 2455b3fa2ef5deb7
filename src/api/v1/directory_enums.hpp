// The words of the directory's enumerations as the API spells them.
#pragma once

#include "api/endpoint/schema.hpp"
#include "app/tenant.hpp"
#include "domain/directory/patient.hpp"
#include "domain/directory/resource.hpp"
#include "domain/scheduling/service.hpp"
#include "security/authz/permissions.hpp"

namespace sealbook {

inline constexpr auto role_words = std::to_array<api::EnumName>({
    {"super_admin", Role::super_admin}, {"admin", Role::admin}, {"scheduler", Role::scheduler},
    {"front_desk", Role::front_desk}, {"provider", Role::provider}, {"billing", Role::billing},
    {"auditor", Role::auditor}, {"patient", Role::patient}});
constexpr std::span<const api::EnumName> enum_names(Role) { return role_words; }

inline constexpr auto resource_kind_words = std::to_array<api::EnumName>({
    {"practitioner", ResourceKind::practitioner}, {"room", ResourceKind::room}, {"device", ResourceKind::device}});
constexpr std::span<const api::EnumName> enum_names(ResourceKind) { return resource_kind_words; }

inline constexpr auto contact_kind_words = std::to_array<api::EnumName>({
    {"email", ContactKind::email}, {"phone", ContactKind::phone}, {"address", ContactKind::address}});
constexpr std::span<const api::EnumName> enum_names(ContactKind) { return contact_kind_words; }

namespace scheduling {
inline constexpr auto listing_words = std::to_array<api::EnumName>({{"named", Listing::named}, {"pooled", Listing::pooled}});
constexpr std::span<const api::EnumName> enum_names(Listing) { return listing_words; }
}  // namespace scheduling

namespace app {
inline constexpr auto regime_words = std::to_array<api::EnumName>({
    {"baseline", Regime::baseline}, {"healthcare", Regime::healthcare}, {"gdpr", Regime::gdpr},
    {"education", Regime::education}, {"research", Regime::research}});
constexpr std::span<const api::EnumName> enum_names(Regime) { return regime_words; }
}  // namespace app

namespace api {
enum class Weekday : std::uint8_t { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
inline constexpr auto weekday_words = std::to_array<EnumName>({
    {"monday", Weekday::monday}, {"tuesday", Weekday::tuesday}, {"wednesday", Weekday::wednesday},
    {"thursday", Weekday::thursday}, {"friday", Weekday::friday}, {"saturday", Weekday::saturday},
    {"sunday", Weekday::sunday}});
constexpr std::span<const EnumName> enum_names(Weekday) { return weekday_words; }

// Who may see and book a service.
enum class ServiceAudience : std::uint8_t { patients, staff, everyone };
inline constexpr auto audience_words = std::to_array<EnumName>({
    {"patients", ServiceAudience::patients}, {"staff", ServiceAudience::staff}, {"everyone", ServiceAudience::everyone}});
constexpr std::span<const EnumName> enum_names(ServiceAudience) { return audience_words; }
}  // namespace api

}  // namespace sealbook
