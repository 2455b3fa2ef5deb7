#include "app/imports/report.hpp"

#include "storage/patient_codec.hpp"

namespace sealbook::app::imports {
namespace {

using importing::ImportedPerson;
using importing::Note;
using importing::Place;
using importing::Problem;

void write_problem(CborWriter& out, const Problem& p) {
  out.array(5).integer(p.line).integer(p.position).text(p.column).text(p.rule).text(p.detail);
}
void write_note(CborWriter& out, const Note& n) {
  out.array(5).text(n.rule).text(n.column).text(n.detail).integer(n.first_line).integer(n.count);
}
void write_proposal(CborWriter& out, const Proposal& p) {
  out.array(5).integer(p.line).uint(static_cast<std::uint64_t>(p.why)).integer(p.other_line);
  out.bytes(p.patient ? p.patient->bytes() : ByteView());
  out.bytes(p.appointment ? p.appointment->bytes() : ByteView());
}

Result<std::string> read_text(CborReader& in) {
  TRY(text, in.text());
  return std::string(text);
}

template <class Read>
Result<void> read_items(CborReader& in, std::size_t members, Read read) {
  TRY(count, in.array());
  for (std::size_t i = 0; i < count; ++i) {
    TRY(size, in.array());
    if (size != members) return fail(ErrorCode::integrity);
    ENSURE(read());
  }
  return {};
}

Result<void> read_problems(CborReader& in, std::vector<Problem>& out) {
  return read_items(in, 5, [&]() -> Result<void> {
    TRY(line, in.integer());
    TRY(position, in.integer());
    TRY(column, read_text(in));
    TRY(rule, read_text(in));
    TRY(detail, read_text(in));
    out.push_back({line, position, std::move(column), std::move(rule), std::move(detail)});
    return {};
  });
}

Result<void> read_notes(CborReader& in, std::vector<Note>& out) {
  return read_items(in, 5, [&]() -> Result<void> {
    TRY(rule, read_text(in));
    TRY(column, read_text(in));
    TRY(detail, read_text(in));
    TRY(line, in.integer());
    TRY(count, in.integer());
    out.push_back({std::move(rule), std::move(column), std::move(detail), line, count});
    return {};
  });
}

Result<void> read_proposals(CborReader& in, std::vector<Proposal>& out) {
  return read_items(in, 5, [&]() -> Result<void> {
    Proposal p;
    TRY(line, in.integer());
    TRY(why, in.uint());
    TRY(other, in.integer());
    TRY(patient, in.bytes());
    TRY(appointment, in.bytes());
    p.line = line;
    p.why = static_cast<SameBy>(why);
    p.other_line = other;
    if (!patient.empty()) p.patient = PatientId::from_bytes(patient);
    if (!appointment.empty()) p.appointment = AppointmentId::from_bytes(appointment);
    out.push_back(p);
    return {};
  });
}

Result<void> read_sheet(CborReader& in, Sheet& out) {
  return read_items(in, 7, [&]() -> Result<void> {
    TRY(who, read_text(in));
    TRY(day, in.integer());
    SheetCounts counts;
    for (std::int64_t* count :
         {&counts.old, &counts.imported, &counts.already, &counts.flagged, &counts.refused}) {
      TRY(number, in.integer());
      *count = number;
    }
    out[{std::move(who), day}] = counts;
    return {};
  });
}

void write_places(CborWriter& out, const std::vector<Place>& places) {
  out.array(places.size());
  for (const Place& place : places) out.array(2).integer(place.position).text(place.column);
}
Result<void> read_places(CborReader& in, std::vector<Place>& places) {
  return read_items(in, 2, [&]() -> Result<void> {
    TRY(position, in.integer());
    TRY(column, read_text(in));
    places.push_back({position, std::move(column)});
    return {};
  });
}

Result<ImportedPerson> read_person(CborReader& in) {
  ImportedPerson person;
  TRY(size, in.array());
  if (size != 6) return fail(ErrorCode::integrity);
  TRY(line, in.integer());
  TRY(external, in.text());
  TRY(pii, in.bytes());
  TRY(phi, in.bytes());
  person.line = line;
  if (!external.empty()) person.external_id = SensitiveText(std::string(external));
  ENSURE(storage::decode_patient_pii(pii, person.record));
  if (!phi.empty()) ENSURE(storage::decode_patient_phi(phi, person.record));
  ENSURE(read_places(in, person.contact_places));
  ENSURE(read_places(in, person.identifier_places));
  return person;
}

}  // namespace

std::string_view to_text(SameBy why) {
  switch (why) {
    case SameBy::name: return "name";
    case SameBy::contact: return "contact";
    case SameBy::identifier: return "identifier";
    case SameBy::external_id: return "external_id";
  }
  return "";
}

Bytes encode_report(const ImportReport& report) {
  Bytes body;
  CborWriter out(body);
  out.array(4).array(report.problems.size());
  for (const Problem& p : report.problems) write_problem(out, p);
  out.array(report.notes.size());
  for (const Note& n : report.notes) write_note(out, n);
  out.array(report.proposals.size());
  for (const Proposal& p : report.proposals) write_proposal(out, p);
  out.array(report.sheet.size());
  for (const auto& [key, c] : report.sheet) {
    out.array(7).text(key.first).integer(key.second);
    out.integer(c.old).integer(c.imported).integer(c.already).integer(c.flagged).integer(c.refused);
  }
  return body;
}

Result<ImportReport> decode_report(ByteView body) {
  ImportReport report;
  CborReader in(body);
  TRY(parts, in.array());
  if (parts != 4) return fail(ErrorCode::integrity);
  ENSURE(read_problems(in, report.problems));
  ENSURE(read_notes(in, report.notes));
  ENSURE(read_proposals(in, report.proposals));
  ENSURE(read_sheet(in, report.sheet));
  ENSURE(in.finish());
  return report;
}

Bytes encode_people(const PeopleChunk& chunk) {
  Bytes body;
  CborWriter out(body);
  out.array(2).text(chunk.source).array(chunk.people.size());
  for (const ImportedPerson& person : chunk.people) {
    out.array(6).integer(person.line);
    out.text(person.external_id ? std::string_view(person.external_id->reveal())
                                : std::string_view());
    out.bytes(storage::encode_patient_pii(person.record));
    const bool notes = person.record.needs || person.record.note;
    out.bytes(notes ? storage::encode_patient_phi(person.record) : Bytes());
    write_places(out, person.contact_places);
    write_places(out, person.identifier_places);
  }
  return body;
}

Result<PeopleChunk> decode_people(ByteView body) {
  CborReader in(body);
  PeopleChunk chunk;
  TRY(parts, in.array());
  if (parts != 2) return fail(ErrorCode::integrity);
  TRY(source, in.text());
  chunk.source = std::string(source);
  TRY(count, in.array());
  for (std::size_t i = 0; i < count; ++i) {
    TRY(person, read_person(in));
    chunk.people.push_back(std::move(person));
  }
  ENSURE(in.finish());
  return chunk;
}

}  // namespace sealbook::app::imports
