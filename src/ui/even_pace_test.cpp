#include "ui/even_pace.hpp"

#include <gtest/gtest.h>

#include <future>

namespace sealbook::ui {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct Sent {
  std::promise<steady_clock::time_point> at;
  net::Responder responder() {
    return {"req_0", [this](net::HttpResponse) { at.set_value(steady_clock::now()); }};
  }
};

TEST(EvenPace, an_answer_leaves_at_the_next_whole_step_after_its_request) {
  EvenPace pace(milliseconds(50));
  Sent soon, late;
  const auto arrived = steady_clock::now();
  pace.send(arrived, soon.responder(), {});
  // This one took 120 ms to make.
  pace.send(arrived - milliseconds(120), late.responder(), {});

  EXPECT_GE(soon.at.get_future().get(), arrived + milliseconds(50));
  EXPECT_GE(late.at.get_future().get(), arrived + milliseconds(30));
}

TEST(EvenPace, what_waits_is_sent_when_the_server_stops) {
  Sent waiting;
  {
    EvenPace pace(std::chrono::hours(1));
    pace.send(steady_clock::now(), waiting.responder(), {});
  }
  EXPECT_EQ(waiting.at.get_future().wait_for(milliseconds(0)), std::future_status::ready);
}

}  // namespace
}  // namespace sealbook::ui
