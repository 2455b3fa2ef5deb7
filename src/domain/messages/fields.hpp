// The fields that a message's template may name, each with its data class and the detail level that
// it needs; and what each channel may carry.
//
// One table: the checker, the renderer, the API and docs/guides/messages.md read it. A field whose
// class is above its channel's limit is refused when the template is saved (CONTROLS MSG-01).
// Numbers are not stored; names are.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/data_class.hpp"
#include "domain/messages/message.hpp"

namespace sealbook::messages {

enum class FieldName : std::uint8_t {
  organisation_message_name,
  organisation_phone,
  link,
  unsubscribe,
  code,
  appointment_starts_at,
  appointment_day,
  appointment_time,
  appointment_location,
  patient_given,
  patient_family,
  practitioner,
  service,
  reason,
};

// Where a field may stand. A subject is shown on a locked screen.
enum class Placement : std::uint8_t { anywhere, body_only };

struct FieldRow {
  FieldName field;
  std::string_view name;  // as written between the braces
  DataClass data_class;
  DetailLevel level;  // below it, a neutral phrase stands in its place
  Placement placement;
  std::string_view sentence;
};

// clang-format off
inline constexpr std::array field_rows{
    FieldRow{FieldName::organisation_message_name, "organisation.message_name", DataClass::operational, DetailLevel::neutral, Placement::anywhere,  "What messages call the organisation; approved to be neutral. Every message says it."},
    FieldRow{FieldName::organisation_phone,        "organisation.phone",        DataClass::operational, DetailLevel::neutral, Placement::anywhere,  "The call-back number. Every message says it."},
    FieldRow{FieldName::link,                      "link",                      DataClass::operational, DetailLevel::neutral, Placement::body_only, "The person's own link, on a line of its own. It shows nothing until the person proves who they are."},
    FieldRow{FieldName::unsubscribe,               "unsubscribe",               DataClass::operational, DetailLevel::neutral, Placement::body_only, "The link that ends such messages, on a line of its own."},
    FieldRow{FieldName::code,                      "code",                      DataClass::operational, DetailLevel::neutral, Placement::body_only, "The one-time code; only in the message that the person just asked for."},
    FieldRow{FieldName::appointment_starts_at,     "appointment.starts_at",     DataClass::operational, DetailLevel::time,    Placement::body_only, "Day and time of the visit where it takes place, with the time zone named."},
    FieldRow{FieldName::appointment_day,           "appointment.day",           DataClass::operational, DetailLevel::time,    Placement::body_only, "Its day alone."},
    FieldRow{FieldName::appointment_time,          "appointment.time",          DataClass::operational, DetailLevel::time,    Placement::body_only, "Its time alone, with the time zone named."},
    FieldRow{FieldName::appointment_location,      "appointment.location",      DataClass::operational, DetailLevel::time,    Placement::body_only, "The neutral name of the place."},
    FieldRow{FieldName::patient_given,             "patient.name.given",        DataClass::pii,         DetailLevel::neutral, Placement::body_only, "The person's given name."},
    FieldRow{FieldName::patient_family,            "patient.name.family",       DataClass::pii,         DetailLevel::neutral, Placement::body_only, "The person's family name."},
    FieldRow{FieldName::practitioner,              "practitioner.name",         DataClass::phi,         DetailLevel::time,    Placement::body_only, "Who the visit is with; it may tell the kind of clinic."},
    FieldRow{FieldName::service,                   "service.name",              DataClass::phi,         DetailLevel::time,    Placement::body_only, "What was booked; it may tell the reason."},
    FieldRow{FieldName::reason,                    "appointment.reason",        DataClass::phi,         DetailLevel::time,    Placement::body_only, "The reason of the visit."},
};
// clang-format on

static_assert(
    [] {
      for (std::size_t i = 0; i < field_rows.size(); ++i)
        if (static_cast<std::size_t>(field_rows[i].field) != i) return false;
      return field_rows.size() == static_cast<std::size_t>(FieldName::reason) + 1;
    }(),
    "field_rows lists every FieldName once, in order");

constexpr const FieldRow& row_of(FieldName field) {
  return field_rows[static_cast<std::size_t>(field)];
}
constexpr const FieldRow* find_field(std::string_view name) {
  for (const FieldRow& row : field_rows)
    if (row.name == name) return &row;
  return nullptr;
}

struct ChannelRow {
  Channel channel;
  std::string_view name;
  DataClass limit;  // the highest class that it may carry
  bool has_subject;
  std::size_t
      longest_body;  // characters; of an SMS as rendered at its longest, of others as written
};

// E-mail, SMS and voice are read by providers and on other people's screens; a letter is closed,
// and the portal knows who reads.
inline constexpr std::array channel_rows{
    ChannelRow{Channel::email, "email", DataClass::operational, true, 5000},
    ChannelRow{Channel::sms, "sms", DataClass::operational, false, 160},
    ChannelRow{Channel::voice, "voice", DataClass::operational, false, 600},
    ChannelRow{Channel::letter, "letter", DataClass::pii, true, 5000},
    ChannelRow{Channel::portal, "portal", DataClass::phi, true, 5000},
};
constexpr const ChannelRow& row_of(Channel channel) {
  return channel_rows[static_cast<std::size_t>(channel)];
}

inline constexpr std::size_t longest_subject = 120;  // characters, as written

}  // namespace sealbook::messages
