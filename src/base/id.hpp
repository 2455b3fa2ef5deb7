// Id<Tag> is the public, random 128-bit name of one thing.
//
// At rest it is 16 bytes. In text it is a type prefix and 26 letters of Crockford's base 32 in
// lower case ("apt_0b3k…"), so an id of the wrong kind in a URL is refused by the parser. There is
// no conversion to raw bytes or to another kind except by name.
#pragma once

#include <array>
#include <compare>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace sealbook {

using RawId = std::array<std::uint8_t, 16>;

std::string id_text(std::string_view prefix, const RawId& raw);
std::optional<RawId> parse_id(std::string_view prefix, std::string_view text);

template <class Tag>
class Id {
 public:
  static constexpr std::string_view prefix = Tag::prefix;

  constexpr Id() = default;  // the nil id: names nothing
  static constexpr Id from_raw(const RawId& raw) { return Id(raw); }
  // Takes exactly 16 bytes, as read from the store.
  static Id from_bytes(ByteView bytes) {
    Id id;
    if (bytes.size() == id.raw_.size()) std::memcpy(id.raw_.data(), bytes.data(), id.raw_.size());
    return id;
  }
  static std::optional<Id> parse(std::string_view text) {
    const auto raw = parse_id(prefix, text);
    return raw ? std::optional(Id(*raw)) : std::nullopt;
  }

  std::string text() const { return id_text(prefix, raw_); }
  constexpr const RawId& raw() const { return raw_; }
  ByteView bytes() const { return raw_; }
  constexpr bool is_nil() const { return raw_ == RawId{}; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  constexpr explicit Id(const RawId& raw) : raw_(raw) {}
  RawId raw_{};
};

struct TenantTag { static constexpr std::string_view prefix = "ten_"; };
struct AccountTag { static constexpr std::string_view prefix = "acc_"; };
struct LocationTag { static constexpr std::string_view prefix = "loc_"; };
struct DepartmentTag { static constexpr std::string_view prefix = "dep_"; };
// Practitioners, rooms and devices are all resources: what a claim occupies.
struct ResourceTag { static constexpr std::string_view prefix = "res_"; };
struct ServiceTag { static constexpr std::string_view prefix = "svc_"; };
struct ScheduleTag { static constexpr std::string_view prefix = "sch_"; };
struct ClosureTag { static constexpr std::string_view prefix = "clo_"; };
struct PatientTag { static constexpr std::string_view prefix = "pat_"; };
struct AppointmentTag { static constexpr std::string_view prefix = "apt_"; };
struct HoldTag { static constexpr std::string_view prefix = "hld_"; };
struct ClaimTag { static constexpr std::string_view prefix = "clm_"; };
struct EntryTag { static constexpr std::string_view prefix = "ent_"; };
struct EventTag { static constexpr std::string_view prefix = "evt_"; };
struct InvitationTag { static constexpr std::string_view prefix = "inv_"; };
struct LinkTag { static constexpr std::string_view prefix = "lnk_"; };
struct TemplateTag { static constexpr std::string_view prefix = "tpl_"; };
struct MessageTag { static constexpr std::string_view prefix = "msg_"; };
struct TaskTag { static constexpr std::string_view prefix = "tsk_"; };
struct ImportTag { static constexpr std::string_view prefix = "imp_"; };
struct MappingTag { static constexpr std::string_view prefix = "map_"; };
struct FeedTag { static constexpr std::string_view prefix = "fed_"; };
struct AgreementTag { static constexpr std::string_view prefix = "agr_"; };
struct SessionTag { static constexpr std::string_view prefix = "ses_"; };
struct PasskeyTag { static constexpr std::string_view prefix = "psk_"; };

using TenantId = Id<TenantTag>;
using AccountId = Id<AccountTag>;
using LocationId = Id<LocationTag>;
using DepartmentId = Id<DepartmentTag>;
using ResourceId = Id<ResourceTag>;
using ServiceId = Id<ServiceTag>;
using ScheduleId = Id<ScheduleTag>;
using ClosureId = Id<ClosureTag>;
using PatientId = Id<PatientTag>;
using AppointmentId = Id<AppointmentTag>;
using HoldId = Id<HoldTag>;
using ClaimId = Id<ClaimTag>;
using EntryId = Id<EntryTag>;
using EventId = Id<EventTag>;
using InvitationId = Id<InvitationTag>;
using LinkId = Id<LinkTag>;
using TemplateId = Id<TemplateTag>;
using MessageId = Id<MessageTag>;
using TaskId = Id<TaskTag>;
using ImportId = Id<ImportTag>;
using MappingId = Id<MappingTag>;
using FeedId = Id<FeedTag>;
using AgreementId = Id<AgreementTag>;
using SessionId = Id<SessionTag>;
using PasskeyId = Id<PasskeyTag>;

}  // namespace sealbook

template <class Tag>
struct std::hash<sealbook::Id<Tag>> {
  std::size_t operator()(const sealbook::Id<Tag>& id) const noexcept {
    std::size_t value;  // ids are uniformly random: their first bytes are the hash
    std::memcpy(&value, id.raw().data(), sizeof value);
    return value;
  }
};
