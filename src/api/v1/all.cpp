#include "api/v1/all.hpp"

#include <vector>

#include "api/v1/accounts.hpp"
#include "api/v1/appointments.hpp"
#include "api/v1/audit.hpp"
#include "api/v1/authz.hpp"
#include "api/v1/closures.hpp"
#include "api/v1/controls.hpp"
#include "api/v1/events.hpp"
#include "api/v1/feeds.hpp"
#include "api/v1/import_mappings.hpp"
#include "api/v1/imports.hpp"
#include "api/v1/invitations.hpp"
#include "api/v1/locations.hpp"
#include "api/v1/message_settings.hpp"
#include "api/v1/messages.hpp"
#include "api/v1/openings.hpp"
#include "api/v1/participants.hpp"
#include "api/v1/passkeys.hpp"
#include "api/v1/patients.hpp"
#include "api/v1/resources.hpp"
#include "api/v1/schedules.hpp"
#include "api/v1/services.hpp"
#include "api/v1/session.hpp"
#include "api/v1/sign_in_codes.hpp"
#include "api/v1/tasks.hpp"
#include "api/v1/templates.hpp"
#include "api/v1/tenants.hpp"
#include "api/v1/vendors.hpp"

namespace sealbook::api {

std::span<const Endpoint> all_endpoints() {
  static const std::vector<Endpoint> rows = [] {
    std::vector<Endpoint> all;
    for (const auto resource : {tenant_endpoints(), account_endpoints(), location_endpoints(), resource_endpoints(),
                                service_endpoints(), schedule_endpoints(), closure_endpoints(), patient_endpoints(),
                                opening_endpoints(), appointment_endpoints(), audit_endpoints(), control_endpoints(),
                                message_endpoints(), message_settings_endpoints(), vendor_endpoints(),
                                task_endpoints(), template_endpoints(), import_endpoints(),
                                import_mapping_endpoints(), feed_endpoints(), event_endpoints(),
                                participant_endpoints(), invitation_endpoints(),
                                session_endpoints(), passkey_endpoints(),
                                sign_in_code_endpoints(), authz_endpoints()})
      all.insert(all.end(), resource.begin(), resource.end());
    return all;
  }();
  return rows;
}

}  // namespace sealbook::api
