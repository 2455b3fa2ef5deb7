#include "app/audit/resource_text.hpp"

#include <array>

namespace sealbook::app {
namespace {

using audit::ResourceKind;

struct KindPrefix {
  ResourceKind kind;
  std::string_view prefix;
};

// In the order of ResourceKind.
constexpr std::array prefixes{
    KindPrefix{ResourceKind::none, ""},
    KindPrefix{ResourceKind::appointment, AppointmentId::prefix},
    KindPrefix{ResourceKind::hold, HoldId::prefix},
    KindPrefix{ResourceKind::patient, PatientId::prefix},
    KindPrefix{ResourceKind::location, LocationId::prefix},
    KindPrefix{ResourceKind::department, DepartmentId::prefix},
    KindPrefix{ResourceKind::practitioner, ResourceId::prefix},
    KindPrefix{ResourceKind::room, ResourceId::prefix},
    KindPrefix{ResourceKind::service, ServiceId::prefix},
    KindPrefix{ResourceKind::schedule, ScheduleId::prefix},
    // An exception is a day of a schedule, and is named by it.
    KindPrefix{ResourceKind::schedule_override, ScheduleId::prefix},
    KindPrefix{ResourceKind::closure, ClosureId::prefix},
    KindPrefix{ResourceKind::tenant, TenantId::prefix},
    KindPrefix{ResourceKind::account, AccountId::prefix},
    KindPrefix{ResourceKind::key, "key_"},
    KindPrefix{ResourceKind::log, TenantId::prefix},
    KindPrefix{ResourceKind::migration, ""},
    KindPrefix{ResourceKind::device, ResourceId::prefix},
    KindPrefix{ResourceKind::event, EventId::prefix},
    KindPrefix{ResourceKind::invitation, InvitationId::prefix},
    KindPrefix{ResourceKind::link, LinkId::prefix},
    KindPrefix{ResourceKind::template_, TemplateId::prefix},
    KindPrefix{ResourceKind::message, MessageId::prefix},
    KindPrefix{ResourceKind::task, TaskId::prefix},
    KindPrefix{ResourceKind::import, ImportId::prefix},
    KindPrefix{ResourceKind::mapping, MappingId::prefix},
    KindPrefix{ResourceKind::feed, FeedId::prefix},
    KindPrefix{ResourceKind::agreement, AgreementId::prefix},
    KindPrefix{ResourceKind::session, SessionId::prefix},
    KindPrefix{ResourceKind::passkey, PasskeyId::prefix},
};

static_assert([] {
  for (std::size_t i = 0; i < prefixes.size(); ++i)
    if (static_cast<std::size_t>(prefixes[i].kind) != i) return false;
  return prefixes.size() == static_cast<std::size_t>(ResourceKind::passkey) + 1;
}(), "prefixes lists every ResourceKind once, in order");

}  // namespace

std::string_view id_prefix_of(ResourceKind kind) { return prefixes[static_cast<std::size_t>(kind)].prefix; }

std::string id_text_of(const audit::Resource& resource) {
  const std::string_view prefix = id_prefix_of(resource.kind);
  if (prefix.empty() || resource.id == RawId{}) return {};
  return id_text(prefix, resource.id);
}

std::optional<AnyId> parse_any_id(std::string_view text) {
  for (const KindPrefix& row : prefixes) {
    if (row.prefix.empty() || !text.starts_with(row.prefix)) continue;
    const auto raw = parse_id(row.prefix, text);
    return raw ? std::optional(AnyId{row.prefix, *raw}) : std::nullopt;
  }
  return std::nullopt;
}

bool is_named_by(const audit::Resource& resource, const AnyId& id) {
  return resource.id == id.raw && id_prefix_of(resource.kind) == id.prefix;
}

}  // namespace sealbook::app
