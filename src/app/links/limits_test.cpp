// What a link's person can do, and its former holder cannot: rules that hold by every way to a
// visit.
#include "app/links/testing.hpp"
#include "app/messages/blocks.hpp"
#include "app/sign_in/sessions.hpp"
#include "storage/tables/accounts.hpp"

namespace sealbook::app::links {
namespace {

using app::testing::code_of;
using sign_in::SessionMethod;

class LinkLimits : public testing::LinkWorld {
 protected:
  // A session through a link that is about the visit alone, as later messages carry.
  Result<LinkSession> session_of_visit(const AppointmentId& visit) {
    storage::LinkRow row;
    row.id = new_id<LinkId>();
    const std::string token = link_token(*tenant->keys(), row.id);
    row.hash = hash_of(token);
    row.kind = storage::LinkKind::appointment;
    row.patient = person;
    row.appointment = visit;
    row.issued = app().store.now();
    EXPECT_TRUE(app().store.write(tenant->ref(), [&](storage::Transaction& tx) -> Result<void> {
      storage::links::insert(tx, row);
      CallContext ctx = as(admin, Permission::invitation_send);
      ctx.note(AuditAction::link_created, audit::ResourceKind::link, row.id.raw());
      for (const auto& entry : seal_entries(ctx)) tx.audit(entry);
      return {};
    }));
    LinkRequest request{token, {}, {}, {}};
    EXPECT_TRUE(start_proof(app(), request));
    const auto proof =
        prove(app(), request, {code_text(app(), *tenant, row.id).value(), Sensitive(birthday), {}});
    EXPECT_TRUE(proof);
    request.session_cookie = proof->session_cookie;
    return session(app(), request);
  }
  // Who proved that they read ana@example.test, with a session and a remembered device.
  LinkRequest holder() {
    const std::string token = invited(event, person);
    EXPECT_TRUE(start_proof(app(), {token, {}, {}, {}}));
    const auto proof =
        prove(app(), {token, {}, {}, {}}, right_answer(person, Remember::this_device));
    EXPECT_TRUE(proof && proof->device_cookie);
    LinkRequest request{token, proof->session_cookie, *proof->device_cookie, {}};
    EXPECT_TRUE(session(app(), request));
    return request;
  }
  void change_contacts(const Principal& who, const std::vector<Contact>& contacts) {
    CallContext ctx = as(who, Permission::patient_change);
    ChangePatient change;
    change.id = person;
    change.contacts = contacts;
    EXPECT_TRUE(perform(ctx, change_patient(ctx, change)));
  }
  std::vector<Contact> contacts() {
    CallContext ctx = as(admin, Permission::patient_view);
    return read_patient(ctx, person)->record.contacts;
  }
  Result<ContactBlockRow> block(const Principal& who, const std::string& address, bool blocked) {
    CallContext ctx = as(who, Permission::patient_change);
    return perform(ctx, block_contact(ctx, {person, SensitiveText(address),
                                            storage::BlockReason::wrong_number, blocked}));
  }
  Principal own_account() {
    Principal who = principal(Role::patient);
    who.patient = person;
    return who;
  }
  // Times for the person's own account, half an hour apart.
  std::vector<std::string> own_offers(const Principal& who, Instant from) {
    CallContext ctx = as(who, Permission::appointment_create);
    const auto found = search_openings(
        ctx, {.service = service, .from = from, .to = from + std::chrono::days(9), .limit = 100});
    std::vector<std::string> offers;
    EXPECT_TRUE(found);
    if (found)
      for (const auto& opening : found->openings) offers.push_back(opening.offer);
    return offers;
  }
  Result<AppointmentRow> book_own(const Principal& who, const std::string& offer) {
    CallContext ctx = as(who, Permission::appointment_create);
    return perform(ctx, app::book(ctx, {offer, person, {}, {}}));
  }
  Result<AppointmentRow> move_own(const Principal& who, const AppointmentId& id,
                                  const std::string& offer) {
    CallContext ctx = as(who, Permission::appointment_reschedule);
    return perform(ctx, reschedule(ctx, id, offer));
  }
  Result<AppointmentRow> cancel_own(const Principal& who, const AppointmentId& id) {
    CallContext ctx = as(who, Permission::appointment_cancel);
    return perform(ctx, app::cancel(ctx, id, scheduling::CancelReason::patient_request));
  }
  void correct_address(const std::string& email) {
    CallContext seen = as(admin, Permission::patient_view);
    PatientRecord record = read_patient(seen, person)->record;
    record.contacts[0].value = SensitiveText(email);
    record.contacts[0].verified = false;
    act(Permission::patient_change, [&](auto& c) {
      ChangePatient change;
      change.id = person;
      change.contacts = record.contacts;
      return change_patient(c, change);
    });
  }
  static constexpr auto& birthday = testing::birthday;
};
SEALBOOK_ON_BOTH_ENGINES(LinkLimits);

TEST_P(LinkLimits, a_visits_own_link_keeps_to_the_rules_of_its_event) {
  const EventId strict = make_event([&](auto& e) {
    e.dates = {now, now + std::chrono::days(10)};
    e.change_hours = 24 * 9;
  });
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {strict, {person}, {}}); });
  const auto here = session(app(), proven(invited(strict, person), person));
  ASSERT_TRUE(here);
  const auto booked = book(app(), *here, offer_in(*here));  // in three days
  ASSERT_TRUE(booked);
  const auto visit = session_of_visit(booked->id);
  ASSERT_TRUE(visit);
  const auto page = person_page(app(), *visit);
  ASSERT_EQ(page->visits.size(), 1U);
  EXPECT_FALSE(page->visits[0].may_change);
  EXPECT_LE(page->last_day, now + std::chrono::days(10));
  EXPECT_EQ(code_of(links::cancel(app(), *visit, booked->id)), ErrorCode::state_conflict);
}

TEST_P(LinkLimits, a_visit_of_a_closed_event_is_not_moved_by_its_own_link) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked);
  const std::string later = offer_in(*here, 6);
  const auto visit = session_of_visit(booked->id);
  ASSERT_TRUE(visit);
  act(Permission::event_manage, [&](auto& c) { return events::close_event(c, event); });
  EXPECT_EQ(code_of(links::move(app(), *visit, booked->id, later)), ErrorCode::invalid);
  EXPECT_TRUE(openings(app(), *visit, {})->openings.empty());
}

// A double click, a slow network, a page that is loaded anew: the form comes twice.
TEST_P(LinkLimits, a_form_that_is_sent_twice_is_answered_twice_and_acts_once) {
  const EventId two = make_event([](auto& e) { e.visits_per_person = 2; });
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {two, {person}, {}}); });
  const auto here = session(app(), proven(invited(two, person), person));
  ASSERT_TRUE(here);
  const std::string offer = offer_in(*here), later = offer_in(*here, 4);
  const auto booked = book(app(), *here, offer);
  ASSERT_TRUE(booked);
  const std::int64_t before = writes();
  const auto again = book(app(), *here, offer);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->id, booked->id);
  EXPECT_EQ(again->version, booked->version);
  EXPECT_EQ(writes(), before);
  EXPECT_EQ(person_page(app(), *here)->visits_left, 1);

  const auto moved = links::move(app(), *here, booked->id, later);
  ASSERT_TRUE(moved);
  const auto moved_again = links::move(app(), *here, booked->id, later);
  ASSERT_TRUE(moved_again) << moved_again.error().detail;
  EXPECT_EQ(moved_again->version, moved->version);
  move_clock(offer_life + std::chrono::minutes(1));
  EXPECT_TRUE(links::move(app(), *here, booked->id, later));  // its offer has expired since

  ASSERT_TRUE(links::cancel(app(), *here, booked->id));
  const auto gone = links::cancel(app(), *here, booked->id);
  ASSERT_TRUE(gone) << gone.error().detail;
  EXPECT_EQ(gone->version, moved->version + 1);
  EXPECT_EQ(code_of(links::cancel(app(), *here, new_id<AppointmentId>())), ErrorCode::not_found);

  ASSERT_TRUE(decline(app(), *here));
  const std::int64_t declined = writes();
  EXPECT_TRUE(decline(app(), *here));
  EXPECT_EQ(writes(), declined);
}

TEST_P(LinkLimits, a_visit_that_somebody_else_has_booked_is_not_mine) {
  const auto here = session(app(), proven(invited(event, person), person));
  const PatientId other = make_person("ben@example.test");
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {event, {other}, {}}); });
  const auto there = session(app(), proven(invited(event, other), other));
  ASSERT_TRUE(here && there);
  const std::string offer = offer_in(*here);
  const auto theirs = book(app(), *here, offer);
  ASSERT_TRUE(theirs);
  EXPECT_EQ(code_of(book(app(), *there, offer)), ErrorCode::slot_taken);
  ASSERT_TRUE(links::cancel(app(), *here, theirs->id));
  EXPECT_EQ(code_of(links::cancel(app(), *there, theirs->id)), ErrorCode::not_found);
}

TEST_P(LinkLimits, the_link_of_a_cancelled_visit_says_that_it_is_cancelled) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked);
  const auto visit = session_of_visit(booked->id);
  ASSERT_TRUE(visit);
  ASSERT_TRUE(links::cancel(app(), *visit, booked->id));
  EXPECT_TRUE(links::cancel(app(), *visit, booked->id));
  const auto page = person_page(app(), *visit);
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_TRUE(page->visits.empty());
  EXPECT_EQ(page->visits_left, 0);
}

// Who gave a visit back has answered; whose visit the clinic cancelled has not.
TEST_P(LinkLimits, who_has_booked_and_cancelled_is_not_reminded_as_silent) {
  const auto silent = [&] {
    CallContext ctx = as(admin, Permission::event_manage);
    return events::read_event(ctx, event)->counts.silent;
  };
  const auto reminded = [&] {
    InvitationId sent;
    app().store.read(tenant->ref(), [&](storage::Snapshot& s) {
      sent = *storage::links::of_patient(s, person).front().invitation;
    });
    return act(Permission::invitation_send, [&](auto& c) { return events::remind(c, sent); }).total;
  };
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  EXPECT_EQ(silent(), 1);
  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked);
  EXPECT_EQ(silent(), 0);
  ASSERT_TRUE(links::cancel(app(), *here, booked->id));
  EXPECT_EQ(silent(), 0);
  EXPECT_EQ(reminded(), 0);

  const auto second = book(app(), *here, offer_in(*here, 3));
  ASSERT_TRUE(second);
  act(Permission::appointment_cancel, [&](auto& c) {
    return app::cancel(c, second->id, scheduling::CancelReason::clinic_request);
  });
  EXPECT_EQ(silent(), 1);
  EXPECT_EQ(reminded(), 1);
}

TEST_P(LinkLimits, a_session_is_told_the_language_of_the_record) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  const auto speaks = [&](const std::string& language) {
    act(Permission::patient_change, [&](auto& c) {
      ChangePatient change;
      change.id = person;
      change.language = SensitiveText(language);
      return change_patient(c, change);
    });
    return language_of(app(), *here).value();
  };
  EXPECT_EQ(language_of(app(), *here).value(), std::nullopt);
  EXPECT_EQ(speaks("es-MX"), messages::Locale::es);
  EXPECT_EQ(speaks("ES"), messages::Locale::es);
  EXPECT_EQ(speaks("en"), messages::Locale::en);
  EXPECT_EQ(speaks("fr"), std::nullopt);
}

TEST_P(LinkLimits, only_places_where_somebody_has_hours_for_the_service_are_listed) {
  const auto empty = act(Permission::directory_manage, [](auto& c) {
    return add_location(c, {"Not open yet", "America/New_York"});
  });
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  const auto page = person_page(app(), *here);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->places.size(), 1U);
  EXPECT_EQ(page->places[0].id, place);
  EXPECT_EQ(page->places[0].services, std::vector{service});
  EXPECT_NE(page->places[0].id, empty.id);
}

TEST_P(LinkLimits, a_visits_own_link_ends_with_its_visit_to_the_second) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked);
  ASSERT_TRUE(session_of_visit(booked->id));
  const LinkRequest request{link_token(*tenant->keys(), link_of(person)), {}, {}, {}};
  const Micros left = booked->when.ends - app().store.now();
  move_clock(left - std::chrono::seconds(1));
  EXPECT_TRUE(links::open(app(), request));
  move_clock(left + std::chrono::seconds(1));
  EXPECT_EQ(code_of(links::open(app(), request)), ErrorCode::not_found);
}

TEST_P(LinkLimits, who_held_a_corrected_address_is_out) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  const auto proof = prove(app(), {token, {}, {}, {}}, right_answer(person, Remember::this_device));
  ASSERT_TRUE(proof && proof->device_cookie);
  LinkRequest old{token, proof->session_cookie, *proof->device_cookie, {}};
  ASSERT_TRUE(session(app(), old));
  correct_address("right@example.test");
  EXPECT_FALSE(session(app(), old));
  EXPECT_FALSE(links::open(app(), old)->device_known);
  EXPECT_EQ(start_proof(app(), old)->next, StartedProof::Next::enter_code);
}

TEST_P(LinkLimits, who_held_an_address_that_is_not_safe_any_more_is_out) {
  const LinkRequest old = holder();
  auto kept = contacts();
  kept.at(0).safe = false;
  change_contacts(admin, kept);
  EXPECT_FALSE(session(app(), old));
  EXPECT_FALSE(links::open(app(), old)->device_known);
}

TEST_P(LinkLimits, who_held_an_address_that_is_somebody_elses_is_out) {
  const LinkRequest old = holder();
  ASSERT_TRUE(block(admin, "ana@example.test", true));
  EXPECT_FALSE(session(app(), old));
  EXPECT_FALSE(links::open(app(), old)->device_known);
}

TEST_P(LinkLimits, a_browser_that_signed_in_by_a_code_goes_with_the_address) {
  Principal who = own_account();
  ASSERT_TRUE(app().store.write(tenant->ref(), [&](storage::Transaction& tx) -> Result<void> {
    storage::accounts::insert(tx,
                              {who.account, Role::patient, std::nullopt, person, true, tx.now()});
    for (const SessionMethod method : {SessionMethod::code, SessionMethod::passkey}) {
      CallContext ctx = as(admin, Permission::role_grant);  // each in a browser of its own
      sign_in::record(app(), tx, sign_in::begin(ctx, who, tenant->ref().no, method));
      for (const auto& entry : seal_entries(ctx)) tx.audit(entry);
    }
    return {};
  }));
  ASSERT_EQ(app().sessions.of_account(who.account, app().store.now()).size(), 2U);
  ASSERT_TRUE(block(admin, "ana@example.test", true));
  const auto left = app().sessions.of_account(who.account, app().store.now());
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left.front().method, SessionMethod::passkey);
}

TEST_P(LinkLimits, a_code_verifies_the_address_that_it_went_to) {
  auto both = contacts();
  both.push_back(both.at(0));
  both.back().value = SensitiveText("second@example.test");
  change_contacts(admin, both);
  ASSERT_TRUE(block(admin, "ana@example.test", true));
  proven(invited(event, person), person);
  const auto after = contacts();
  EXPECT_FALSE(after.at(0).verified) << "no code went there";
  EXPECT_TRUE(after.at(1).verified);
}

TEST_P(LinkLimits, only_staff_say_that_an_address_is_the_persons_after_all) {
  ASSERT_TRUE(block(admin, "ana@example.test", true));
  EXPECT_EQ(code_of(block(own_account(), "ana@example.test", false)), ErrorCode::forbidden);
  EXPECT_TRUE(block(admin, "ana@example.test", false));
}

TEST_P(LinkLimits, declining_an_invitation_twice_writes_once) {
  const std::string token = invited(event, person);
  const LinkRequest request{token, {}, {}, {}};
  ASSERT_TRUE(answer(app(), request, Answer::cannot_come));
  const auto here = session(app(), proven(token, person));
  ASSERT_TRUE(here);
  const std::int64_t before = writes();
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(answer(app(), request, Answer::cannot_come));
    EXPECT_TRUE(decline(app(), *here));
  }
  EXPECT_EQ(writes(), before);
}

TEST_P(LinkLimits, a_persons_account_moves_a_visit_of_an_event_within_its_dates) {
  const EventId narrow = make_event([&](auto& e) { e.dates = {now, now + std::chrono::days(6)}; });
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {narrow, {person}, {}}); });
  const auto here = session(app(), proven(invited(narrow, person), person));
  ASSERT_TRUE(here);
  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked);
  const Principal who = own_account();
  const auto outside = own_offers(who, now + std::chrono::days(8));
  const auto inside = own_offers(who, now + std::chrono::days(4));
  ASSERT_FALSE(outside.empty() || inside.empty());
  EXPECT_EQ(code_of(move_own(who, booked->id, outside.front())), ErrorCode::invalid);
  EXPECT_TRUE(move_own(who, booked->id, inside.front()));
  act(Permission::event_manage, [&](auto& c) { return events::close_event(c, narrow); });
  EXPECT_EQ(code_of(move_own(who, booked->id, inside.at(2))), ErrorCode::invalid)
      << "what is over stays as it is";
}

TEST_P(LinkLimits, a_persons_account_changes_one_visit_five_times_a_day) {
  const Principal who = own_account();
  const auto offers = own_offers(who, now + std::chrono::days(3));
  const auto booked = book_own(who, offers.at(0));
  ASSERT_TRUE(booked);
  for (std::size_t i = 1; i <= 5; ++i) ASSERT_TRUE(move_own(who, booked->id, offers.at(i)));
  CallContext sixth = as(who, Permission::appointment_reschedule);
  EXPECT_EQ(code_of(perform(sixth, reschedule(sixth, booked->id, offers.at(6)))),
            ErrorCode::rate_limited);
  EXPECT_GT(sixth.retry_after_s, 0);
  EXPECT_LE(sixth.retry_after_s, 86'400);
}

TEST_P(LinkLimits, a_persons_account_has_an_end_to_its_changes_of_a_day) {
  const Principal who = own_account();
  const auto offers = own_offers(who, now + std::chrono::days(3));
  int changes = 0;
  for (; changes < 60; changes += 2) {
    const auto booked = book_own(who, offers.at(0));
    if (!booked) {
      EXPECT_EQ(code_of(booked), ErrorCode::rate_limited);
      break;
    }
    ASSERT_TRUE(cancel_own(who, booked->id));
  }
  EXPECT_EQ(changes, 30);
}

TEST_P(LinkLimits, visits_that_were_cancelled_hide_none_that_stand) {
  const Principal who = own_account();
  const auto offers = own_offers(who, now + std::chrono::days(4));
  const auto booked = book_own(who, offers.at(0));
  ASSERT_TRUE(booked);
  ASSERT_TRUE(app().store.write(tenant->ref(), [&](storage::Transaction& tx) -> Result<void> {
    CallContext ctx = as(admin, Permission::appointment_create);
    ctx.note(AuditAction::appointment_booked, audit::ResourceKind::none, {});
    for (int i = 0; i < 1001; ++i) {
      AppointmentRow row = *booked;
      row.id = new_id<AppointmentId>();
      row.status = scheduling::Status::cancelled;
      row.when = {now + std::chrono::days(3),
                  now + std::chrono::days(3) + std::chrono::minutes(30)};
      row.claims.clear();
      storage::appointments::insert(tx, row);
    }
    for (const auto& entry : seal_entries(ctx)) tx.audit(entry);
    return {};
  }));
  std::size_t standing = 1;
  for (std::size_t i = 1; i < 26 && standing < most_own_visits; ++i)
    if (book_own(who, offers.at(i))) ++standing;
  EXPECT_EQ(standing, most_own_visits);
  EXPECT_EQ(code_of(book_own(who, offers.at(40))), ErrorCode::rate_limited);
}

TEST_P(LinkLimits, a_code_that_went_to_a_corrected_address_opens_nothing) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  const ProofAnswer mailed = right_answer(person);
  correct_address("right@example.test");
  EXPECT_EQ(code_of(prove(app(), {token, {}, {}, {}}, mailed)), ErrorCode::not_found);
}

TEST_P(LinkLimits, a_change_that_keeps_the_address_keeps_the_device) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  const auto proof = prove(app(), {token, {}, {}, {}}, right_answer(person, Remember::this_device));
  ASSERT_TRUE(proof && proof->device_cookie);
  correct_address("ANA@example.test");
  EXPECT_TRUE(links::open(app(), {token, {}, *proof->device_cookie, {}})->device_known);
}

TEST_P(LinkLimits, leaving_without_a_session_or_a_device_writes_nothing) {
  const std::string token = invited(event, person);
  const std::int64_t before = writes();
  for (int i = 0; i < 20; ++i) {
    const auto left = forget(app(), {token, "sb1_s_wrong", "sb1_d_wrong", {}});
    ASSERT_TRUE(left);
    EXPECT_FALSE(*left);
  }
  EXPECT_EQ(writes(), before);
  const LinkRequest request = proven(token, person);
  EXPECT_TRUE(forget(app(), request).value());
  EXPECT_FALSE(session(app(), request));
}

TEST_P(LinkLimits, the_answer_to_a_visit_changes_ten_times_a_day_at_most) {
  const std::string token = invited(event, person);
  const auto here = session(app(), proven(token, person));
  ASSERT_TRUE(book(app(), *here, offer_in(*here)));
  const LinkRequest request{token, {}, {}, {}};
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(answer(app(), request, Answer::cannot_come));
    ASSERT_TRUE(answer(app(), request, Answer::coming));
  }
  const std::int64_t before = writes();
  EXPECT_EQ(code_of(answer(app(), request, Answer::cannot_come)), ErrorCode::rate_limited);
  EXPECT_TRUE(answer(app(), request, Answer::coming));  // says what is said already
  EXPECT_EQ(writes(), before);
}

TEST_P(LinkLimits, booking_and_cancelling_in_turn_has_an_end_within_the_day) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  int rounds = 0;
  for (; rounds < 12; ++rounds) {
    const auto booked = book(app(), *here, offer_in(*here));
    if (!booked) {
      EXPECT_EQ(code_of(booked), ErrorCode::rate_limited);
      break;
    }
    if (!links::cancel(app(), *here, booked->id)) break;
  }
  EXPECT_EQ(rounds, 5);  // ten changes, and the one visit that the event grants
}

}  // namespace
}  // namespace sealbook::app::links
