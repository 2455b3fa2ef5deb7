// Patients: registering, seeing, changing and finding the people who are booked.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/directory_enums.hpp"

namespace sealbook::api {

using SensitiveDate = Sensitive<std::chrono::year_month_day>;

struct PatientName {
  std::vector<SensitiveText> given;
  SensitiveText family;
  std::optional<SensitiveText> second_family, preferred;
  static constexpr Field fields[] = {
      field<&PatientName::given>("given", DataClass::pii, "Given names, in order.", {.max = 10, .item_max = 100}),
      field<&PatientName::family>("family", DataClass::pii, "Family name; of two, the first.", {.max = 100}),
      field<&PatientName::second_family>("second_family", DataClass::pii, "The second family name, as in Spanish names.", {.max = 100}),
      field<&PatientName::preferred>("preferred", DataClass::pii, "What to call the person.", {.max = 100}),
  };
};

struct ContactInput {
  ContactKind kind = ContactKind::email;
  SensitiveText value;
  std::optional<SensitiveText> whose, label;
  bool safe = true;
  bool voicemail_allowed = false;
  static constexpr Field fields[] = {
      field<&ContactInput::kind>("kind", DataClass::pii, "What it is."),
      field<&ContactInput::value>("value", DataClass::pii, "An e-mail address, a telephone number, or a postal address in one line.", {.max = 300}),
      field<&ContactInput::whose>("whose", DataClass::pii, "Whose it is, when it is not the patient's.", {.max = 60}),
      field<&ContactInput::label>("label", DataClass::pii, "home, work, …", {.max = 60}),
      field<&ContactInput::safe>("safe", DataClass::pii, "False: using it could harm the person.", {.presence = Presence::optional}),
      field<&ContactInput::voicemail_allowed>("voicemail_allowed", DataClass::pii, "Whether to leave a message there.", {.presence = Presence::optional}),
  };
};
struct ContactView {
  ContactKind kind = ContactKind::email;
  SensitiveText value;
  std::optional<SensitiveText> whose, label;
  bool safe = true;
  bool voicemail_allowed = false;
  bool verified = false;
  static constexpr Field fields[] = {
      field<&ContactView::kind>("kind", DataClass::pii, "What it is."),
      field<&ContactView::value>("value", DataClass::pii, "As it was written."),
      field<&ContactView::whose>("whose", DataClass::pii, "Whose it is, when it is not the patient's."),
      field<&ContactView::label>("label", DataClass::pii, "home, work, …"),
      field<&ContactView::safe>("safe", DataClass::pii, "False: using it could harm the person."),
      field<&ContactView::voicemail_allowed>("voicemail_allowed", DataClass::pii, "Whether to leave a message there."),
      field<&ContactView::verified>("verified", DataClass::pii, "Whether the person has shown that it reaches them."),
  };
};
struct PatientIdentifier {
  SensitiveText issuer, value;
  static constexpr Field fields[] = {
      field<&PatientIdentifier::issuer>("issuer", DataClass::pii, "Who gave it: a registry, a hospital, an insurer.", {.max = 250}),
      field<&PatientIdentifier::value>("value", DataClass::pii, "The number.", {.max = 100}),
  };
};

struct PatientView {
  PatientId id;
  std::int64_t version = 1;
  PatientName name;
  SensitiveDate birth_date;
  std::vector<ContactView> contacts;
  std::vector<PatientIdentifier> identifiers;
  std::optional<SensitiveText> language, needs, note;
  static constexpr Field fields[] = {
      field<&PatientView::id>("id", DataClass::operational, "Its public name."),
      field<&PatientView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&PatientView::name>("name", DataClass::pii, "The person's name."),
      field<&PatientView::birth_date>("birth_date", DataClass::pii, "When the person was born."),
      field<&PatientView::contacts>("contacts", DataClass::pii, "How to reach the person."),
      field<&PatientView::identifiers>("identifiers", DataClass::pii, "Numbers that others gave."),
      field<&PatientView::language>("language", DataClass::pii, "What to speak (BCP 47)."),
      field<&PatientView::needs>("needs", DataClass::phi, "What a visit has to provide for; for those who may see notes."),
      field<&PatientView::note>("note", DataClass::phi, "For those who may see notes."),
  };
};

struct CreatePatientRequest {
  PatientName name;
  SensitiveDate birth_date;
  std::vector<ContactInput> contacts;
  std::vector<PatientIdentifier> identifiers;
  std::optional<SensitiveText> language, needs, note;
  static constexpr Field fields[] = {
      field<&CreatePatientRequest::name>("name", DataClass::pii, "The person's name."),
      field<&CreatePatientRequest::birth_date>("birth_date", DataClass::pii, "When the person was born."),
      field<&CreatePatientRequest::contacts>("contacts", DataClass::pii, "How to reach the person.", {.presence = Presence::optional, .max = 20}),
      field<&CreatePatientRequest::identifiers>("identifiers", DataClass::pii, "Numbers that others gave.", {.presence = Presence::optional, .max = 20}),
      field<&CreatePatientRequest::language>("language", DataClass::pii, "What to speak (BCP 47).", {.max = 35, .text = TextRule::language}),
      field<&CreatePatientRequest::needs>("needs", DataClass::phi, "What a visit has to provide for.", {.max = 2000, .text = TextRule::multiline}),
      field<&CreatePatientRequest::note>("note", DataClass::phi, "For those who may see notes.", {.max = 4000, .text = TextRule::multiline}),
  };
};
struct CreatePatient {
  using Request = CreatePatientRequest;
  using Response = PatientView;
  static constexpr EndpointSpec spec = checked({
      .id = "createPatient", .method = Method::post, .path = "/v1/patients", .summary = "Registers a patient.",
      .access = needs(Permission::patient_create), .audit = AuditAction::patient_created, .rate = RateClass::directory,
      .success = 201, .idempotency = Idempotency::optional, .location = "/v1/patients/{id}"});
};

struct PatientIdRequest {
  PatientId id;
  static constexpr Field fields[] = {
      field<&PatientIdRequest::id>("id", DataClass::operational, "The patient.", {.where = Where::path}),
  };
};
struct GetPatient {
  using Request = PatientIdRequest;
  using Response = PatientView;
  static constexpr EndpointSpec spec = checked({
      .id = "getPatient", .method = Method::get, .path = "/v1/patients/{id}", .summary = "Shows one patient's record.",
      .access = needs(Permission::patient_view), .audit = AuditAction::patient_viewed});
};

struct ChangePatientRequest {
  PatientId id;
  std::optional<PatientName> name;
  std::optional<SensitiveDate> birth_date;
  std::optional<std::vector<ContactInput>> contacts;
  std::optional<std::vector<PatientIdentifier>> identifiers;
  std::optional<SensitiveText> language, needs, note;
  static constexpr Field fields[] = {
      field<&ChangePatientRequest::id>("id", DataClass::operational, "The patient.", {.where = Where::path}),
      field<&ChangePatientRequest::name>("name", DataClass::pii, "Replaces the whole name."),
      field<&ChangePatientRequest::birth_date>("birth_date", DataClass::pii, "When the person was born."),
      field<&ChangePatientRequest::contacts>("contacts", DataClass::pii, "Replaces all contacts; patients change theirs.", {.max = 20}),
      field<&ChangePatientRequest::identifiers>("identifiers", DataClass::pii, "Replaces all identifiers.", {.max = 20}),
      field<&ChangePatientRequest::language>("language", DataClass::pii, "What to speak (BCP 47); empty removes it.", {.min = 0, .max = 35, .text = TextRule::language}),
      field<&ChangePatientRequest::needs>("needs", DataClass::phi, "What a visit has to provide for; empty removes it.", {.min = 0, .max = 2000, .text = TextRule::multiline}),
      field<&ChangePatientRequest::note>("note", DataClass::phi, "For those who may see notes; empty removes it.", {.min = 0, .max = 4000, .text = TextRule::multiline}),
  };
};
struct ChangePatient {
  using Request = ChangePatientRequest;
  using Response = PatientView;
  static constexpr EndpointSpec spec = checked({
      .id = "changePatient", .method = Method::patch, .path = "/v1/patients/{id}", .summary = "Changes a patient's record; patients, their own contacts.",
      .access = needs(Permission::patient_change), .audit = AuditAction::patient_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

struct SearchPatientsRequest {
  std::optional<SensitiveText> text, contact;
  std::optional<PatientIdentifier> identifier;
  std::vector<PatientId> ids;
  static constexpr Field fields[] = {
      field<&SearchPatientsRequest::text>("text", DataClass::pii, "Name fragments, birth date, last digits, in any order.", {.max = 100}),
      field<&SearchPatientsRequest::contact>("contact", DataClass::pii, "A whole e-mail address or telephone number.", {.max = 300}),
      field<&SearchPatientsRequest::identifier>("identifier", DataClass::pii, "A number and who gave it."),
      field<&SearchPatientsRequest::ids>("ids", DataClass::operational, "Who these are: the people of a list.", {.presence = Presence::optional}),
  };
};
struct FoundPatientView {
  PatientId id;
  PatientName name;
  SensitiveDate birth_date;
  std::optional<SensitiveText> phone_tail;
  static constexpr Field fields[] = {
      field<&FoundPatientView::id>("id", DataClass::operational, "Its public name."),
      field<&FoundPatientView::name>("name", DataClass::pii, "The person's name."),
      field<&FoundPatientView::birth_date>("birth_date", DataClass::pii, "When the person was born."),
      field<&FoundPatientView::phone_tail>("phone_tail", DataClass::pii, "The last four digits of a telephone number."),
  };
};
struct SearchPatientsResponse {
  std::vector<FoundPatientView> patients;
  static constexpr Field fields[] = {
      field<&SearchPatientsResponse::patients>("patients", DataClass::pii, "At most twenty; by name when it was a search by text."),
  };
};
struct SearchPatients {
  using Request = SearchPatientsRequest;
  using Response = SearchPatientsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "searchPatients", .method = Method::post, .path = "/v1/patients/search", .summary = "Finds patients by words, by a contact, by an identifier or by their ids.",
      .access = needs(Permission::patient_search), .audit = AuditAction::patient_searched, .rate = RateClass::search,
      .effect = Effect::reads, .slow = true});
};

std::span<const Endpoint> patient_endpoints();

}  // namespace sealbook::api
