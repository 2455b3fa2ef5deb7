// A small table of endpoints with every kind of member, for the tests of the framework and for its
// fuzzer. The handlers touch neither context nor transaction.
#pragma once

#include <array>
#include <cstddef>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api::testing {

enum class ContactKind : std::uint8_t { email, phone, address };
inline constexpr auto contact_kind_names =
    std::to_array<EnumName>({{"email", ContactKind::email},
                             {"phone", ContactKind::phone},
                             {"address", ContactKind::address}});
constexpr std::span<const EnumName> enum_names(ContactKind) { return contact_kind_names; }

struct PersonName {
  std::vector<Sensitive<std::string>> given;
  Sensitive<std::string> family;
  std::optional<Sensitive<std::string>> preferred;
  static constexpr auto fields = std::to_array<Field>({
      field<&PersonName::given>("given", DataClass::pii, "Given names.",
                                {.min = 1, .max = 5, .item_max = 80}),
      field<&PersonName::family>("family", DataClass::pii, "Family name.", {.max = 80}),
      field<&PersonName::preferred>("preferred", DataClass::pii, "What to call the person.",
                                    {.max = 80}),
  });
};

struct Contact {
  ContactKind kind = ContactKind::email;
  Sensitive<std::string> value;
  bool safe = false;
  static constexpr auto fields = std::to_array<Field>({
      field<&Contact::kind>("kind", DataClass::operational, "What it is."),
      field<&Contact::value>("value", DataClass::pii, "Address or number."),
      field<&Contact::safe>("safe", DataClass::operational, "May be used openly.",
                            {.presence = Presence::optional}),
  });
};

struct PersonRequest {
  PersonName name;
  Sensitive<std::chrono::year_month_day> birth_date;
  std::vector<Contact> contacts;
  std::optional<std::string> language;
  std::optional<Sensitive<std::string>> note;
  std::optional<Instant> seen_at;
  std::optional<double> weight;
  std::int16_t visits = 3;
  static constexpr auto fields = std::to_array<Field>({
      field<&PersonRequest::name>("name", DataClass::pii, "The name."),
      field<&PersonRequest::birth_date>("birth_date", DataClass::pii, "Date of birth."),
      field<&PersonRequest::contacts>("contacts", DataClass::pii, "How to reach the person.",
                                      {.max = 10}),
      field<&PersonRequest::language>("language", DataClass::operational, "BCP 47.",
                                      {.max = 35, .text = TextRule::language}),
      field<&PersonRequest::note>("note", DataClass::phi, "A note.",
                                  {.min = 0, .max = 500, .text = TextRule::multiline}),
      field<&PersonRequest::seen_at>("seen_at", DataClass::phi, "Last visit."),
      field<&PersonRequest::weight>("weight", DataClass::phi, "In kg.", {.min = 0, .max = 500}),
      field<&PersonRequest::visits>("visits", DataClass::phi, "How many.",
                                    {.presence = Presence::optional, .min = 1, .max = 40'000}),
  });
};

struct PersonView {
  PatientId id;
  std::int64_t version = 0;
  std::optional<Sensitive<std::string>> family;
  static constexpr auto fields = std::to_array<Field>({
      field<&PersonView::id>("id", DataClass::operational, "The person."),
      field<&PersonView::version>("version", DataClass::operational, "Counts changes."),
      field<&PersonView::family>("family", DataClass::pii, "Family name."),
  });
};

struct PersonPath {
  PatientId id;
  std::int64_t limit = 20;
  std::optional<bool> active;
  std::optional<std::string> text;
  static constexpr auto fields = std::to_array<Field>({
      field<&PersonPath::id>("id", DataClass::operational, "The person.", {.where = Where::path}),
      field<&PersonPath::limit>(
          "limit", DataClass::operational, "At most so many.",
          {.where = Where::query, .presence = Presence::optional, .min = 1, .max = 200}),
      field<&PersonPath::active>("active", DataClass::operational, "Only active ones.",
                                 {.where = Where::query}),
      field<&PersonPath::text>("text", DataClass::operational, "Words.",
                               {.where = Where::query, .max = 20}),
  });
};

struct ChangePerson {
  PatientId id;
  std::string reason;
  static constexpr auto fields = std::to_array<Field>({
      field<&ChangePerson::id>("id", DataClass::operational, "The person.", {.where = Where::path}),
      field<&ChangePerson::reason>("reason", DataClass::operational, "Why.",
                                   {.text = TextRule::slug}),
  });
};

struct TilePath {
  std::string tile;
  static constexpr auto fields = std::to_array<Field>(
      {field<&TilePath::tile>("tile", DataClass::public_, "Which tile.", {.where = Where::path})});
};

struct CreatePersonRow {
  using Request = PersonRequest;
  using Response = PersonView;
  static constexpr EndpointSpec spec = checked({.id = "createPerson",
                                                .method = Method::post,
                                                .path = "/v1/persons",
                                                .summary = "Registers a person.",
                                                .access = needs(Permission::patient_create),
                                                .audit = AuditAction::patient_created,
                                                .rate = RateClass::directory,
                                                .success = 201,
                                                .errors = {ErrorCode::state_conflict},
                                                .idempotency = Idempotency::required,
                                                .location = "/v1/persons/{id}"});
};
struct GetPersonRow {
  using Request = PersonPath;
  using Response = PersonView;
  static constexpr EndpointSpec spec = checked({.id = "getPerson",
                                                .method = Method::get,
                                                .path = "/v1/persons/{id}",
                                                .summary = "Shows a person.",
                                                .access = needs(Permission::patient_view),
                                                .audit = AuditAction::patient_viewed});
};
struct ChangePersonRow {
  using Request = ChangePerson;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({.id = "changePerson",
                                                .method = Method::patch,
                                                .path = "/v1/persons/{id}",
                                                .summary = "Changes a person.",
                                                .access = needs(Permission::patient_change),
                                                .audit = AuditAction::patient_changed,
                                                .step_up = StepUp::recent,
                                                .success = 204,
                                                .if_match = IfMatch::required});
};
struct GetTileRow {
  using Request = TilePath;
  using Response = RawBody;
  static constexpr EndpointSpec spec =
      checked({.id = "getTile",
               .method = Method::get,
               .path = "/v1/tiles/{tile...}",
               .summary = "A tile of the log.",
               .access = open_to_public("hashes say nothing about anybody"),
               .rate = RateClass::audit,
               .produces = "application/octet-stream"});
};

// The id that the sample handlers answer with.
inline PatientId sample_id() { return PatientId::from_raw({0xab, 1, 2, 3}); }

inline Result<app::Work<PersonView>> create_person(app::CallContext&,
                                                   const PersonRequest& request) {
  if (request.visits == 13) return fail(ErrorCode::state_conflict, "Thirteen.");
  return app::Work<PersonView>(
      [family = request.name.family](storage::Transaction&) -> Result<PersonView> {
        return PersonView{.id = sample_id(), .version = 7, .family = family};
      });
}
inline Result<PersonView> get_person(app::CallContext&, const PersonPath& request) {
  return PersonView{.id = request.id, .version = request.limit, .family = std::nullopt};
}
inline Result<app::Work<NoContent>> change_person(app::CallContext&, const ChangePerson&) {
  return app::Work<NoContent>(
      [](storage::Transaction&) -> Result<NoContent> { return NoContent{}; });
}
inline Result<RawBody> get_tile(app::CallContext&, const TilePath& request) {
  return RawBody{"tile " + request.tile};
}

inline constexpr Endpoint sample_rows[] = {
    bind_write<CreatePersonRow, create_person>(),
    bind_read<GetPersonRow, get_person>(),
    bind_write<ChangePersonRow, change_person>(),
    bind_read<GetTileRow, get_tile>(),
};

}  // namespace sealbook::api::testing
