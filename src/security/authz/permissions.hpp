// Permissions and the roles that have them: CONTRACT's role table as data.
//
// A grant says how far a permission reaches within the holder's own tenant; other tenants are
// never in reach (404). The matrix test writes the same table by hand and compares.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sealbook {

enum class Role : std::uint8_t {
  super_admin, admin, scheduler, front_desk, provider, billing, auditor, patient,
};
inline constexpr std::size_t role_count = 8;

enum class Grant : std::uint8_t {
  no,
  yes,
  own,        // own calendar (provider), own record and visits (patient)
  no_notes,   // everything but notes
  with_case,  // only with a case number
};

enum class Permission : std::uint8_t {
  openings_search,
  openings_check,
  appointment_view,
  appointment_create,
  appointment_reschedule,
  appointment_cancel,
  appointment_confirm,
  appointment_change,
  appointment_check_in,
  appointment_no_show,
  appointment_reinstate,
  appointment_override,
  patient_view,
  patient_search,
  patient_create,
  patient_change,
  directory_view,
  directory_manage,
  role_grant,
  audit_read,
  audit_verify,
  tenant_manage,
  posture_read,
  participant_import,
  event_manage,
  invitation_send,
  template_manage,
  vendor_manage,
  policy_change,
  message_view,
  task_manage,
  feed_manage,
};
inline constexpr std::size_t permission_count = static_cast<std::size_t>(Permission::feed_manage) + 1;

struct PermissionRow {
  Permission permission;
  std::string_view id;
  std::string_view sentence;
  std::array<Grant, role_count> grants;  // in the order of Role
};

namespace permissions_detail {
constexpr auto n = Grant::no, y = Grant::yes, o = Grant::own, m = Grant::no_notes;
}

// clang-format off
inline constexpr std::array permission_rows = [] {
  using namespace permissions_detail;
  using P = Permission;
  return std::array{
      //                                                                                                                super adm sch fro pro bil aud pat
      PermissionRow{P::openings_search,        "openings.search",        "Search for openings",                           {n, y, y, y, y, n, n, o}},
      PermissionRow{P::openings_check,         "openings.check",         "Check a time of one's own choosing",            {n, y, y, y, y, n, n, o}},
      PermissionRow{P::appointment_view,       "appointment.view",       "See appointments",                              {n, y, y, y, o, m, n, o}},
      PermissionRow{P::appointment_create,     "appointment.create",     "Book appointments and hold times",              {n, y, y, y, o, n, n, o}},
      PermissionRow{P::appointment_reschedule, "appointment.reschedule", "Move appointments and reassign them",           {n, y, y, y, o, n, n, o}},
      PermissionRow{P::appointment_cancel,     "appointment.cancel",     "Cancel appointments",                           {n, y, y, y, o, n, n, o}},
      PermissionRow{P::appointment_confirm,    "appointment.confirm",    "Record that somebody is coming",                {n, y, y, y, o, n, n, o}},
      PermissionRow{P::appointment_change,     "appointment.change",     "Change notes and durations",                    {n, y, y, y, o, n, n, n}},
      PermissionRow{P::appointment_check_in,   "appointment.check_in",   "Check people in",                               {n, y, y, y, o, n, n, n}},
      PermissionRow{P::appointment_no_show,    "appointment.no_show",    "Record that somebody did not come",             {n, y, y, y, o, n, n, n}},
      PermissionRow{P::appointment_reinstate,  "appointment.reinstate",  "Bring back a cancelled appointment",            {n, y, y, y, o, n, n, n}},
      PermissionRow{P::appointment_override,   "appointment.override",   "Book outside hours or over another visit",      {n, y, y, n, o, n, n, n}},
      PermissionRow{P::patient_view,           "patient.view",           "See patient records",                           {n, y, y, y, o, m, n, o}},
      PermissionRow{P::patient_search,         "patient.search",         "Search for patients",                           {n, y, y, y, o, m, n, o}},
      PermissionRow{P::patient_create,         "patient.create",         "Register patients",                             {n, y, y, y, n, n, n, n}},
      PermissionRow{P::patient_change,         "patient.change",         "Change patient records",                        {n, y, y, y, n, n, n, o}},
      PermissionRow{P::directory_view,         "directory.view",         "See places, people, rooms and services",        {n, y, y, y, y, y, y, y}},
      PermissionRow{P::directory_manage,       "directory.manage",       "Set up places, people, rooms, services, hours", {n, y, n, n, o, n, n, n}},
      PermissionRow{P::role_grant,             "role.grant",             "Create accounts and give roles",                {n, y, n, n, n, n, n, n}},
      PermissionRow{P::audit_read,             "audit.read",             "Read the journal",                              {n, y, n, n, n, n, y, n}},
      PermissionRow{P::audit_verify,           "audit.verify",           "Fetch checkpoints, tiles and proofs",           {n, y, n, n, n, n, y, n}},
      PermissionRow{P::tenant_manage,          "tenant.manage",          "Create and change tenants",                     {y, n, n, n, n, n, n, n}},
      PermissionRow{P::posture_read,           "posture.read",           "See the state of every control",                {y, n, n, n, n, n, y, n}},
      PermissionRow{P::participant_import,     "participant.import",     "Import people and appointments",                {n, y, y, n, n, n, n, n}},
      PermissionRow{P::event_manage,           "event.manage",           "Set up events and campaigns",                   {n, y, y, n, n, n, n, n}},
      PermissionRow{P::invitation_send,        "invitation.send",        "Invite people and withdraw their links",        {n, y, y, n, n, n, n, n}},
      PermissionRow{P::template_manage,        "template.manage",        "Write the templates of messages",               {n, y, n, n, n, n, n, n}},
      PermissionRow{P::vendor_manage,          "vendor.manage",          "Record vendors and their agreements",           {n, y, n, n, n, n, n, n}},
      PermissionRow{P::policy_change,          "policy.change",          "Change the organisation's rules for messages",  {n, y, n, n, n, n, n, n}},
      PermissionRow{P::message_view,           "message.view",           "See what was sent to whom, and when",           {n, y, y, y, n, n, n, o}},
      PermissionRow{P::task_manage,            "task.manage",            "See and do the tasks that the program leaves to people",{n, y, y, y, n, n, n, n}},
      PermissionRow{P::feed_manage,            "feed.manage",            "Make and end calendar feeds",                   {n, y, n, n, o, n, n, n}},
  };
}();
// clang-format on

static_assert([] {
  for (std::size_t i = 0; i < permission_rows.size(); ++i)
    if (static_cast<std::size_t>(permission_rows[i].permission) != i) return false;
  return permission_rows.size() == permission_count;
}(), "permission_rows lists every Permission once, in order");

constexpr const PermissionRow& row_of(Permission p) { return permission_rows[static_cast<std::size_t>(p)]; }

inline constexpr std::array<std::string_view, role_count> role_names{
    "super_admin", "admin", "scheduler", "front_desk", "provider", "billing", "auditor", "patient"};
constexpr std::string_view to_text(Role role) { return role_names[static_cast<std::size_t>(role)]; }
constexpr std::optional<Role> parse_role(std::string_view text) {
  for (std::size_t i = 0; i < role_names.size(); ++i)
    if (role_names[i] == text) return static_cast<Role>(i);
  return std::nullopt;
}

}  // namespace sealbook
