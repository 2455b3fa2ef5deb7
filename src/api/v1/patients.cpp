#include "api/v1/patients.hpp"

#include "api/v1/answering.hpp"
#include "app/patients/patients.hpp"
#include "app/patients/search.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

PatientName name_view(const HumanName& n) { return {n.given, n.family, n.second_family, n.preferred}; }
HumanName human_name(const PatientName& n) { return {n.given, n.family, n.second_family, n.preferred}; }

std::vector<Contact> contacts_of(const std::vector<ContactInput>& inputs) {
  std::vector<Contact> out;
  for (const ContactInput& c : inputs)  // nobody has verified what was just typed
    out.push_back({c.kind, c.value, c.whose, c.label, c.safe, c.voicemail_allowed, false});
  return out;
}
std::vector<Identifier> identifiers_of(const std::vector<PatientIdentifier>& inputs) {
  std::vector<Identifier> out;
  for (const PatientIdentifier& i : inputs) out.push_back({i.issuer, i.value});
  return out;
}

PatientView view(const app::SeenPatient& seen) {
  const PatientRecord& record = seen.record;
  PatientView v;
  v.id = seen.id;
  v.version = seen.version;
  v.name = name_view(record.name);
  v.birth_date = record.birth_date;
  for (const Contact& c : record.contacts)
    v.contacts.push_back({c.kind, c.value, c.whose, c.label, c.safe, c.voicemail_allowed, c.verified});
  for (const Identifier& i : record.identifiers) v.identifiers.push_back({i.issuer, i.value});
  v.language = record.language;
  v.needs = record.needs;
  v.note = record.note;
  return v;
}

Result<Work<PatientView>> create(CallContext& ctx, const CreatePatientRequest& r) {
  const PatientRecord record{human_name(r.name),             r.birth_date, contacts_of(r.contacts),
                             identifiers_of(r.identifiers), r.language,   r.needs, r.note};
  return answering(app::create_patient(ctx, record), view);
}

Result<PatientView> get(CallContext& ctx, const PatientIdRequest& r) {
  TRY(seen, app::read_patient(ctx, r.id));
  return view(seen);
}

Result<Work<PatientView>> change(CallContext& ctx, const ChangePatientRequest& r) {
  app::ChangePatient command;
  command.id = r.id;
  if (r.name) command.name = human_name(*r.name);
  command.birth_date = r.birth_date;
  if (r.contacts) command.contacts = contacts_of(*r.contacts);
  if (r.identifiers) command.identifiers = identifiers_of(*r.identifiers);
  command.language = r.language;
  command.needs = r.needs;
  command.note = r.note;
  return answering(app::change_patient(ctx, command), view);
}

Result<SearchPatientsResponse> search(CallContext& ctx, const SearchPatientsRequest& r) {
  app::SearchPatients wanted{r.text, r.contact, std::nullopt, r.ids};
  if (r.identifier) wanted.identifier = Identifier{r.identifier->issuer, r.identifier->value};
  TRY(found, app::search_patients(ctx, wanted));
  SearchPatientsResponse response;
  for (app::FoundPatient& p : found)
    response.patients.push_back({p.id, name_view(p.name), p.birth_date, std::move(p.phone_tail)});
  return response;
}

constexpr Endpoint rows[] = {bind_write<CreatePatient, create>(), bind_read<GetPatient, get>(),
                             bind_write<ChangePatient, change>(), bind_read<SearchPatients, search>()};

}  // namespace

std::span<const Endpoint> patient_endpoints() { return rows; }

}  // namespace sealbook::api
