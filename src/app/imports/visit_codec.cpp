#include "app/imports/visits.hpp"
#include "storage/patient_codec.hpp"

namespace sealbook::app::imports {
namespace {

std::string_view or_empty(const std::optional<SensitiveText>& text) {
  return text ? std::string_view(text->reveal()) : std::string_view();
}
std::optional<SensitiveText> if_any(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(SensitiveText(std::string(text)));
}

// The person's reference travels as a record with what is known of it.
Bytes encode_reference(const importing::PersonReference& person) {
  PatientRecord record;
  if (person.name) record.name = *person.name;
  record.birth_date = person.birth_date.value_or(Sensitive(*parse_date("1900-01-01")));
  if (person.identifier) record.identifiers.push_back(*person.identifier);
  if (person.email) {
    Contact contact;
    contact.value = *person.email;
    record.contacts.push_back(std::move(contact));
  }
  return storage::encode_patient_pii(record);
}

Result<void> decode_reference(ByteView body, bool named, importing::PersonReference& person) {
  PatientRecord record;
  ENSURE(storage::decode_patient_pii(body, record));
  if (named) {
    person.name = record.name;
    person.birth_date = record.birth_date;
  }
  if (!record.identifiers.empty()) person.identifier = record.identifiers.front();
  if (!record.contacts.empty()) person.email = record.contacts.front().value;
  return {};
}

Result<ResolvedVisit> read_visit(CborReader& in) {
  ResolvedVisit visit;
  TRY(size, in.array());
  if (size != 12) return fail(ErrorCode::integrity);
  TRY(line, in.integer());
  TRY(old_id, in.text());
  TRY(external, in.text());
  TRY(note, in.text());
  TRY(named, in.boolean());
  TRY(person, in.bytes());
  TRY(practitioner, in.bytes());
  TRY(service, in.bytes());
  TRY(location, in.bytes());
  TRY(starts, in.integer());
  TRY(minutes, in.integer());
  TRY(day, in.integer());
  visit.old.line = line;
  visit.old.old_id = SensitiveText(std::string(old_id));
  visit.old.person.external_id = if_any(external);
  visit.old.note = if_any(note);
  ENSURE(decode_reference(person, named, visit.old.person));
  if (!practitioner.empty()) visit.practitioner = ResourceId::from_bytes(practitioner);
  visit.service = ServiceId::from_bytes(service);
  visit.location = LocationId::from_bytes(location);
  visit.starts = Instant::from_micros(starts);
  visit.old.minutes = minutes;
  visit.day = day;
  return visit;
}

}  // namespace

Bytes encode_visits(const VisitChunk& chunk) {
  Bytes body;
  CborWriter out(body);
  out.array(2).text(chunk.source).array(chunk.visits.size());
  for (const ResolvedVisit& visit : chunk.visits) {
    const importing::PersonReference& person = visit.old.person;
    out.array(12)
        .integer(visit.old.line)
        .text(visit.old.old_id.reveal())
        .text(or_empty(person.external_id));
    out.text(or_empty(visit.old.note))
        .boolean(person.name && person.birth_date)
        .bytes(encode_reference(person));
    out.bytes(visit.practitioner ? visit.practitioner->bytes() : ByteView());
    out.bytes(visit.service.bytes()).bytes(visit.location.bytes());
    out.integer(visit.starts.micros()).integer(visit.old.minutes).integer(visit.day);
  }
  return body;
}

Result<VisitChunk> decode_visits(ByteView body) {
  CborReader in(body);
  VisitChunk chunk;
  TRY(parts, in.array());
  if (parts != 2) return fail(ErrorCode::integrity);
  TRY(source, in.text());
  chunk.source = std::string(source);
  TRY(count, in.array());
  for (std::size_t i = 0; i < count; ++i) {
    TRY(visit, read_visit(in));
    chunk.visits.push_back(std::move(visit));
  }
  ENSURE(in.finish());
  return chunk;
}

}  // namespace sealbook::app::imports
