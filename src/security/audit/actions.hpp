// Every action that the journal can name: the closed list behind AuditAction.
//
// An action's number is stored inside sealed bodies and its id is shown to auditors, so both are for
// ever: new rows are appended, a number is never used again. Endpoints name their action beside
// their permission; `none` is for requests that show and change nothing personal.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sealbook::audit {

enum class AuditAction : std::uint16_t {
  none = 0,
  appointment_booked, appointment_rescheduled, appointment_cancelled, appointment_confirmed,
  appointment_checked_in, appointment_noshow, appointment_reassigned, appointment_reinstated,
  appointment_noted, appointment_changed, appointment_viewed, appointment_listed,
  hold_placed, hold_released,
  patient_created, patient_changed, patient_viewed, patient_searched,
  openings_checked,
  location_created, location_changed, location_closed,
  department_created, department_changed, department_closed,
  practitioner_created, practitioner_changed, practitioner_closed,
  room_created, room_changed, room_closed,
  service_created, service_changed, service_closed,
  schedule_created, schedule_changed, schedule_closed,
  override_created, override_changed, override_removed,
  closure_created, closure_changed, closure_removed,
  tenant_created, tenant_changed,
  account_created, account_changed, account_closed,
  access_refused, access_refused_anonymous,
  audit_read, audit_verified,
  instance_started, instance_stopped, migration_applied,
  key_created, key_rotated, key_destroyed,
  posture_read,
  device_created, device_changed, device_closed,
  event_created, event_changed, event_closed, event_viewed, event_joined, invitation_sent,
  invitation_viewed, link_created, link_revoked, link_opened, link_proven, link_refused, code_sent,
  device_remembered, device_forgotten, participation_declined, public_booked, template_created,
  template_changed, template_closed, agreement_recorded, agreement_ended, settings_changed,
  reminders_changed, contact_opted_out, contact_opted_in, contact_suspended, contact_verified,
  message_claimed, message_sent, message_refused, message_withdrawn, message_bounced,
  message_viewed, task_opened, task_changed, task_viewed, import_started, import_ended,
  import_viewed, mapping_saved, appointment_imported, feed_created, feed_rotated, feed_revoked,
  feed_fetched, calendar_reply, import_received, session_started, session_ended, session_refused,
  session_stepped_up, passkey_added, passkey_removed, passkey_blocked, passkey_viewed,
  enrolment_created, enrolment_used, sign_in_code_sent, access_explained,
  appointment_overridden, patient_forgotten,
};

// What kind of record an entry is: retention periods and legal holds are set per class.
enum class RecordClass : std::uint8_t {
  scheduling,      // visits and what leads to them
  patient_record,  // changes of a person's record
  access,          // who saw what, and who was refused
  administration,  // places, people, services, accounts, tenants
  system,          // starts, migrations, keys
};

struct ActionRow {
  AuditAction action;
  std::string_view id;        // stable, in the API and in exports
  std::string_view sentence;  // for people, in the past tense
  RecordClass record_class;
};

// clang-format off
inline constexpr std::array action_rows = [] {
  using A = AuditAction;
  using R = RecordClass;
  return std::array{
      ActionRow{A::none,                     "none",                     "Nothing that is recorded",                     R::system},
      ActionRow{A::appointment_booked,       "appointment.booked",       "Booked an appointment",                        R::scheduling},
      ActionRow{A::appointment_rescheduled,  "appointment.rescheduled",  "Moved an appointment",                         R::scheduling},
      ActionRow{A::appointment_cancelled,    "appointment.cancelled",    "Cancelled an appointment",                     R::scheduling},
      ActionRow{A::appointment_confirmed,    "appointment.confirmed",    "Recorded that somebody is coming",             R::scheduling},
      ActionRow{A::appointment_checked_in,   "appointment.checked_in",   "Checked somebody in",                          R::scheduling},
      ActionRow{A::appointment_noshow,       "appointment.noshow",       "Recorded that somebody did not come",          R::scheduling},
      ActionRow{A::appointment_reassigned,   "appointment.reassigned",   "Gave an appointment to another practitioner",  R::scheduling},
      ActionRow{A::appointment_reinstated,   "appointment.reinstated",   "Brought back a cancelled appointment",         R::scheduling},
      ActionRow{A::appointment_noted,        "appointment.noted",        "Changed the note of an appointment",           R::scheduling},
      ActionRow{A::appointment_changed,      "appointment.changed",      "Changed the duration of an appointment",       R::scheduling},
      ActionRow{A::appointment_viewed,       "appointment.viewed",       "Saw an appointment",                           R::access},
      ActionRow{A::appointment_listed,       "appointment.listed",       "Saw a list of appointments",                   R::access},
      ActionRow{A::hold_placed,              "hold.placed",              "Held a time",                                  R::scheduling},
      ActionRow{A::hold_released,            "hold.released",            "Released a held time",                         R::scheduling},
      ActionRow{A::patient_created,          "patient.created",          "Registered a patient",                         R::patient_record},
      ActionRow{A::patient_changed,          "patient.changed",          "Changed a patient's record",                   R::patient_record},
      ActionRow{A::patient_viewed,           "patient.viewed",           "Saw a patient's record",                       R::access},
      ActionRow{A::patient_searched,         "patient.searched",         "Searched for patients",                        R::access},
      ActionRow{A::openings_checked,         "openings.checked",         "Checked a time of one's own choosing",         R::scheduling},
      ActionRow{A::location_created,         "location.created",         "Added a location",                             R::administration},
      ActionRow{A::location_changed,         "location.changed",         "Changed a location",                           R::administration},
      ActionRow{A::location_closed,          "location.closed",          "Closed a location",                            R::administration},
      ActionRow{A::department_created,       "department.created",       "Added a department",                           R::administration},
      ActionRow{A::department_changed,       "department.changed",       "Changed a department",                         R::administration},
      ActionRow{A::department_closed,        "department.closed",        "Closed a department",                          R::administration},
      ActionRow{A::practitioner_created,     "practitioner.created",     "Added a practitioner",                         R::administration},
      ActionRow{A::practitioner_changed,     "practitioner.changed",     "Changed a practitioner",                       R::administration},
      ActionRow{A::practitioner_closed,      "practitioner.closed",      "Closed a practitioner's calendar",             R::administration},
      ActionRow{A::room_created,             "room.created",             "Added a room",                                 R::administration},
      ActionRow{A::room_changed,             "room.changed",             "Changed a room",                               R::administration},
      ActionRow{A::room_closed,              "room.closed",              "Closed a room",                                R::administration},
      ActionRow{A::service_created,          "service.created",          "Added a service",                              R::administration},
      ActionRow{A::service_changed,          "service.changed",          "Changed a service",                            R::administration},
      ActionRow{A::service_closed,           "service.closed",           "Closed a service",                             R::administration},
      ActionRow{A::schedule_created,         "schedule.created",         "Added weekly hours",                           R::administration},
      ActionRow{A::schedule_changed,         "schedule.changed",         "Changed weekly hours",                         R::administration},
      ActionRow{A::schedule_closed,          "schedule.closed",          "Ended weekly hours",                           R::administration},
      ActionRow{A::override_created,         "override.created",         "Added an exception to weekly hours",           R::administration},
      ActionRow{A::override_changed,         "override.changed",         "Changed an exception to weekly hours",         R::administration},
      ActionRow{A::override_removed,         "override.removed",         "Removed an exception to weekly hours",         R::administration},
      ActionRow{A::closure_created,          "closure.created",          "Added a closure",                              R::administration},
      ActionRow{A::closure_changed,          "closure.changed",          "Changed a closure",                            R::administration},
      ActionRow{A::closure_removed,          "closure.removed",          "Removed a closure",                            R::administration},
      ActionRow{A::tenant_created,           "tenant.created",           "Created a tenant",                             R::administration},
      ActionRow{A::tenant_changed,           "tenant.changed",           "Changed a tenant",                             R::administration},
      ActionRow{A::account_created,          "account.created",          "Created an account",                           R::administration},
      ActionRow{A::account_changed,          "account.changed",          "Changed an account",                           R::administration},
      ActionRow{A::account_closed,           "account.closed",           "Closed an account",                            R::administration},
      ActionRow{A::access_refused,           "access.refused",           "Was refused",                                  R::access},
      ActionRow{A::access_refused_anonymous, "access.refused_anonymous", "Unknown callers were refused (counted)",       R::access},
      ActionRow{A::audit_read,               "audit.read",               "Read the journal",                             R::access},
      ActionRow{A::audit_verified,           "audit.verified",           "Fetched proofs of the journal",                R::access},
      ActionRow{A::instance_started,         "instance.started",         "Started the server",                           R::system},
      ActionRow{A::instance_stopped,         "instance.stopped",         "Stopped the server",                           R::system},
      ActionRow{A::migration_applied,        "migration.applied",        "Changed the shape of the store",               R::system},
      ActionRow{A::key_created,              "key.created",              "Created a key",                                R::system},
      ActionRow{A::key_rotated,              "key.rotated",              "Replaced a key",                               R::system},
      ActionRow{A::key_destroyed,            "key.destroyed",            "Destroyed a key",                              R::system},
      ActionRow{A::posture_read,             "posture.read",             "Read the state of the controls",               R::system},
      ActionRow{A::device_created,           "device.created",           "Added a device",                               R::administration},
      ActionRow{A::device_changed,           "device.changed",           "Changed a device",                             R::administration},
      ActionRow{A::device_closed,            "device.closed",            "Closed a device",                              R::administration},
      ActionRow{A::event_created,            "event.created",            "Set up an event",                              R::administration},
      ActionRow{A::event_changed,            "event.changed",            "Changed an event",                             R::administration},
      ActionRow{A::event_closed,             "event.closed",             "Closed an event",                              R::administration},
      ActionRow{A::event_viewed,             "event.viewed",             "Saw an event's people and their answers",      R::access},
      ActionRow{A::event_joined,             "event.joined",             "Added people to an event",                     R::scheduling},
      ActionRow{A::invitation_sent,          "invitation.sent",          "Sent invitations",                             R::scheduling},
      ActionRow{A::invitation_viewed,        "invitation.viewed",        "Saw who was invited and who answered",         R::access},
      ActionRow{A::link_created,             "link.created",             "Made a personal link",                         R::scheduling},
      ActionRow{A::link_revoked,             "link.revoked",             "Revoked personal links",                       R::scheduling},
      ActionRow{A::link_opened,              "link.opened",              "Opened a personal link",                       R::access},
      ActionRow{A::link_proven,              "link.proven",              "Proved through a personal link who they are",  R::access},
      ActionRow{A::link_refused,             "link.refused",             "Failed to prove who they are",                 R::access},
      ActionRow{A::code_sent,                "code.sent",                "Sent a one-time code",                         R::scheduling},
      ActionRow{A::device_remembered,        "device.remembered",        "Remembered a person's device",                 R::access},
      ActionRow{A::device_forgotten,         "device.forgotten",         "Forgot a person's device",                     R::access},
      ActionRow{A::participation_declined,   "participation.declined",   "Recorded that somebody cannot come",           R::scheduling},
      ActionRow{A::public_booked,            "public.booked",            "Booked through the public page",               R::scheduling},
      ActionRow{A::template_created,         "template.created",         "Wrote a template",                             R::administration},
      ActionRow{A::template_changed,         "template.changed",         "Changed a template",                           R::administration},
      ActionRow{A::template_closed,          "template.closed",          "Closed a template",                            R::administration},
      ActionRow{A::agreement_recorded,       "agreement.recorded",       "Recorded a vendor's agreement",                R::administration},
      ActionRow{A::agreement_ended,          "agreement.ended",          "Ended a vendor's agreement",                   R::administration},
      ActionRow{A::settings_changed,         "settings.changed",         "Changed the rules for messages",               R::administration},
      ActionRow{A::reminders_changed,        "reminders.changed",        "Changed a service's reminders",                R::administration},
      ActionRow{A::contact_opted_out,        "contact.opted_out",        "Recorded that somebody wants no messages",     R::patient_record},
      ActionRow{A::contact_opted_in,         "contact.opted_in",         "Recorded that somebody wants messages again",  R::patient_record},
      ActionRow{A::contact_suspended,        "contact.suspended",        "Stopped using an address that does not reach", R::patient_record},
      ActionRow{A::contact_verified,         "contact.verified",         "Recorded that an address reaches its person",  R::patient_record},
      ActionRow{A::message_claimed,          "message.claimed",          "Took a due message up for sending",            R::scheduling},
      ActionRow{A::message_sent,             "message.sent",             "Handed a message over",                        R::scheduling},
      ActionRow{A::message_refused,          "message.refused",          "Did not send a message",                       R::scheduling},
      ActionRow{A::message_withdrawn,        "message.withdrawn",        "Withdrew a message that was queued",           R::scheduling},
      ActionRow{A::message_bounced,          "message.bounced",          "Had a message returned",                       R::scheduling},
      ActionRow{A::message_viewed,           "message.viewed",           "Saw what was sent",                            R::access},
      ActionRow{A::task_opened,              "task.opened",              "Opened a task",                                R::scheduling},
      ActionRow{A::task_changed,             "task.changed",             "Changed a task",                               R::scheduling},
      ActionRow{A::task_viewed,              "task.viewed",              "Saw tasks",                                    R::access},
      ActionRow{A::import_started,           "import.started",           "Started an import",                            R::administration},
      ActionRow{A::import_ended,             "import.ended",             "Ended an import",                              R::administration},
      ActionRow{A::import_viewed,            "import.viewed",            "Saw the outcome of an import",                 R::access},
      ActionRow{A::mapping_saved,            "mapping.saved",            "Saved a mapping for imports",                  R::administration},
      ActionRow{A::appointment_imported,     "appointment.imported",     "Brought in an appointment from another scheduler",R::scheduling},
      ActionRow{A::feed_created,             "feed.created",             "Made a calendar feed",                         R::administration},
      ActionRow{A::feed_rotated,             "feed.rotated",             "Replaced a calendar feed's secret",            R::administration},
      ActionRow{A::feed_revoked,             "feed.revoked",             "Ended a calendar feed",                        R::administration},
      ActionRow{A::feed_fetched,             "feed.fetched",             "Fetched a calendar feed",                      R::access},
      ActionRow{A::calendar_reply,           "calendar.reply",           "Answered an invitation from a calendar",       R::scheduling},
      ActionRow{A::import_received,          "import.received",          "Took in rows of a file to import",             R::administration},
      ActionRow{A::session_started,         "session.started",          "Signed in",                                    R::access},
      ActionRow{A::session_ended,           "session.ended",            "Signed out, or ended a session",               R::access},
      ActionRow{A::session_refused,         "session.refused",          "Could not sign in",                            R::access},
      ActionRow{A::session_stepped_up,      "session.stepped_up",       "Confirmed who they are",                       R::access},
      ActionRow{A::passkey_added,           "passkey.added",            "Added a passkey",                              R::administration},
      ActionRow{A::passkey_removed,         "passkey.removed",          "Removed a passkey",                            R::administration},
      ActionRow{A::passkey_blocked,         "passkey.blocked",          "Blocked a passkey that may have been copied",  R::administration},
      ActionRow{A::passkey_viewed,          "passkey.viewed",           "Saw the passkeys of their account",            R::access},
      ActionRow{A::enrolment_created,       "enrolment.created",        "Made a link to enrol a passkey",               R::administration},
      ActionRow{A::enrolment_used,          "enrolment.used",           "Opened a link to enrol a passkey",             R::access},
      ActionRow{A::sign_in_code_sent,       "sign_in.code_sent",        "Had a code to sign in sent",                   R::access},
      ActionRow{A::access_explained,        "access.explained",         "Asked why something is allowed or refused",    R::access},
      ActionRow{A::appointment_overridden,   "appointment.overridden",   "Overrode hours, a closure or another visit",   R::scheduling},
      ActionRow{A::patient_forgotten,        "patient.forgotten",        "Forgot people who never proved their address", R::patient_record},
  };
}();
// clang-format on

static_assert([] {
  for (std::size_t i = 0; i < action_rows.size(); ++i)
    if (static_cast<std::size_t>(action_rows[i].action) != i) return false;
  return action_rows.size() == static_cast<std::size_t>(AuditAction::patient_forgotten) + 1;
}(), "action_rows lists every AuditAction once, in order");

constexpr const ActionRow& row_of(AuditAction action) {
  return action_rows[static_cast<std::size_t>(action)];
}
constexpr std::string_view to_text(AuditAction action) { return row_of(action).id; }
constexpr std::optional<AuditAction> parse_action(std::string_view id) {
  for (const ActionRow& row : action_rows)
    if (row.id == id) return row.action;
  return std::nullopt;
}

}  // namespace sealbook::audit

namespace sealbook {
using audit::AuditAction;
}
