#include "domain/synth/files.hpp"

#include "base/json.hpp"

namespace sealbook::synth {
namespace {

constexpr std::size_t visits_a_day = 14;

void cell(std::string& out, std::string_view text, char after) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
  } else {
    out += '"';
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += '"';
  }
  out += after;
}

std::string_view contact(const PatientRecord& record, ContactKind kind) {
  for (const Contact& c : record.contacts)
    if (c.kind == kind) return c.value.reveal();
  return {};
}

// The n-th weekday from the first on.
LocalDay weekday(LocalDay first, std::size_t n) {
  LocalDay day = first;
  const auto is_weekend = [](LocalDay d) {
    const unsigned wd = std::chrono::weekday(d).iso_encoding();
    return wd >= 6;
  };
  while (is_weekend(day)) day += std::chrono::days(1);
  const auto begin = static_cast<std::size_t>(std::chrono::weekday(day).iso_encoding() - 1);
  const std::size_t whole = (begin + n) / 5, rest = (begin + n) % 5;
  return day + std::chrono::days(static_cast<int>(whole * 7 + rest) - static_cast<int>(begin));
}

// Overlapping visits stand last; the ones below are ordinary.
std::size_t ordinary(const Plan& plan) {
  return plan.appointments > plan.overlaps ? plan.appointments - plan.overlaps : plan.appointments;
}

std::string padded(std::size_t number) {
  std::string text = std::to_string(number);
  return text.size() < 6 ? std::string(6 - text.size(), '0') + text : text;
}

std::string ics_time(const LocalDateTime& at) {
  std::string text;
  for (const char c : at.text())
    if (c != '-' && c != ':') text += c;
  return text + "00";
}

}  // namespace

void write_people_csv(const Plan& plan, const Sink& sink) {
  sink("external_id,given,family,second_family,birth_date,email,phone,language\r\n");
  std::string line;
  for (std::size_t i = 0; i < plan.people; ++i) {
    const Person p = person(plan.seed, i);
    line.clear();
    cell(line, p.external_id, ',');
    cell(line, p.record.name.given.front().reveal(), ',');
    cell(line, p.record.name.family.reveal(), ',');
    cell(line,
         p.record.name.second_family ? std::string_view(p.record.name.second_family->reveal()) : "",
         ',');
    cell(line, date_text(p.record.birth_date.reveal()), ',');
    cell(line, contact(p.record, ContactKind::email), ',');
    cell(line, contact(p.record, ContactKind::phone), ',');
    cell(line, p.record.language->reveal(), '\r');
    line += '\n';
    sink(line);
  }
}

void write_people_ndjson(const Plan& plan, const Sink& sink) {
  std::string line;
  for (std::size_t i = 0; i < plan.people; ++i) {
    const Person p = person(plan.seed, i);
    line.clear();
    JsonWriter json(line);
    json.begin_object().member("resourceType", "Patient").member("id", p.external_id);
    json.key("name").begin_array().begin_object().member("use", "official");
    json.member("family", p.record.name.family.reveal());
    if (p.record.name.second_family) {
      json.key("_family").begin_object().key("extension").begin_array().begin_object();
      json.member("url", "http://hl7.org/fhir/StructureDefinition/humanname-mothers-family");
      json.member("valueString", p.record.name.second_family->reveal())
          .end_object()
          .end_array()
          .end_object();
    }
    json.key("given")
        .begin_array()
        .string(p.record.name.given.front().reveal())
        .end_array()
        .end_object()
        .end_array();
    json.member("birthDate", date_text(p.record.birth_date.reveal()));
    json.key("telecom").begin_array();
    for (const Contact& c : p.record.contacts)
      json.begin_object()
          .member("system", c.kind == ContactKind::email ? "email" : "phone")
          .member("value", c.value.reveal())
          .end_object();
    json.end_array()
        .key("communication")
        .begin_array()
        .begin_object()
        .key("language")
        .begin_object();
    json.key("coding")
        .begin_array()
        .begin_object()
        .member("code", p.record.language->reveal())
        .end_object()
        .end_array();
    json.end_object().end_object().end_array().end_object();
    line += '\n';
    sink(line);
  }
}

Appointment appointment(const Plan& plan, std::size_t i) {
  Appointment made;
  made.old_id = "A-" + padded(i + 1);
  made.person = Dice(plan.seed + i * 3).below(plan.people);
  const std::size_t usual = ordinary(plan);
  const bool over = i >= usual;
  const std::size_t slot = over ? (i - usual) * (usual / (plan.overlaps + 1)) : i;
  made.practitioner = slot % plan.practitioners;
  const std::size_t nth = slot / plan.practitioners;
  made.starts.day = weekday(plan.first_day, nth / visits_a_day);
  made.starts.minute =
      static_cast<std::int32_t>(9 * 60 + nth % visits_a_day * 30 + (over ? 10 : 0));
  if (over) made.minutes = 20;
  return made;
}

void write_appointments_csv(const Plan& plan, const Sink& sink) {
  sink("id,start,duration,practitioner,service,patient_id,given,family,birth_date\r\n");
  std::string line;
  for (std::size_t i = 0; i < plan.appointments; ++i) {
    const Appointment a = appointment(plan, i);
    const Person p = person(plan.seed, a.person);
    line.clear();
    cell(line, a.old_id, ',');
    cell(line, a.starts.text(), ',');
    cell(line, std::to_string(a.minutes), ',');
    cell(line, practitioner_name(plan.seed, a.practitioner), ',');
    cell(line, plan.service, ',');
    cell(line, p.external_id, ',');
    cell(line, p.record.name.given.front().reveal(), ',');
    cell(line, p.record.name.family.reveal(), ',');
    cell(line, date_text(p.record.birth_date.reveal()), '\r');
    line += '\n';
    sink(line);
  }
}

void write_appointments_ics(const Plan& plan, const Sink& sink) {
  sink("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sealbook//synth//EN\r\n");
  for (std::size_t i = 0; i < plan.appointments; ++i) {
    const Appointment a = appointment(plan, i);
    LocalDateTime ends = a.starts;
    ends.minute += static_cast<std::int32_t>(a.minutes);
    std::string event =
        "BEGIN:VEVENT\r\nUID:" + a.old_id + "@example.test\r\nDTSTAMP:20270101T000000Z\r\n";
    event += "DTSTART:" + ics_time(a.starts) + "\r\nDTEND:" + ics_time(ends) +
             "\r\nSUMMARY:" + std::string(plan.service);
    event += "\r\nORGANIZER:mailto:practitioner" + std::to_string(a.practitioner + 1) +
             "@example.test\r\n";
    event +=
        "ATTENDEE:mailto:person" + std::to_string(a.person + 1) + "@example.test\r\nEND:VEVENT\r\n";
    sink(event);
  }
  sink("END:VCALENDAR\r\n");
}

}  // namespace sealbook::synth
