// A clinic with an event, a person on its list and a link: what tests of links start from.
#pragma once

#include "app/directory/locations.hpp"
#include "app/directory/resources.hpp"
#include "app/directory/schedules.hpp"
#include "app/directory/services.hpp"
#include "app/events/events.hpp"
#include "app/events/invitations.hpp"
#include "app/events/participants.hpp"
#include "app/links/codes.hpp"
#include "app/links/link_token.hpp"
#include "app/links/public_booking.hpp"
#include "app/links/visit_pages.hpp"
#include "app/patients/patients.hpp"
#include "app/testing/world.hpp"

namespace sealbook::app::links::testing {

inline constexpr std::chrono::year_month_day birthday{std::chrono::year(1984), std::chrono::March,
                                                      std::chrono::day(12)};

class LinkWorld : public app::testing::World {
 protected:
  template <class Verb>
  auto act(Permission permission, Verb verb) {
    CallContext ctx = as(admin, permission);
    auto done = perform(ctx, verb(ctx));
    EXPECT_TRUE(done) << (done ? "" : done.error().detail + " " + done.error().cause);
    return std::move(done).value();
  }

  void SetUp() override {
    World::SetUp();
    if (IsSkipped()) return;
    using P = Permission;
    place = act(P::directory_manage, [](auto& c) {
              return add_location(c, {"Harbour", "America/New_York"});
            }).id;
    const auto who =
        act(P::directory_manage, [](auto& c) {
          return add_resource(c, {ResourceKind::practitioner, "Dr. Example", 1, {}, {}});
        }).id;
    std::vector<WeeklyHours> hours;
    for (std::uint8_t day = 0; day < 7; ++day) hours.push_back({day, {"08:00", "18:00"}});
    act(P::directory_manage, [&](auto& c) { return add_schedule(c, {who, place, hours, {}, {}}); });
    service = make_service("Check-up", true, false);
    secret_service = make_service("Trial visit", false, false);
    open_service = make_service("Walk-in", true, true);
    now = app().store.now();
    event = make_event([](auto&) {});
    person = make_person("ana@example.test");
    act(P::event_manage, [&](auto& c) { return events::add_people(c, {event, {person}, {}}); });
  }

  ServiceId make_service(const std::string& name, bool for_patients, bool for_everyone) {
    AddService add;
    add.rules.name = name;
    add.rules.duration = Minutes(30);
    add.rules.grid = Minutes(30);
    add.rules.needs = {
        {ResourceKind::practitioner, {}, scheduling::Buffers::bind, scheduling::Listing::named}};
    add.for_patients = for_patients;
    add.for_everyone = for_everyone;
    return act(Permission::directory_manage, [&](auto& c) { return add_service(c, add); }).rules.id;
  }

  template <class Edit>
  EventId make_event(Edit edit) {
    events::CreateEvent command;
    command.event.name = "Autumn campaign";
    command.event.services = {service};
    command.event.dates = {now, now + std::chrono::days(30)};
    edit(command.event);
    return act(Permission::event_manage, [&](auto& c) { return events::create_event(c, command); })
        .id;
  }

  PatientId make_person(const std::string& email) {
    PatientRecord record;
    record.name.given = {SensitiveText("Ana")};
    record.name.family = SensitiveText("Example");
    record.birth_date = Sensitive(birthday);
    if (!email.empty()) {
      Contact contact;
      contact.value = SensitiveText(email);
      record.contacts = {contact};
    }
    return act(Permission::patient_create, [&](auto& c) { return create_patient(c, record); }).id;
  }

  // Invites the person and returns the text of their link.
  std::string invited(const EventId& to, const PatientId& patient) {
    act(Permission::invitation_send,
        [&](auto& c) { return events::invite(c, {to, std::vector{patient}}); });
    return token_of(patient);
  }
  std::string token_of(const PatientId& patient) {
    std::string token;
    app().store.read(tenant->ref(), [&](storage::Snapshot& s) {
      token = link_token(*tenant->keys(), storage::links::of_patient(s, patient).front().id);
    });
    return token;
  }
  LinkId link_of(const PatientId& patient) {
    LinkId id;
    app().store.read(tenant->ref(), [&](storage::Snapshot& s) {
      id = storage::links::of_patient(s, patient).front().id;
    });
    return id;
  }
  ProofAnswer right_answer(const PatientId& patient, Remember remember = Remember::no) {
    return {code_text(app(), *tenant, link_of(patient)).value(), Sensitive(birthday), remember};
  }
  // Goes the whole way: starts, proves, and comes back with a session.
  LinkRequest proven(const std::string& token, const PatientId& patient) {
    LinkRequest request{token, {}, {}, {}};
    EXPECT_TRUE(start_proof(app(), request));
    auto proof = prove(app(), request, right_answer(patient));
    EXPECT_TRUE(proof) << (proof ? "" : proof.error().detail);
    if (proof) request.session_cookie = proof->session_cookie;
    return request;
  }
  std::string offer_in(const LinkSession& session, std::size_t number = 0) {
    auto found = openings(app(), session,
                          {.service = {},
                           .from = now + std::chrono::days(3),
                           .to = {},
                           .location = {},
                           .practitioners = {},
                           .limit = 50,
                           .after = {}});
    EXPECT_TRUE(found && found->openings.size() > number);
    return found->openings.at(number).offer;
  }
  std::int64_t writes() { return app().store.transactions_that_changed(); }

  Instant now;
  LocationId place;
  ServiceId service, secret_service, open_service;
  EventId event;
  PatientId person;
};

}  // namespace sealbook::app::links::testing
