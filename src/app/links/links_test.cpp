#include <future>
#include <set>
#include <thread>

#include "app/accounts/tokens.hpp"
#include "app/links/challenge.hpp"
#include "app/links/testing.hpp"

namespace sealbook::app::links {
namespace {

using app::testing::code_of;
using app::testing::pointers_of;

class Links : public testing::LinkWorld {};
SEALBOOK_ON_BOTH_ENGINES(Links);

TEST_P(Links, a_person_opens_proves_books_moves_and_cancels) {
  const std::string token = invited(event, person);
  const LinkRequest request = proven(token, person);
  const auto here = session(app(), request);
  ASSERT_TRUE(here) << here.error().detail;

  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked) << booked.error().detail;
  EXPECT_EQ(booked->patient, person);
  const auto moved = links::move(app(), *here, booked->id, offer_in(*here, 4));
  ASSERT_TRUE(moved) << moved.error().detail;
  EXPECT_NE(moved->when.starts, booked->when.starts);
  const auto page = person_page(app(), *here);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->visits.size(), 1U);
  EXPECT_TRUE(page->visits[0].may_change);
  EXPECT_EQ(page->visits_left, 0);
  const auto cancelled = links::cancel(app(), *here, booked->id);
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(cancelled->status, scheduling::Status::cancelled);
  EXPECT_EQ(person_page(app(), *here)->visits_left, 1);
}

// FIELD 19, the scanner of a mail gateway: what GET and HEAD call changes nothing.
TEST_P(Links, field_19_fifty_openings_by_scanners_burn_nothing_and_write_nothing) {
  const std::string token = invited(event, person);
  const std::int64_t before = writes();
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(links::open(app(), {token, {}, {}, {}}));
  EXPECT_EQ(writes(), before);
  CallContext ctx = as(admin, Permission::event_manage);
  EXPECT_EQ(events::read_event(ctx, event)->counts.opened, 0);

  // The naive double counts an opening on GET; the same expectation fails for it.
  const auto naive_open = [&] { return start_proof(app(), {token, {}, {}, {}}); };
  ASSERT_TRUE(naive_open());
  EXPECT_GT(writes(), before);

  auto proof = prove(app(), {token, {}, {}, {}}, right_answer(person));
  EXPECT_TRUE(proof);
}

TEST_P(Links, opening_shows_the_neutral_name_alone) {
  const auto opened = links::open(app(), {invited(event, person), {}, {}, {}});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->tenant->profile()->message_name, "Your clinic");
  EXPECT_FALSE(opened->in_session);
  EXPECT_FALSE(opened->device_known);
}

TEST_P(Links, of_a_hundred_proofs_at_once_one_counts) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  const ProofAnswer answer = right_answer(person);
  std::vector<std::future<bool>> tries;
  for (int i = 0; i < 100; ++i)
    tries.push_back(std::async(
        std::launch::async, [&] { return prove(app(), {token, {}, {}, {}}, answer).has_value(); }));
  int proven_tries = 0;
  for (auto& one : tries) proven_tries += one.get() ? 1 : 0;
  EXPECT_EQ(proven_tries, 1);
}

TEST_P(Links, of_a_hundred_bookings_at_once_one_is_made) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  const std::string one = offer_in(*here), other = offer_in(*here, 5);
  std::vector<std::future<Result<AppointmentRow>>> tries;
  for (int i = 0; i < 100; ++i)
    tries.push_back(std::async(std::launch::async,
                               [&, i] { return book(app(), *here, i % 2 == 0 ? one : other); }));
  std::set<AppointmentId> made;
  int answered = 0;
  for (auto& each : tries)
    if (const auto row = each.get()) {
      made.insert(row->id);
      ++answered;
    } else {
      EXPECT_EQ(row.error().code, ErrorCode::state_conflict) << row.error().detail;
    }
  EXPECT_EQ(made.size(), 1U);
  EXPECT_EQ(answered, 50);  // who sent the form that won, all of them; nobody of the others
  EXPECT_EQ(person_page(app(), *here)->visits.size(), 1U);
}

TEST_P(Links, whatever_is_wrong_with_a_link_or_a_code_is_the_same_refusal) {
  const std::string token = invited(event, person);
  const PatientId other = make_person("ben@example.test");
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {event, {other}, {}}); });
  const std::string others = invited(event, other);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  ASSERT_TRUE(start_proof(app(), {others, {}, {}, {}}));
  const ProofAnswer used = right_answer(person), of_other = right_answer(other);
  const Error unknown = prove(app(), {app::make_token("l").text, {}, {}, {}}, used).error();
  const auto same = [&](const auto& refused) {
    ASSERT_FALSE(refused);
    const Error& error = refused.error();
    EXPECT_EQ(error.code, unknown.code);
    EXPECT_EQ(error.detail, unknown.detail);
    EXPECT_EQ(error.fields, unknown.fields);
    EXPECT_TRUE(error.members.empty());
  };
  EXPECT_EQ(unknown.code, ErrorCode::not_found);
  same(prove(app(), {token, {}, {}, {}}, of_other));  // the code of another
  ASSERT_TRUE(prove(app(), {token, {}, {}, {}}, used));
  same(prove(app(), {token, {}, {}, {}}, used));  // used
  same(links::open(app(), {"no token at all", {}, {}, {}}));
  same(session(app(), {token, "sb1_s_wrong", {}, {}}));
  act(Permission::invitation_send,
      [&](auto& c) { return events::revoke_links(c, {person, {}, {}}); });
  same(links::open(app(), {token, {}, {}, {}}));  // revoked
  same(start_proof(app(), {token, {}, {}, {}}));
  act(Permission::event_manage, [&](auto& c) { return events::close_event(c, event); });
  same(links::open(app(), {others, {}, {}, {}}));  // ended
  same(answer(app(), {others, {}, {}, {}}, Answer::coming));
}

TEST_P(Links, a_refusal_takes_as_long_whatever_its_reason) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  const auto took = [&](const std::string& text, ProofAnswer answer) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(prove(app(), {text, {}, {}, {}}, answer));
    return std::chrono::steady_clock::now() - start;
  };
  EXPECT_GE(took(token, {SensitiveText("0000000x"), Sensitive(testing::birthday), Remember::no}),
            refusal_floor);
  EXPECT_GE(took(app::make_token("l").text, {SensitiveText("00000000"), {}, Remember::no}),
            refusal_floor);
}

TEST_P(Links, a_code_is_tried_five_times_and_needs_the_birth_date_while_the_address_is_unverified) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}})->needs_birth_date);
  ProofAnswer without = right_answer(person);
  without.birth_date.reset();
  EXPECT_FALSE(prove(app(), {token, {}, {}, {}}, without));
  for (int i = 0; i < 4; ++i)
    EXPECT_FALSE(prove(app(), {token, {}, {}, {}},
                       {SensitiveText("12345678"), Sensitive(testing::birthday), Remember::no}));
  EXPECT_FALSE(prove(app(), {token, {}, {}, {}}, right_answer(person)));  // right, but the sixth
}

TEST_P(Links, a_proof_verifies_the_address_and_a_remembered_device_needs_no_code) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  const auto proof = prove(app(), {token, {}, {}, {}}, right_answer(person, Remember::this_device));
  ASSERT_TRUE(proof && proof->device_cookie);
  CallContext ctx = as(admin, Permission::patient_view);
  EXPECT_TRUE(read_patient(ctx, person)->record.contacts[0].verified);

  LinkRequest again{token, {}, *proof->device_cookie, {}};
  EXPECT_TRUE(links::open(app(), again)->device_known);
  const auto started = start_proof(app(), again);
  ASSERT_TRUE(started);
  EXPECT_EQ(started->next, StartedProof::Next::in_session);
  again.session_cookie = started->session_cookie;
  EXPECT_TRUE(session(app(), again));
  ASSERT_TRUE(forget(app(), again));
  EXPECT_FALSE(session(app(), again));
  EXPECT_FALSE(links::open(app(), again)->device_known);
}

TEST_P(Links, a_session_of_one_link_is_none_of_another) {
  const PatientId other = make_person("ben@example.test");
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {event, {other}, {}}); });
  LinkRequest request = proven(invited(event, person), person);
  request.token = invited(event, other);
  EXPECT_FALSE(session(app(), request));
}

TEST_P(Links, what_is_outside_the_event_cannot_be_booked) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  auto elsewhere = public_openings(app(), tenant,
                                   {.service = open_service,
                                    .from = now + std::chrono::days(3),
                                    .to = {},
                                    .location = {},
                                    .practitioners = {},
                                    .limit = 5,
                                    .after = {}});
  ASSERT_TRUE(elsewhere && !elsewhere->openings.empty());
  EXPECT_EQ(pointers_of(book(app(), *here, elsewhere->openings[0].offer)),
            std::vector<std::string>{"/offer"});
  EXPECT_FALSE(openings(app(), *here,
                        {.service = secret_service,
                         .from = {},
                         .to = {},
                         .location = {},
                         .practitioners = {},
                         .limit = 5,
                         .after = {}}));
}

TEST_P(Links, an_event_opens_a_service_that_patients_do_not_see) {
  const EventId trial = make_event([&](auto& e) { e.services = {secret_service}; });
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {trial, {person}, {}}); });
  const auto here = session(app(), proven(invited(trial, person), person));
  ASSERT_TRUE(here);
  EXPECT_TRUE(book(app(), *here, offer_in(*here)));
}

TEST_P(Links, too_late_is_a_plain_refusal_with_the_telephone_number) {
  const EventId strict = make_event([](auto& e) { e.change_hours = 24 * 10; });
  act(Permission::event_manage,
      [&](auto& c) { return events::add_people(c, {strict, {person}, {}}); });
  const auto here = session(app(), proven(invited(strict, person), person));
  ASSERT_TRUE(here);
  const auto booked = book(app(), *here, offer_in(*here));  // in three days
  ASSERT_TRUE(booked);
  const auto late = links::cancel(app(), *here, booked->id);
  EXPECT_EQ(code_of(late), ErrorCode::state_conflict);
  EXPECT_TRUE(late.error().detail.contains("+12025550100")) << late.error().detail;
}

TEST_P(Links, a_visit_is_changed_five_times_a_day_at_most) {
  const auto here = session(app(), proven(invited(event, person), person));
  ASSERT_TRUE(here);
  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked);
  for (std::size_t i = 0; i < 5; ++i)
    ASSERT_TRUE(links::move(app(), *here, booked->id, offer_in(*here, 2 + i % 2 * 5)));
  EXPECT_EQ(code_of(links::move(app(), *here, booked->id, offer_in(*here, 9))),
            ErrorCode::rate_limited);
}

TEST_P(Links, the_link_alone_says_cannot_come_and_frees_nothing) {
  const std::string token = invited(event, person);
  const auto here = session(app(), proven(token, person));
  const auto booked = book(app(), *here, offer_in(*here));
  ASSERT_TRUE(booked);
  ASSERT_TRUE(answer(app(), {token, {}, {}, {}}, Answer::cannot_come));
  const auto page = person_page(app(), *here);
  ASSERT_EQ(page->visits.size(), 1U);
  EXPECT_EQ(page->visits[0].answer, storage::PatientStatus::declined);
  ASSERT_TRUE(answer(app(), {token, {}, {}, {}}, Answer::coming));
  EXPECT_EQ(person_page(app(), *here)->visits[0].answer, storage::PatientStatus::accepted);
}

TEST_P(Links, the_store_holds_neither_token_nor_code) {
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, {}}));
  storage::LinkRow row;
  app().store.read(tenant->ref(),
                   [&](storage::Snapshot& s) { row = *storage::links::find(s, link_of(person)); });
  EXPECT_EQ(row.hash, hash_of(token));
  // What a reader of the store could try: every value that lies there.
  for (const std::string& stored :
       {to_hex(row.hash), to_base64url(row.hash), row.id.text(), app::token_text("l", row.hash)})
    EXPECT_FALSE(links::open(app(), {stored, {}, {}, {}}));
}

TEST_P(Links, a_link_is_the_same_in_a_later_mail_and_on_another_node) {
  const std::string token = invited(event, person);
  app().public_url = "https://book.example.test";
  EXPECT_EQ(url_of(app(), *tenant, link_of(person)).value(),
            "https://book.example.test/l/" + token);
  restart();
  EXPECT_EQ(token_of(person), token);
  EXPECT_TRUE(links::open(app(), {token, {}, {}, {}}));
}

TEST_P(Links, an_epoch_ends_every_link_of_the_tenant_at_once) {
  const std::string token = invited(event, person);
  const LinkRequest request = proven(token, person);
  ASSERT_TRUE(session(app(), request));
  const auto revoked = act(Permission::invitation_send,
                           [&](auto& c) { return events::revoke_links(c, {{}, {}, c.now}); });
  EXPECT_EQ(revoked.links, 1);
  EXPECT_FALSE(links::open(app(), {token, {}, {}, {}}));
  EXPECT_FALSE(session(app(), request));
  const std::string anew = invited(event, person);  // named: gets another
  EXPECT_NE(anew, token);
  EXPECT_TRUE(links::open(app(), {anew, {}, {}, {}}));
}

std::string solve(const Challenge& challenge) {
  for (std::uint64_t n = 0;; ++n)
    if (work_of(challenge.text, std::to_string(n)) >= challenge.bits) return std::to_string(n);
}

TEST_P(Links, field_27_a_public_booking_costs_work_holds_nothing_and_proves_the_address_first) {
  auto found = public_openings(app(), tenant,
                               {.service = open_service,
                                .from = now + std::chrono::days(2),
                                .to = {},
                                .location = {},
                                .practitioners = {},
                                .limit = 5,
                                .after = {}});
  ASSERT_TRUE(found && !found->openings.empty());
  const Challenge challenge = make_challenge(app(), *tenant);
  PublicVisitor visitor;
  visitor.name.given = {SensitiveText("Vera")};
  visitor.name.family = SensitiveText("Visitor");
  visitor.birth_date = Sensitive(testing::birthday);
  visitor.email = SensitiveText("vera@example.test");
  visitor.offer = found->openings[0].offer;
  visitor.challenge = challenge.text;
  visitor.solution = "1";
  EXPECT_EQ(pointers_of(start_booking(app(), tenant, visitor, {})),
            std::vector<std::string>{"/solution"});
  visitor.solution = solve(challenge);
  const auto started = start_booking(app(), tenant, visitor, {});
  ASSERT_TRUE(started) << started.error().detail;
  EXPECT_EQ(pointers_of(start_booking(app(), tenant, visitor, {})),
            std::vector<std::string>{"/solution"});  // spent

  // Nothing is held: whoever was invited takes the same time.
  LinkRequest request{started->token, {}, {}, {}};
  EXPECT_FALSE(session(app(), request));
  PatientId who;
  app().store.read(storage::TenantRef{}, [&](storage::Snapshot& s) {
    who = storage::links::find_by_hash(s, hash_of(started->token))->link.patient;
  });
  EXPECT_TRUE(code_text(app(), *tenant, link_of(who)));
  const auto proof = prove(app(), request, right_answer(who));
  ASSERT_TRUE(proof);
  request.session_cookie = proof->session_cookie;
  const auto here = session(app(), request);
  ASSERT_TRUE(here);
  const auto page = person_page(app(), *here);
  ASSERT_TRUE(page && page->chosen_offer);
  const auto booked = book(app(), *here, *page->chosen_offer);
  ASSERT_TRUE(booked) << booked.error().detail;
  EXPECT_EQ(code_of(book(app(), *here, offer_in(*here))), ErrorCode::state_conflict);  // one visit
}

TEST_P(Links, who_never_proves_the_address_is_forgotten_within_the_hour_and_others_are_not) {
  auto found = public_openings(app(), tenant,
                               {.service = open_service,
                                .from = now + std::chrono::days(2),
                                .to = {},
                                .location = {},
                                .practitioners = {},
                                .limit = 5,
                                .after = {}});
  ASSERT_TRUE(found && !found->openings.empty());
  const Challenge challenge = make_challenge(app(), *tenant);
  PublicVisitor visitor;
  visitor.name.given = {SensitiveText("Vera")};
  visitor.name.family = SensitiveText("Visitor");
  visitor.birth_date = Sensitive(testing::birthday);
  visitor.email = SensitiveText("vera@example.test");
  visitor.offer = found->openings[0].offer;
  visitor.challenge = challenge.text;
  visitor.solution = solve(challenge);
  const auto started = start_booking(app(), tenant, visitor, {});
  ASSERT_TRUE(started) << started.error().detail;
  PatientId who;
  app().store.read(storage::TenantRef{}, [&](storage::Snapshot& s) {
    who = storage::links::find_by_hash(s, hash_of(started->token))->link.patient;
  });
  const auto knows = [&](const PatientId& id) {
    bool known = false;
    app().store.read(tenant->ref(), [&](storage::Snapshot& s) {
      known = storage::patients::find(s, id).has_value();
    });
    return known;
  };
  EXPECT_EQ(forget_unproven(app(), tenant).value(), 0U);
  EXPECT_TRUE(knows(who));
  move_clock(std::chrono::minutes(61));
  EXPECT_EQ(forget_unproven(app(), tenant).value(), 1U);
  EXPECT_FALSE(knows(who));
  const auto entry = journaled().back();
  EXPECT_EQ(entry.action, AuditAction::patient_forgotten);
  EXPECT_EQ(entry.subjects, std::vector{who});
  EXPECT_EQ(entry.actor.kind, audit::ActorKind::system);
  EXPECT_TRUE(knows(person));
  EXPECT_EQ(forget_unproven(app(), tenant).value(), 0U);
  EXPECT_EQ(journaled().back(), entry);  // who forgets nobody writes nothing
}

TEST_P(Links, a_known_address_gets_the_same_answer_on_the_public_page) {
  auto found = public_openings(app(), tenant,
                               {.service = open_service,
                                .from = now + std::chrono::days(2),
                                .to = {},
                                .location = {},
                                .practitioners = {},
                                .limit = 5,
                                .after = {}});
  ASSERT_TRUE(found && !found->openings.empty());
  for (const char* email : {"ana@example.test", "nobody@example.test"}) {
    const Challenge challenge = make_challenge(app(), *tenant);
    PublicVisitor visitor;
    visitor.name.given = {SensitiveText("Ana")};
    visitor.name.family = SensitiveText("Example");
    visitor.birth_date = Sensitive(testing::birthday);
    visitor.email = SensitiveText(email);
    visitor.offer = found->openings[0].offer;
    visitor.challenge = challenge.text;
    visitor.solution = solve(challenge);
    const std::int64_t before = writes();
    const auto started = start_booking(app(), tenant, visitor, {});
    ASSERT_TRUE(started);
    EXPECT_EQ(writes(), before + 1);
    EXPECT_EQ(started->token.size(), 56U);
  }
}

}  // namespace
}  // namespace sealbook::app::links
