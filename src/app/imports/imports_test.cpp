#include <filesystem>
#include <fstream>
#include <set>

#include "app/directory/locations.hpp"
#include "app/directory/resources.hpp"
#include "app/directory/schedules.hpp"
#include "app/directory/services.hpp"
#include "app/imports/job.hpp"
#include "app/imports/mappings.hpp"
#include "app/imports/sheet.hpp"
#include "app/patients/patients.hpp"
#include "app/testing/message_world.hpp"
#include "domain/synth/files.hpp"
#include "storage/tables/appointments.hpp"
#include "storage/tables/outbox.hpp"

namespace sealbook::app::imports {
namespace {

using storage::ImportKind;
using storage::ImportState;
using testing::code_of;
using testing::pointers_of;

struct Options {
  bool dry_run = false;
  Format format = Format::csv;
  ImportKind kind = ImportKind::people;
  importing::ReadRules rules = {};
};

class Imports : public testing::World {
 protected:
  CallContext importer() { return as(admin, Permission::participant_import); }
  Result<StartedImport> start(std::string_view text, const Options& options) {
    auto ctx = importer();
    importing::MemorySource source(text);
    return perform(ctx, start_import(ctx, {source, options.format, options.kind, options.rules,
                                           options.dry_run, std::nullopt}));
  }
  SeenImport see(const ImportId& id) {
    auto ctx = importer();
    auto seen = read_import(ctx, id);
    EXPECT_TRUE(seen);
    return std::move(*seen);
  }
  // Reads, runs to the end, and tells.
  SeenImport run(std::string_view text, const Options& options = {}) {
    const auto started = start(text, options);
    EXPECT_TRUE(started) << (started ? "" : started.error().detail);
    if (!started) return {};
    EXPECT_TRUE(run_import(app(), tenant, started->id));
    return see(started->id);
  }
  std::int64_t people() {
    std::int64_t count = 0;
    PatientId after;
    while (true) {
      std::vector<storage::PatientRow> rows;
      app().store.read(tenant->ref(), [&](storage::Snapshot& s) {
        rows = storage::patients::after(s, after, 500);
      });
      count += static_cast<std::int64_t>(rows.size());
      if (rows.size() < 500) return count;
      after = rows.back().id;
    }
  }
  static std::string rules_of(const SeenImport& seen) {
    std::string text;
    for (const auto& p : seen.report.problems)
      text += std::to_string(p.line) + ":" + p.column + ":" + p.rule + " ";
    return text;
  }
  static std::string synthetic(std::size_t count, std::uint64_t seed = 7) {
    std::string text;
    synth::Plan plan;
    plan.seed = seed;
    plan.people = count;
    synth::write_people_csv(plan, [&](std::string_view line) { text += line; });
    return text;
  }
};
SEALBOOK_ON_BOTH_ENGINES(Imports);

// What a secretary's export looks like: one good row, and one of each fault.
constexpr std::string_view messy =
    "\xEF\xBB\xBF"
    "Nombre;Apellidos;Fecha de nacimiento;Correo;Tel\xC3\xA9"
    "fono;N\xC2\xBA\r\n"
    " Ana ;Prueba;12.03.1984;ana@example.test;202 555 0101;1\r\n"
    "Ben;Muster;30753;ben@example.test;;2\r\n"
    "Cy;Testa;03/04/1985;cy@example.test;;3\r\n"
    "Dee;Demo;4/5/85;;;4\r\n"
    "Eli;Essai;1990-02-30;;;5\r\n"
    "Fay;Proef;1991-01-01;not an address;12;6\r\n"
    "Gus;Exemplo\r\n"
    ";;;;;\r\n"
    "Ana;PRUEBA;1984-03-12;;;7\r\n"
    "Hal;Fiktiv;2999-01-01;;;8\r\n";

TEST_P(Imports, dry_run_explains_a_messy_file_and_the_import_does_what_it_said) {
  const auto dry = run(messy, {.dry_run = true});
  EXPECT_EQ(dry.row.state, ImportState::done);
  EXPECT_EQ(rules_of(dry),
            "4:Fecha de nacimiento:ambiguous 5:Fecha de nacimiento:two_digit_year "
            "6:Fecha de nacimiento:range 7:Correo:format 7:Tel\xC3\xA9"
            "fono:format 8::fields "
            "11:Fecha de nacimiento:range ");
  EXPECT_EQ(dry.report.problems.back().position, 3);
  EXPECT_EQ(dry.row.rows, 9);
  EXPECT_EQ(dry.row.counts.could_make, 2);
  ASSERT_EQ(dry.report.proposals.size(), 1U) << "line 10 is line 2 again";
  EXPECT_EQ(dry.report.proposals[0].other_line, 2);
  EXPECT_EQ(people(), 0) << "a dry run changes nobody";

  const auto real = run(messy);
  EXPECT_EQ(rules_of(real), rules_of(dry));
  EXPECT_EQ(real.row.counts.made, dry.row.counts.could_make);
  EXPECT_EQ(people(), 2);

  const auto again = run(messy);
  EXPECT_EQ(again.row.counts.made, 0);
  EXPECT_EQ(again.row.counts.duplicates, 3);
  EXPECT_EQ(people(), 2) << "a second run changes nothing";
}

TEST_P(Imports, an_imported_address_is_unverified) {
  run("given,family,birth_date,email\nAna,Example,1984-03-12,ana@example.test\n");
  std::vector<storage::PatientRow> rows;
  app().store.read(tenant->ref(),
                   [&](storage::Snapshot& s) { rows = storage::patients::after(s, {}, 10); });
  ASSERT_EQ(rows.size(), 1U);
  auto ctx = as(admin, Permission::patient_view);
  const auto seen = read_patient(ctx, rows[0].id);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->record.contacts.size(), 1U);
  EXPECT_FALSE(seen->record.contacts[0].verified);
}

TEST_P(Imports, proposes_who_is_here_by_name_contact_identifier_and_old_id) {
  run("id,given,family,dob,email,dni\nx1,Ana,Example,1984-03-12,ana@example.test,111\n");
  const auto seen =
      run("id,given,family,dob,email,dni\n"
          ",ANA,Ex\xC3\xA4mple,1984-03-12,,\n"
          ",Anna,Other,1984-03-12,Ana@example.test,\n"
          ",Bea,Other,1990-01-01,,111\n"
          "x1,Cleo,Other,1991-01-01,,\n"
          "x5,Child,Example,2015-01-01,ana@example.test,\n");
  ASSERT_EQ(seen.report.proposals.size(), 4U);
  EXPECT_EQ(seen.report.proposals[0].why, SameBy::name);
  EXPECT_EQ(seen.report.proposals[1].why, SameBy::contact);
  EXPECT_EQ(seen.report.proposals[2].why, SameBy::identifier);
  EXPECT_EQ(seen.report.proposals[3].why, SameBy::external_id);
  for (const Proposal& p : seen.report.proposals) EXPECT_TRUE(p.patient);
  EXPECT_EQ(seen.row.counts.made, 1) << "a child with its mother's address is somebody else";
}

constexpr std::string_view with_old_ids =
    "id,given,family,birth_date,email\n"
    "T-1,Cara,Twin,2016-03-04,parent@example.test\n"
    "T-2,Dora,Twin,2016-03-04,parent@example.test\n";

TEST_P(Imports, twins_with_a_parents_mailbox_and_old_ids_of_their_own_are_two_people) {
  const auto dry = run(with_old_ids, {.dry_run = true});
  EXPECT_EQ(dry.row.counts.could_make, 2);
  ASSERT_EQ(dry.report.proposals.size(), 1U) << "that they are alike is told all the same";
  EXPECT_EQ(dry.report.proposals[0].why, SameBy::contact);
  const auto real = run(with_old_ids);
  EXPECT_EQ(real.row.counts.made, 2);
  EXPECT_EQ(real.row.counts.duplicates, dry.row.counts.duplicates);
  EXPECT_EQ(real.report.proposals, dry.report.proposals);
  EXPECT_EQ(people(), 2);
  EXPECT_EQ(run(with_old_ids).row.counts.made, 0) << "each is found by its old id";
}

TEST_P(Imports, another_old_id_of_one_source_is_another_person_in_a_later_file_as_well) {
  const std::string_view head = "id,given,family,birth_date,email\n";
  const auto one = [&](std::string_view row) { return run(std::string(head) + std::string(row)); };
  one("T-1,Cara,Twin,2016-03-04,parent@example.test\n");
  const auto second = one("T-2,Dora,Twin,2016-03-04,parent@example.test\n");
  EXPECT_EQ(second.row.counts.made, 1);
  ASSERT_EQ(second.report.proposals.size(), 1U);
  EXPECT_TRUE(second.report.proposals[0].patient);
  EXPECT_EQ(one("T-3,Cara,Twin,2016-03-04,parent@example.test\n").row.counts.made, 1)
      << "whatever they share";
  EXPECT_EQ(one(",Eva,Twin,2016-03-04,parent@example.test\n").row.counts.made, 0)
      << "without an old id somebody has to look";
}

TEST_P(Imports, takes_five_hundred_and_takes_none_twice) {
  const std::string file = synthetic(500);
  EXPECT_EQ(run(file).row.counts.made, 500);
  EXPECT_EQ(people(), 500);
  EXPECT_EQ(run(file).row.counts.duplicates, 500);
  EXPECT_EQ(people(), 500);
}

TEST_P(Imports, finds_a_row_again_across_the_border_of_two_chunks) {
  const std::string file = synthetic(chunk_rows + 20);
  const auto first = file.find('\n') + 1;
  const std::string row = file.substr(first, file.find('\n', first) + 1 - first);
  ASSERT_TRUE(row.starts_with("P-000001,"));
  const auto seen = run(file + row + "X-1" + row.substr(row.find(',')));
  const auto made = static_cast<std::int64_t>(chunk_rows) + 21;
  EXPECT_EQ(seen.row.counts.made, made) << "another old id is another person";
  ASSERT_EQ(seen.report.proposals.size(), 2U) << "each told once";
  EXPECT_EQ(seen.report.proposals[0].why, SameBy::external_id);
  EXPECT_EQ(seen.report.proposals[0].other_line, 2);
  EXPECT_EQ(seen.report.proposals[1].other_line, 2);
  EXPECT_EQ(people(), made);
}

// A child's mother's number is a hint; the number of a home in which forty live is none.
TEST_P(Imports, a_contact_that_very_many_share_tells_nobody_apart) {
  const auto household = [](const std::string& name, std::size_t size, const std::string& phone) {
    std::string file = "given,family,birth_date,phone\n";
    for (std::size_t i = 0; i < size; ++i)
      file += name + std::to_string(i) + ",Example,19" + std::to_string(40 + i) + "-03-12," + phone + "\n";
    return file;
  };
  const auto most = storage::imports::most_bearers;
  EXPECT_EQ(run(household("Ana", most, "+12025550101")).row.counts.made, static_cast<std::int64_t>(most));
  EXPECT_EQ(run(household("Bo", most + 1, "+12025550102")).row.counts.made,
            static_cast<std::int64_t>(most) + 1);
  const auto few = run("given,family,birth_date,phone\nCy,Other,1941-03-12,+12025550101\n");
  ASSERT_EQ(few.report.proposals.size(), 1U);
  EXPECT_EQ(few.report.proposals[0].why, SameBy::contact);
  const auto many = run("given,family,birth_date,phone\nDee,Other,1941-03-12,+12025550102\n");
  EXPECT_EQ(many.report.proposals.size(), 0U);
  EXPECT_EQ(many.row.counts.made, 1);
}

TEST_P(Imports, goes_on_where_it_stopped) {
  const auto started = start(synthetic(900), {});
  ASSERT_TRUE(started);
  std::int64_t calls = 0;
  ASSERT_TRUE(run_import(app(), tenant, started->id,
                         [&](std::int64_t, std::int64_t) { return ++calls < 1; }));
  EXPECT_EQ(see(started->id).row.state, ImportState::running);
  const std::int64_t half = people();
  EXPECT_GT(half, 0);
  EXPECT_LT(half, 900);
  restart();
  ASSERT_TRUE(run_import(app(), tenant, started->id));
  EXPECT_EQ(people(), 900);
  const auto seen = see(started->id);
  EXPECT_EQ(seen.row.counts.made, 900);
  EXPECT_EQ(seen.row.state, ImportState::done);
  ASSERT_TRUE(run_import(app(), tenant, started->id));
  EXPECT_EQ(people(), 900) << "an import that has ended does nothing more";
}

TEST_P(Imports, a_file_that_cannot_be_read_leaves_nothing_behind) {
  const auto started = start("given,dob\nAna,1984-03-12\n", {});
  EXPECT_EQ(code_of(started), ErrorCode::invalid);
  EXPECT_EQ(pointers_of(started), std::vector<std::string>{"/header/family"});
  auto ctx = importer();
  EXPECT_TRUE(list_imports(ctx).empty());
}

TEST_P(Imports, reads_with_a_saved_mapping) {
  Mapping mapping;
  mapping.name = "German export";
  mapping.rules.columns = {{"vorname", importing::ColumnField::given},
                           {"nachname", importing::ColumnField::family},
                           {"geboren", importing::ColumnField::birth_date}};
  mapping.rules.calling_code = "49";
  auto ctx = importer();
  const auto made = perform(ctx, add_mapping(ctx, mapping));
  ASSERT_TRUE(made);
  auto reading = importer();
  const auto found = find_mapping(reading, made->id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rules, mapping.rules);
  Options options;
  options.rules = found->rules;
  EXPECT_EQ(run("Vorname;Nachname;Geboren\nAna;Example;12.3.1984\n", options).row.counts.made, 1);
}

TEST_P(Imports, takes_the_synthetic_people_that_somebody_else_made) {
  const std::filesystem::path file = "../shared/data/synthea/patients.ndjson";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no samples here";
  std::ifstream in(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto seen = run(text, {.format = Format::fhir_ndjson});
  EXPECT_EQ(seen.row.rows, 148);
  EXPECT_EQ(rules_of(seen), "");
  EXPECT_EQ(seen.row.counts.made + seen.row.skipped + seen.row.counts.duplicates, 148);
  EXPECT_GT(seen.row.counts.made, 100);
  const std::int64_t before = people();
  run(text, {.format = Format::fhir_ndjson});
  EXPECT_EQ(people(), before);
}

// ---- a cut-over ----

class CutOver : public Imports {
 protected:
  void SetUp() override {
    Imports::SetUp();
    if (IsSkipped()) return;
    plan.seed = 3;
    plan.people = 200;
    plan.practitioners = 8;
    plan.first_day = weekday_ahead();
    const auto manage = [&](auto verb) {
      auto ctx = as(admin, Permission::directory_manage);
      auto made = perform(ctx, verb(ctx));
      EXPECT_TRUE(made) << (made ? "" : made.error().detail);
      return std::move(*made);
    };
    const Location site =
        manage([](CallContext& c) { return add_location(c, {"Site", "America/New_York"}); });
    AddSchedule schedule;
    schedule.location = site.id;
    for (std::uint8_t day = 0; day < 5; ++day) schedule.weekly.push_back({day, {"08:00", "18:00"}});
    for (std::size_t i = 0; i < plan.practitioners; ++i) {
      const Resource person = manage([&](CallContext& c) {
        return add_resource(c, {ResourceKind::practitioner, synth::practitioner_name(plan.seed, i),
                                1, std::nullopt, std::nullopt});
      });
      schedule.resource = person.id;
      manage([&](CallContext& c) { return add_schedule(c, schedule); });
    }
    AddService service;
    service.rules.name = "Follow-up";
    service.rules.buffer_after = Minutes(10);
    service.rules.needs.push_back(
        {ResourceKind::practitioner, {}, scheduling::Buffers::bind, scheduling::Listing::named});
    manage([&](CallContext& c) { return add_service(c, service); });
    std::string file;
    synth::write_people_csv(plan, [&](std::string_view line) { file += line; });
    ASSERT_EQ(run(file).row.counts.made, 200);
  }
  // A Monday that lies ahead whatever the zone.
  LocalDay weekday_ahead() {
    LocalDay day(std::chrono::days(app().store.now().seconds() / 86'400 + 3));
    while (std::chrono::weekday(day) != std::chrono::Monday) day += std::chrono::days(1);
    return day;
  }
  std::string book(std::size_t appointments, std::size_t overlaps) {
    plan.appointments = appointments;
    plan.overlaps = overlaps;
    std::string file;
    synth::write_appointments_csv(plan, [&](std::string_view line) { file += line; });
    return file;
  }
  std::string total_line(const ImportId& id) {
    auto ctx = importer();
    const auto sheet = comparison_sheet(ctx, id);
    EXPECT_TRUE(sheet);
    const auto at = sheet->rfind("all,");
    return sheet->substr(at, sheet->size() - at - 2);
  }
  synth::Plan plan;
};
SEALBOOK_ON_BOTH_ENGINES(CutOver);

TEST_P(CutOver, brings_the_old_book_over_with_its_double_bookings) {
  // The smaller book on the slower engine: what is shown is the same.
  const std::size_t visits = engine() == sql::Engine::sqlite ? 4000 : 400;
  const std::string file = book(visits, 37);
  const std::string n = std::to_string(visits);
  const auto dry = run(file, {.dry_run = true, .kind = ImportKind::appointments});
  EXPECT_EQ(dry.row.counts.could_make, static_cast<std::int64_t>(visits)) << rules_of(dry);
  EXPECT_EQ(dry.row.counts.made, 0);
  EXPECT_EQ(dry.row.counts.flagged, 37) << "as many as the run itself says";
  const auto seen = run(file, {.kind = ImportKind::appointments});
  EXPECT_EQ(seen.row.counts.made, static_cast<std::int64_t>(visits)) << rules_of(seen);
  EXPECT_EQ(seen.row.counts.flagged, 37);
  EXPECT_EQ(total_line(seen.row.id), "all,,," + n + "," + n + ",0,0,37," + n + ",37");
  const auto again = run(file, {.kind = ImportKind::appointments});
  EXPECT_EQ(again.row.counts.made, 0);
  EXPECT_EQ(total_line(again.row.id), "all,,," + n + ",0," + n + ",0,37," + n + ",37")
      << "a second run changes nothing";
}

TEST_P(CutOver, keeps_an_overlap_in_an_overbooking_lane_and_marks_who_was_told_already) {
  const auto seen = run(book(2, 1), {.kind = ImportKind::appointments});
  EXPECT_EQ(seen.row.counts.made, 2) << rules_of(seen);
  storage::appointments::Page page;
  page.from = app().store.now();
  page.to = page.from + std::chrono::days(60);
  std::vector<storage::AppointmentRow> rows;
  app().store.read(tenant->ref(),
                   [&](storage::Snapshot& s) { rows = storage::appointments::list(s, page); });
  ASSERT_EQ(rows.size(), 2U);
  for (const auto& row : rows) EXPECT_NE(row.flags & storage::imported_flag, 0);
  EXPECT_EQ(storage::decode_claim_refs(rows[0].claims).at(0).lane, 0);
  EXPECT_EQ(storage::decode_claim_refs(rows[1].claims).at(0).lane, 1)
      << "above the ordinary capacity";
}

// The old scheduler goes on telling people until the day of the cut-over: nobody hears of it twice.
TEST_P(CutOver, nobody_gets_mail_while_it_is_silent_and_then_only_what_falls_due_later) {
  testing::KeepingMailer mailer;
  app().mailer = &mailer;
  app().mail_domain = "mail.example.test";
  app().mail_from = "desk@example.test";
  app().public_url = "https://book.example.test";
  for (const auto kind : {messages::AgreementKind::baa, messages::AgreementKind::dpa}) {
    auto ctx = as(admin, Permission::vendor_manage);
    ASSERT_TRUE(perform(ctx, record_agreement(ctx, {"smtp", kind, "DE", messages::TransferBasis::none, {}, {}, {}})));
  }
  const auto zone = *TimeZone::named("America/New_York");
  const Instant silent_until = resolve({plan.first_day - std::chrono::days(1), 12 * 60}, zone).instant;
  auto policy = as(admin, Permission::policy_change);
  ChangeSettings settings;
  settings.quiet = messages::QuietHours{0, 0};
  settings.silent_until = silent_until;
  ASSERT_TRUE(perform(policy, change_settings(policy, settings)));
  ASSERT_EQ(run(book(112, 0), {.kind = ImportKind::appointments}).row.counts.made, 112);

  storage::appointments::Page page;
  const Instant start = app().store.now();
  page.from = start;
  page.to = start + std::chrono::days(60);
  page.limit = 200;
  std::multiset<std::string> expected;
  auto reader = as(admin, Permission::patient_view);
  std::vector<storage::AppointmentRow> visits;
  app().store.read(tenant->ref(), [&](storage::Snapshot& s) { visits = storage::appointments::list(s, page); });
  ASSERT_EQ(visits.size(), 112U);
  for (const auto& visit : visits) {
    if (to_local(visit.when.starts, zone).minute <= 12 * 60) continue;  // its moment was in the silence
    for (const Contact& contact : read_patient(reader, visit.patient)->record.contacts)
      if (contact.kind == ContactKind::email) expected.insert(contact.value.reveal());
  }
  ASSERT_GT(expected.size(), 30U);

  Delivery delivery(app(), {.threads = 2});
  const auto tick_to = [&](Instant at) {
    move_clock(at - Instant::from_micros(SystemClock().now().micros()));
    delivery.run([] { return false; });
  };
  const auto told = [&] {
    std::int64_t any = 0;
    app().store.read(tenant->ref(), [&](storage::Snapshot& s) {
      const auto counts = storage::ledger::count(s);
      any = counts.handed_over + counts.waiting + storage::outbox::count(s);
    });
    return any;
  };
  for (Instant at = start; at < silent_until; at = at + std::chrono::hours(3)) {
    tick_to(at);
    ASSERT_EQ(told(), 0) << "nothing is queued, waits or has left";
  }
  EXPECT_TRUE(mailer.sent.empty());
  for (Instant at = silent_until; at < visits.back().when.ends; at = at + std::chrono::minutes(30)) tick_to(at);
  std::multiset<std::string> sent;
  for (const auto& mail : mailer.sent) sent.insert(mail.to.reveal());
  EXPECT_EQ(sent, expected);
  app().mailer = nullptr;
}

TEST_P(CutOver, refuses_what_it_cannot_place_by_line) {
  const std::string day = date_text(civil_date(plan.first_day));
  const std::string doctor = synth::practitioner_name(plan.seed, 0);
  const auto seen =
      run("id,start,duration,practitioner,service,patient_id,status\n"
          "1," +
              day + " 09:00,30," + doctor +
              ",Follow-up,P-000001,booked\n"
              "2," +
              day +
              " 09:30,30,Dr. Nobody,Follow-up,P-000001,booked\n"
              "3," +
              day + " 10:00,30," + doctor +
              ",Surgery,P-000001,booked\n"
              "4," +
              day + " 10:30,30," + doctor +
              ",Follow-up,P-999999,booked\n"
              "5," +
              day + " 25:00,30," + doctor +
              ",Follow-up,P-000001,booked\n"
              "6," +
              day + " 11:00,0," + doctor +
              ",Follow-up,P-000001,booked\n"
              "7,2001-01-01 11:00,30," +
              doctor +
              ",Follow-up,P-000001,booked\n"
              "8," +
              day + " 11:30,30," + doctor +
              ",Follow-up,P-000001,Cancelled\n"
              "1," +
              day + " 12:00,30," + doctor + ",Follow-up,P-000001,booked\n",
          {.kind = ImportKind::appointments});
  EXPECT_EQ(rules_of(seen),
            "3:practitioner:unknown 4:service:unknown 5:patient:unknown 6:start:format "
            "7:duration:range ");
  EXPECT_EQ(seen.row.counts.made, 1);
  EXPECT_EQ(seen.row.skipped, 2);
  EXPECT_EQ(seen.row.counts.duplicates, 1) << "the old id stands twice";
}

}  // namespace
}  // namespace sealbook::app::imports
