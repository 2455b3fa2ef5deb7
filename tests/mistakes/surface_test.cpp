// Mistakes that other schedulers made where strangers look in, as tests: bots, counting ids, addresses
// that the server is made to call. A naive double makes each mistake, and has to be seen to.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/links/testing.hpp"
#include "domain/import/visits.hpp"
#include "domain/messages/template.hpp"
#include "racing.hpp"

namespace sealbook::mistakes {
namespace {

using namespace app::links;
using namespace std::chrono_literals;

class SurfaceMistakes : public testing::LinkWorld {
 protected:
  WantedOpenings wanted(const ServiceId& which) {
    return {.service = which, .from = now + std::chrono::days(2), .to = {}, .location = {},
            .practitioners = {}, .limit = 5, .after = {}};
  }
  PublicVisitor bot(const std::string& offer, int number) {
    PublicVisitor visitor;
    visitor.name.given = {SensitiveText("Bot")};
    visitor.name.family = SensitiveText("Number");
    visitor.birth_date = Sensitive(testing::birthday);
    visitor.email = SensitiveText("bot" + std::to_string(number) + "@example.test");
    visitor.offer = offer;
    visitor.challenge = make_challenge(app(), *tenant).text;
    visitor.solution = std::to_string(number);  // no bot works for it
    return visitor;
  }
};
SEALBOOK_ON_BOTH_ENGINES(SurfaceMistakes);

// Takes whatever a form brings, and keeps the time for it.
class TakesEveryForm {
 public:
  bool start(const PublicVisitor& visitor) {
    const std::lock_guard lock(mutex_);
    return taken_.insert(visitor.offer).second;
  }
  bool is_free(const std::string& offer) const { return !taken_.contains(offer); }

 private:
  std::mutex mutex_;
  std::set<std::string> taken_;
};

// Policy: a stranger pays with work for each try, and holds no time before mail has reached them.
TEST_P(SurfaceMistakes, line_27_bots_fill_the_book) {
  const auto before = public_openings(app(), tenant, wanted(open_service));
  ASSERT_TRUE(before && !before->openings.empty());
  const auto first = before->openings.front();

  EXPECT_EQ(race(24, [&](int i) { return start_booking(app(), tenant, bot(first.offer, i), {}).has_value(); }), 0);
  const auto after = public_openings(app(), tenant, wanted(open_service));
  ASSERT_TRUE(after && !after->openings.empty());
  EXPECT_EQ(after->openings.front().when, first.when);

  TakesEveryForm naive;
  EXPECT_EQ(race(24, [&](int i) { return naive.start(bot(first.offer, i)); }), 1);
  EXPECT_FALSE(naive.is_free(first.offer)) << "the double keeps a time for a bot";
}

// Numbers its services, and shows whatever has the number.
class CountsIds {
 public:
  int add(std::string name) {
    names_.push_back(std::move(name));
    return static_cast<int>(names_.size());
  }
  const std::string* show(int number) const {
    return number > 0 && number <= static_cast<int>(names_.size()) ? &names_[static_cast<std::size_t>(number) - 1] : nullptr;
  }

 private:
  std::vector<std::string> names_;
};

// Policy: ids cannot be guessed from each other, and what is not for somebody is not there for them:
// the same refusal as for what was never made.
TEST_P(SurfaceMistakes, line_29_ids_are_counted_to_private_things) {
  const auto hidden = public_openings(app(), tenant, wanted(secret_service));
  const auto never_made = public_openings(app(), tenant, wanted(new_id<ServiceId>()));
  ASSERT_FALSE(hidden);
  ASSERT_FALSE(never_made);
  EXPECT_EQ(hidden.error().code, never_made.error().code);
  EXPECT_EQ(hidden.error().detail, never_made.error().detail);
  for (int step = -32; step <= 32; ++step) {
    if (step == 0) continue;
    RawId neighbour = open_service.raw();
    neighbour.back() = static_cast<std::uint8_t>(neighbour.back() + step);
    EXPECT_FALSE(public_openings(app(), tenant, wanted(ServiceId::from_raw(neighbour))));
  }

  CountsIds naive;
  const int shown = naive.add("Walk-in");
  naive.add("Trial visit");
  EXPECT_NE(naive.show(shown + 1), nullptr) << "the double shows the next one to whoever counts";
}

// A port of this machine that somebody might make the server call.
class Listener {
 public:
  Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    EXPECT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&here), size), 0);
    EXPECT_EQ(listen(socket_, 8), 0);
    EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&here), &size), 0);
    port_ = ntohs(here.sin_port);
  }
  ~Listener() { close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/latest/meta-data"; }
  std::uint16_t port() const { return port_; }
  bool was_called() const {
    pollfd seen{socket_, POLLIN, 0};
    return poll(&seen, 1, 200) == 1;
  }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

// Looks whether there is somebody behind the address of an attachment, as a preview would.
void fetches_attachments(const std::string& calendar) {
  constexpr std::string_view start = "ATTACH:http://127.0.0.1:";
  const auto at = calendar.find(start);
  ASSERT_NE(at, calendar.npos);
  const int caller = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  there.sin_port = htons(static_cast<std::uint16_t>(std::stoi(calendar.substr(at + start.size()))));
  EXPECT_EQ(connect(caller, reinterpret_cast<const sockaddr*>(&there), sizeof there), 0);
  close(caller);
}

// Policy: nothing that a caller or a file says becomes an address that the server calls; it calls what
// its configuration names, and no template may hold another address than the message's own.
TEST(OutgoingMistakes, line_32_the_server_is_made_to_call_an_address_inside) {
  const Listener inside;
  const std::string calendar =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:old-1\r\nDTSTAMP:20261101T000000Z\r\n"
      "DTSTART:20270203T090000Z\r\nDTEND:20270203T093000Z\r\nSUMMARY:First visit\r\nATTACH:" + inside.address() +
      "\r\nURL:" + inside.address() + "\r\nCONFERENCE;VALUE=URI:" + inside.address() + "\r\nIMAGE;VALUE=URI:" + inside.address() +
      "\r\nATTENDEE:mailto:pat@example.test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  importing::Findings findings;
  int read = 0;
  const auto facts = importing::read_visits_ics(calendar, {}, findings, [&](importing::OldVisit&) { ++read; });
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(read, 1);
  messages::TemplateText text;
  text.body = "{{organisation.message_name}} {{organisation.phone}} {{link}} " + inside.address();
  const auto refused = messages::Template::parse(text);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(std::ranges::any_of(refused.error().fields, [](const FieldError& f) { return f.rule == "link"; }));
  EXPECT_FALSE(inside.was_called());

  fetches_attachments(calendar);
  EXPECT_TRUE(inside.was_called()) << "the double's call is seen";
}

}  // namespace
}  // namespace sealbook::mistakes
