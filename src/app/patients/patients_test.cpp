#include "app/patients/patients.hpp"

#include <thread>

#include "app/patients/fill_directory.hpp"
#include "app/patients/search.hpp"
#include "app/testing/world.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app {
namespace {

using testing::code_of;
using testing::pointers_of;

PatientRecord a_person(const std::string& given, const std::string& family) {
  PatientRecord record;
  record.name.given.emplace_back(given);
  record.name.family = SensitiveText(family);
  record.birth_date = Sensitive(*parse_date("1984-03-12"));
  return record;
}

Contact a_contact(ContactKind kind, const std::string& value) {
  Contact contact;
  contact.kind = kind;
  contact.value = SensitiveText(value);
  return contact;
}

class PatientsTest : public testing::World {
 protected:
  PatientId add(const PatientRecord& record) {
    CallContext ctx = as(admin, Permission::patient_create);
    return perform(ctx, create_patient(ctx, record)).value().id;
  }
  std::vector<PatientId> found(const Principal& who, const SearchPatients& search) {
    CallContext ctx = as(who, Permission::patient_search);
    const auto result = search_patients(ctx, search);
    EXPECT_TRUE(result) << (result ? "" : result.error().detail);
    std::vector<PatientId> ids;
    if (result)
      for (const FoundPatient& patient : *result) ids.push_back(patient.id);
    EXPECT_EQ(ctx.entries.size(), 1U);
    if (!ctx.entries.empty()) EXPECT_EQ(ctx.entries[0].subjects, ids);
    return ids;
  }
  static SearchPatients by_text(const std::string& text) { return {SensitiveText(text), {}, {}}; }
  static SearchPatients by_contact(const std::string& text) { return {{}, SensitiveText(text), {}}; }

  // A row of a past visit, as booking leaves it.
  void visit(const PatientId& patient, const ResourceId& practitioner) {
    storage::AppointmentRow row;
    row.id = new_id<AppointmentId>();
    row.service = new_id<ServiceId>();
    row.location = new_id<LocationId>();
    row.practitioner = practitioner;
    row.patient = patient;
    row.when = {app().store.now(), app().store.now() + std::chrono::hours(1)};
    row.claimed = row.when;
    row.zone = "UTC";
    row.tzdata = "test";
    CallContext ctx = as(admin, Permission::appointment_create);
    ctx.note(AuditAction::appointment_booked, audit::ResourceKind::appointment, row.id.raw());
    ASSERT_TRUE(perform(ctx, Result<Work<bool>>(Work<bool>([row](storage::Transaction& tx) -> Result<bool> {
      storage::appointments::insert(tx, row);
      return true;
    }))));
  }
};
SEALBOOK_ON_BOTH_ENGINES(PatientsTest);

TEST_P(PatientsTest, a_record_comes_back_as_it_was_written_also_after_a_restart) {
  PatientRecord record = a_person("María", "García");
  record.name.second_family = SensitiveText("Ruiz");
  record.contacts = {a_contact(ContactKind::email, "Maria@Example.Test"), a_contact(ContactKind::phone, "(202) 555-0141"),
                     a_contact(ContactKind::address, "1 Harbour Street, Exampletown")};
  record.contacts[1].safe = false;
  record.identifiers = {{SensitiveText("urn:example:mrn"), SensitiveText("A 17")}};
  record.language = SensitiveText("es");
  record.needs = SensitiveText("wheelchair");
  record.note = SensitiveText("prefers mornings");
  const PatientId id = add(record);
  restart();

  CallContext ctx = as(admin, Permission::patient_view);
  const auto seen = read_patient(ctx, id);
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->record == record);
  EXPECT_EQ(seen->version, 1);
  ASSERT_EQ(ctx.entries.size(), 1U);
  EXPECT_EQ(ctx.entries[0].action, AuditAction::patient_viewed);
  EXPECT_EQ(ctx.entries[0].subjects, std::vector{id});
}

TEST_P(PatientsTest, billing_sees_the_person_and_not_the_notes) {
  PatientRecord record = a_person("Ana", "Example");
  record.note = SensitiveText("prefers mornings");
  record.needs = SensitiveText("wheelchair");
  const PatientId id = add(record);
  CallContext ctx = as(principal(Role::billing), Permission::patient_view);
  const auto seen = read_patient(ctx, id);
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->record.name == record.name);
  EXPECT_FALSE(seen->record.note);
  EXPECT_FALSE(seen->record.needs);
}

TEST_P(PatientsTest, contacts_and_dates_that_break_a_rule_are_named_and_nothing_is_written) {
  CallContext ctx = as(admin, Permission::patient_create);
  PatientRecord record = a_person("Ana", "Example");
  record.contacts = {a_contact(ContactKind::address, "Somewhere"), a_contact(ContactKind::phone, "12")};
  EXPECT_EQ(pointers_of(create_patient(ctx, record)), std::vector<std::string>{"/contacts/1/value"});
  record.contacts = {a_contact(ContactKind::email, "nobody at all")};
  EXPECT_EQ(pointers_of(create_patient(ctx, record)), std::vector<std::string>{"/contacts/0/value"});
  record = a_person("Ana", "Example");
  record.birth_date = Sensitive(*parse_date("1879-12-31"));
  EXPECT_EQ(pointers_of(create_patient(ctx, record)), std::vector<std::string>{"/birth_date"});
  const Instant later = ctx.now + std::chrono::days(3);
  record.birth_date = Sensitive(std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(later.seconds() / 86400))));
  EXPECT_EQ(pointers_of(create_patient(ctx, record)), std::vector<std::string>{"/birth_date"});
  EXPECT_EQ(pointers_of(create_patient(ctx, a_person("Ana", "  "))), std::vector<std::string>{"/name/family"});
  EXPECT_TRUE(ctx.entries.empty());
}

TEST_P(PatientsTest, is_found_by_words_by_contact_and_by_identifier) {
  PatientRecord maria = a_person("María", "García");
  maria.contacts = {a_contact(ContactKind::phone, "+1 202 555 0141"), a_contact(ContactKind::email, "family@example.test")};
  maria.identifiers = {{SensitiveText("urn:example:mrn"), SensitiveText("a17")}};
  PatientRecord child = a_person("Leo", "García");
  child.contacts = {a_contact(ContactKind::email, "FAMILY@example.test")};
  const PatientId mother = add(maria), son = add(child);
  restart();

  EXPECT_EQ(found(admin, by_text("gar mar 3/12")), std::vector{mother});
  EXPECT_EQ(found(admin, by_text("garcia 0141")), std::vector{mother});
  EXPECT_EQ(found(admin, by_text("gar")), (std::vector{son, mother}));  // by given name
  EXPECT_EQ(found(admin, by_contact("2025550141")), std::vector{mother});
  EXPECT_EQ(found(admin, by_contact(" family@EXAMPLE.test ")).size(), 2U);
  EXPECT_EQ(found(admin, {{}, {}, Identifier{SensitiveText("URN:example:mrn"), SensitiveText("A17")}}), std::vector{mother});
  EXPECT_TRUE(found(admin, {{}, {}, Identifier{SensitiveText("urn:another"), SensitiveText("A17")}}).empty());
  EXPECT_TRUE(found(admin, by_text("nobody")).empty());
}

TEST_P(PatientsTest, one_question_at_a_time) {
  CallContext ctx = as(admin, Permission::patient_search);
  EXPECT_EQ(code_of(search_patients(ctx, {})), ErrorCode::invalid);
  EXPECT_EQ(code_of(search_patients(ctx, {SensitiveText("a"), SensitiveText("a@example.test"), {}})), ErrorCode::invalid);
  EXPECT_EQ(pointers_of(search_patients(ctx, by_contact("12"))), std::vector<std::string>{"/contact"});
}

TEST_P(PatientsTest, the_people_of_a_list_are_named_by_their_ids) {
  const PatientId one = add(a_person("Ana", "García")), other = add(a_person("Bea", "Costa"));
  SearchPatients wanted;
  wanted.ids = {one, other, new_id<PatientId>()};
  EXPECT_EQ(found(admin, wanted), (std::vector{one, other}));
  CallContext ctx = as(admin, Permission::patient_search);
  wanted.ids.resize(max_found + 1, one);
  EXPECT_EQ(pointers_of(search_patients(ctx, wanted)), std::vector<std::string>{"/ids"});
}

TEST_P(PatientsTest, changes_reach_a_directory_that_is_filled_and_the_blind_indexes) {
  PatientRecord record = a_person("Ana", "Oldname");
  record.contacts = {a_contact(ContactKind::email, "old@example.test")};
  const PatientId id = add(record);
  EXPECT_EQ(found(admin, by_text("oldname")), std::vector{id});  // fills the directory

  ChangePatient change;
  change.id = id;
  change.name = a_person("Ana", "Newname").name;
  change.contacts = {a_contact(ContactKind::email, "new@example.test")};
  CallContext ctx = as(admin, Permission::patient_change, 1);
  ASSERT_TRUE(perform(ctx, change_patient(ctx, change)));

  EXPECT_EQ(found(admin, by_text("newname")), std::vector{id});
  EXPECT_TRUE(found(admin, by_text("oldname")).empty());
  EXPECT_EQ(found(admin, by_contact("new@example.test")), std::vector{id});
  EXPECT_TRUE(found(admin, by_contact("old@example.test")).empty());
  const PatientId later = add(a_person("Ben", "Newcomer"));
  EXPECT_EQ(found(admin, by_text("newcomer")), std::vector{later});
}

TEST_P(PatientsTest, a_change_keeps_what_it_does_not_name_and_refuses_a_stale_version) {
  PatientRecord record = a_person("Ana", "Example");
  record.note = SensitiveText("prefers mornings");
  record.language = SensitiveText("es");
  const PatientId id = add(record);
  ChangePatient change;
  change.id = id;
  change.language = SensitiveText("");
  CallContext ctx = as(admin, Permission::patient_change, 1), other = as(admin, Permission::patient_change, 1);
  auto slower = change_patient(other, change);
  const auto changed = perform(ctx, change_patient(ctx, change));
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->version, 2);
  EXPECT_TRUE(changed->record.note == record.note);
  EXPECT_FALSE(changed->record.language);
  EXPECT_EQ(code_of(perform(other, std::move(slower))), ErrorCode::precondition_failed);
  CallContext late = as(admin, Permission::patient_change, 1);
  EXPECT_EQ(code_of(change_patient(late, change)), ErrorCode::precondition_failed);
}

TEST_P(PatientsTest, a_patient_reaches_its_own_record_and_changes_its_contacts_only) {
  const PatientId own = add(a_person("Ana", "Example")), other = add(a_person("Ben", "Example"));
  Principal patient = principal(Role::patient);
  patient.patient = own;

  CallContext ctx = as(patient, Permission::patient_view);
  EXPECT_TRUE(read_patient(ctx, own));
  EXPECT_EQ(code_of(read_patient(ctx, other)), ErrorCode::not_found);
  EXPECT_EQ(found(patient, by_text("exa")), std::vector{own});

  ChangePatient contacts;
  contacts.id = own;
  contacts.contacts = {a_contact(ContactKind::phone, "202 555 0142")};
  ChangePatient name;
  name.id = own;
  name.name = a_person("Anna", "Example").name;
  CallContext change = as(patient, Permission::patient_change, 1);
  EXPECT_EQ(code_of(change_patient(change, name)), ErrorCode::forbidden);
  EXPECT_TRUE(perform(change, change_patient(change, contacts)));
  contacts.id = other;
  EXPECT_EQ(code_of(change_patient(change, contacts)), ErrorCode::not_found);
}

TEST_P(PatientsTest, a_provider_reaches_those_with_a_visit_on_its_calendar) {
  const PatientId own = add(a_person("Ana", "Example")), other = add(a_person("Ben", "Example"));
  const ResourceId calendar = new_id<ResourceId>();
  visit(own, calendar);
  visit(other, new_id<ResourceId>());
  const Principal provider = provider_of(calendar);

  CallContext ctx = as(provider, Permission::patient_view);
  EXPECT_TRUE(read_patient(ctx, own));
  EXPECT_EQ(code_of(read_patient(ctx, other)), ErrorCode::not_found);
  EXPECT_EQ(found(provider, by_text("example")), std::vector{own});
}

TEST_P(PatientsTest, what_is_another_tenants_is_not_found) {
  PatientRecord record = a_person("Ana", "Example");
  record.contacts = {a_contact(ContactKind::email, "ana@example.test")};
  const PatientId id = add(record);
  tenant = app().tenants.find(create("other-clinic").id);
  const Principal stranger = principal(Role::admin);
  CallContext ctx = as(stranger, Permission::patient_view);
  EXPECT_EQ(code_of(read_patient(ctx, id)), ErrorCode::not_found);
  EXPECT_TRUE(found(stranger, by_text("ana")).empty());
  EXPECT_TRUE(found(stranger, by_contact("ana@example.test")).empty());
}

TEST_P(PatientsTest, filling_while_patients_are_registered_misses_nobody) {
  for (int i = 0; i < 10; ++i) add(a_person("Before" + std::to_string(i), "Example"));
  restart();
  std::thread registering([&] {
    for (int i = 0; i < 30; ++i) add(a_person("During" + std::to_string(i), "Example"));
  });
  ensure_filled(app(), *tenant);
  registering.join();
  EXPECT_EQ(tenant->people().size(), 40U);
}

}  // namespace
}  // namespace sealbook::app
