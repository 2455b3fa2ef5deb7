// What strangers may do on the public page, and what they may not.
#include "app/links/challenge.hpp"
#include "app/links/testing.hpp"
#include "storage/tables/outbox.hpp"

namespace sealbook::app::links {
namespace {

using app::testing::code_of;
using app::testing::pointers_of;

std::string solve(const Challenge& challenge) {
  for (std::uint64_t n = 0;; ++n)
    if (work_of(challenge.text, std::to_string(n)) >= challenge.bits) return std::to_string(n);
}

class Visitors : public testing::LinkWorld {
 protected:
  std::vector<FoundOpening> open_times() {
    auto found = public_openings(app(), tenant,
                                 {.service = open_service,
                                  .from = now + std::chrono::days(3),
                                  .to = {},
                                  .location = {},
                                  .practitioners = {},
                                  .limit = 40,
                                  .after = {}});
    EXPECT_TRUE(found && found->openings.size() >= 20);
    return std::move(found->openings);
  }
  PublicVisitor visitor(const std::string& email, std::size_t time) {
    const Challenge challenge = make_challenge(app(), *tenant);
    PublicVisitor visitor;
    visitor.name.given = {SensitiveText("Vera")};
    visitor.name.family = SensitiveText("Visitor");
    visitor.birth_date = Sensitive(testing::birthday);
    visitor.email = SensitiveText(email);
    visitor.offer = open_times().at(time).offer;
    visitor.challenge = challenge.text;
    visitor.solution = solve(challenge);
    return visitor;
  }
  static Client client_of(std::uint8_t number) {
    return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, number}};
  }
  std::int64_t mails() {
    std::int64_t waiting = 0;
    app().store.read(tenant->ref(),
                     [&](storage::Snapshot& s) { waiting = storage::outbox::count(s); });
    return waiting;
  }
  PatientId person_of_token(const std::string& token) {
    PatientId who;
    app().store.read(storage::TenantRef{}, [&](storage::Snapshot& s) {
      who = storage::links::find_by_hash(s, hash_of(token))->link.patient;
    });
    return who;
  }
};
SEALBOOK_ON_BOTH_ENGINES(Visitors);

TEST_P(Visitors, sending_again_counts_among_the_mails_that_an_address_gets) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < 2; ++i)
    tokens.push_back(
        start_booking(app(), tenant, visitor("uninvolved@example.test", i), client_of(1))->token);
  EXPECT_EQ(mails(), 2);
  for (int minute = 2; minute < 8; minute += 2) {
    move_clock(std::chrono::minutes(minute));
    for (const auto& token : tokens) {
      const auto again = start_proof(app(), {token, {}, {}, client_of(1)});
      ASSERT_TRUE(again);  // the answer is the same with and without a mail
      EXPECT_EQ(again->next, StartedProof::Next::enter_code);
    }
  }
  EXPECT_EQ(mails(), 3);
  // That network has used up its own share: somebody else's code still comes.
  ASSERT_TRUE(start_booking(app(), tenant, visitor("uninvolved@example.test", 5), client_of(2)));
  EXPECT_EQ(mails(), 4);
}

TEST_P(Visitors, the_mails_of_all_networks_to_one_address_have_an_end) {
  for (std::uint8_t i = 0; i < 12; ++i)
    ASSERT_TRUE(start_booking(app(), tenant, visitor("uninvolved@example.test", i), client_of(i)));
  EXPECT_EQ(mails(), 9);
}

TEST_P(Visitors, an_invited_person_gets_their_code_however_much_is_sent_to_visitors) {
  for (std::uint8_t i = 0; i < 10; ++i)
    ASSERT_TRUE(start_booking(app(), tenant, visitor("ana@example.test", i), client_of(i)));
  const std::int64_t before = mails();
  const std::string token = invited(event, person);
  ASSERT_TRUE(start_proof(app(), {token, {}, {}, client_of(1)}));
  EXPECT_EQ(mails(), before + 2);  // the invitation and the code
}

TEST_P(Visitors, a_proof_of_work_that_is_handed_in_again_uses_up_nobodys_allowance) {
  const PublicVisitor once = visitor("vera@example.test", 0);
  ASSERT_TRUE(start_booking(app(), tenant, once, client_of(1)));
  for (std::uint8_t i = 0; i < 100; ++i)
    for (int n = 0; n < 4; ++n) {
      const auto again = start_booking(app(), tenant, once, client_of(i));
      ASSERT_EQ(pointers_of(again), std::vector<std::string>{"/solution"});
    }
  EXPECT_EQ(app().link_guard.count(Counted::public_tenant, tenant->id().raw(), app().store.now()),
            1);
  EXPECT_EQ(make_challenge(app(), *tenant).bits, least_bits);
  EXPECT_TRUE(start_booking(app(), tenant, visitor("honest@example.test", 1), client_of(9)));
}

TEST_P(Visitors, what_is_refused_for_its_offer_or_its_person_is_no_booking_begun) {
  PublicVisitor wrong = visitor("vera@example.test", 0);
  wrong.offer = "no offer";
  EXPECT_FALSE(start_booking(app(), tenant, wrong, client_of(1)));
  wrong = visitor("no address", 0);
  EXPECT_EQ(pointers_of(start_booking(app(), tenant, wrong, client_of(1))),
            std::vector<std::string>{"/email"});
  EXPECT_EQ(app().link_guard.count(Counted::public_tenant, tenant->id().raw(), app().store.now()),
            0);
}

TEST_P(Visitors, work_hoarded_while_it_was_calm_does_not_pass_when_it_has_become_dear) {
  const PublicVisitor hoarded = visitor("vera@example.test", 0);
  const int worth = work_of(hoarded.challenge, hoarded.solution);
  // As many beginnings as make the work two bits dearer than this solution is worth.
  std::int64_t beginnings = 31;
  for (int bits = least_bits + 1; bits < worth + 2; ++bits) beginnings *= 2;
  for (std::int64_t i = 0; i < beginnings; ++i)
    app().link_guard.allow(Counted::public_tenant, tenant->id().raw(), app().store.now());
  EXPECT_EQ(pointers_of(start_booking(app(), tenant, hoarded, client_of(1))),
            std::vector<std::string>{"/solution"});
}

TEST_P(Visitors, one_mailbox_has_three_visits_ahead_however_many_visitors_it_serves) {
  const auto book_as_visitor = [&](std::uint8_t number) {
    const auto started =
        start_booking(app(), tenant, visitor("one@example.test", number * 2), client_of(number));
    EXPECT_TRUE(started);
    const PatientId who = person_of_token(started->token);
    LinkRequest request{started->token, {}, {}, client_of(number)};
    const auto proof = prove(app(), request, right_answer(who));
    EXPECT_TRUE(proof);
    request.session_cookie = proof->session_cookie;
    const auto here = session(app(), request);
    EXPECT_TRUE(here);
    auto booked = book(app(), *here, *person_page(app(), *here)->chosen_offer);
    return std::pair(*here, std::move(booked));
  };
  const auto first = book_as_visitor(1);
  ASSERT_TRUE(first.second) << first.second.error().detail;
  EXPECT_TRUE(book_as_visitor(2).second);
  EXPECT_TRUE(book_as_visitor(3).second);
  const auto fourth = book_as_visitor(4);
  EXPECT_EQ(code_of(fourth.second), ErrorCode::state_conflict);
  // A visit that is given up makes room.
  ASSERT_TRUE(links::cancel(app(), first.first, first.second->id));
  EXPECT_TRUE(book(app(), fourth.first, *person_page(app(), fourth.first)->chosen_offer));
}

}  // namespace
}  // namespace sealbook::app::links
