#include "app/imports/matching.hpp"

#include "app/imports/job.hpp"
#include "app/imports/start.hpp"
#include "app/links/testing.hpp"
#include "app/patients/patients.hpp"

namespace sealbook::app::imports {
namespace {

// A row of an event's list against a record that looks like the same person.
class Matching : public links::testing::LinkWorld {
 protected:
  SeenImport import(std::string_view text) {
    auto ctx = as(admin, Permission::participant_import);
    importing::MemorySource source(text);
    const auto started = perform(
        ctx,
        start_import(ctx, {source, Format::csv, storage::ImportKind::people, {}, false, event}));
    EXPECT_TRUE(started);
    if (!started) return {};
    EXPECT_TRUE(run_import(app(), tenant, started->id));
    auto reading = as(admin, Permission::participant_import);
    return std::move(*read_import(reading, started->id));
  }
  // What a booking on the public page leaves behind: a record and a visitor's link.
  PatientId self_registered(const std::string& email) {
    const PatientId id = make_person(email);
    storage::LinkRow link;
    link.id = new_id<LinkId>();
    link.hash = links::hash_of(links::link_token(*tenant->keys(), link.id));
    link.kind = storage::LinkKind::visitor;
    link.patient = id;
    link.issued = app().store.now();
    auto ctx = as(admin, Permission::patient_create);
    ctx.note(AuditAction::link_created, audit::ResourceKind::link, link.id.raw());
    EXPECT_TRUE(perform(ctx, Result<Work<bool>>([link](storage::Transaction& tx) -> Result<bool> {
                          storage::links::insert(tx, link);
                          return true;
                        })));
    return id;
  }
  std::set<PatientId> on_the_list() {
    std::set<PatientId> ids;
    app().store.read(tenant->ref(), [&](storage::Snapshot& s) {
      for (const auto& row : storage::event_people::list(s, event, {}, 100))
        ids.insert(row.patient);
    });
    return ids;
  }
  // Without the person that the world puts on the list at first.
  void SetUp() override {
    LinkWorld::SetUp();
    if (IsSkipped()) return;
    event = make_event([](auto&) {});
  }
};
SEALBOOK_ON_BOTH_ENGINES(Matching);

constexpr std::string_view zoe =
    "given,family,birth_date,email\nAna,Example,1984-03-12,zoe@example.test\n";

TEST_P(Matching, who_registered_in_anothers_name_does_not_join_their_event) {
  const PatientId stranger = self_registered("stranger@example.test");
  const auto seen = import(zoe);
  EXPECT_EQ(seen.row.counts.duplicates, 1) << "the namesake that staff entered";
  EXPECT_FALSE(on_the_list().contains(stranger));
  EXPECT_FALSE(on_the_list().contains(person)) << "a name and a birth date decide nothing";
}

TEST_P(Matching, who_registered_with_the_very_address_of_the_row_does_not_join_either) {
  const PatientId stranger = self_registered("bo@example.test");
  const std::string_view row =
      "given,family,birth_date,email\nBo,Other,1984-03-12,bo@example.test\n";
  const auto seen = import(row);
  EXPECT_EQ(seen.row.counts.made, 1);
  ASSERT_EQ(seen.report.proposals.size(), 1U) << "told, so that somebody can look";
  EXPECT_EQ(seen.report.proposals[0].patient, stranger);
  EXPECT_EQ(on_the_list().size(), 1U);
  EXPECT_FALSE(on_the_list().contains(stranger));
  const auto list = on_the_list();
  EXPECT_EQ(import(row).row.counts.made, 0) << "a second run changes nothing";
  EXPECT_EQ(on_the_list(), list);
}

TEST_P(Matching, a_contact_is_looked_at_before_a_name) {
  // The same name and birth date, entered by staff, with the row's address.
  const PatientId twin = make_person("zoe@example.test");
  const auto seen = import(zoe);
  EXPECT_EQ(seen.row.counts.made, 0);
  EXPECT_EQ(on_the_list(), std::set{twin}) << "not the namesake with another address";
}

TEST_P(Matching, a_contact_with_another_given_name_decides_nothing) {
  const PatientId twin = make_person("parent@example.test");
  const auto seen =
      import("given,family,birth_date,email\nBert,Example,1984-03-12,parent@example.test\n");
  EXPECT_EQ(seen.row.counts.made, 0);
  ASSERT_EQ(seen.report.proposals.size(), 1U) << "proposed, so that somebody can look";
  EXPECT_EQ(seen.report.proposals[0].patient, twin);
  EXPECT_TRUE(on_the_list().empty());
}

TEST_P(Matching, a_contact_that_somebody_typed_into_its_own_record_borrows_nobodys_row) {
  const PatientId borrower = make_person("borrower@example.test");
  auto ctx = as(admin, Permission::patient_change);
  ctx.principal.role = Role::patient;
  ctx.principal.patient = borrower;
  Contact typed;
  typed.value = SensitiveText("victim@example.test");
  ASSERT_TRUE(
      perform(ctx, change_patient(ctx, {borrower, {}, {}, std::vector{typed}, {}, {}, {}, {}})));
  const auto seen =
      import("given,family,birth_date,email\nAna,Victim,1984-03-12,victim@example.test\n");
  EXPECT_EQ(seen.row.counts.made, 1) << "the victim has a record of its own";
  EXPECT_EQ(on_the_list().size(), 1U);
  EXPECT_FALSE(on_the_list().contains(borrower));
}

TEST_P(Matching, two_who_could_be_meant_are_nobody_for_sure) {
  make_person("zoe@example.test");
  make_person("zoe@example.test");
  EXPECT_EQ(import(zoe).row.counts.duplicates, 1);
  EXPECT_TRUE(on_the_list().empty());
}

}  // namespace
}  // namespace sealbook::app::imports
