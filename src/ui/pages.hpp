// Pages answers what is not the API: pages for people, health, the API's description, explanations
// of problems, and in demo mode the demo's page.
//
// What stands ready is answered at once on the I/O thread; everything else is made on the threads
// of a pool of its own, because use cases block until they are durable. A network has an allowance of
// looks at them, and only so many wait in line: one more is 503 at once. A page that breaks is 500,
// or 503 when the store cannot be reached. Threads: handle() on any. The application outlives it.
#pragma once

#include <map>
#include <string>

#include "base/task_pool.hpp"
#include "net/http_server.hpp"
#include "ui/booking/public_booking.hpp"
#include "ui/demo/demo_pages.hpp"
#include "ui/even_pace.hpp"
#include "ui/links/link_pages.hpp"
#include "ui/unsubscribe.hpp"

namespace sealbook::ui {

struct PageFacts {
  std::string openapi;            // the document
  std::function<bool()> healthy;  // may the server change anything just now
  DemoFacts demo;                 // demo mode: what the demo's page needs; empty otherwise
};

class Pages final : public net::HttpHandler {
 public:
  Pages(app::App& app, PageFacts facts);
  void handle(net::HttpRequest request, net::Responder responder) override;

 private:
  bool is_made_for_people(std::string_view path) const;
  // What is answered without taking a thread: too many looks from one network, too many in line.
  std::optional<net::HttpResponse> turned_away(const net::HttpRequest& request) const;
  PageAnswer make(PageCall& call) const;
  net::HttpResponse answer(const net::HttpRequest& request) const;
  net::HttpResponse health() const;

  app::App& app_;
  PageFacts facts_;
  std::map<std::string, net::HttpResponse, std::less<>> fixed_;
  PublicBooking public_booking_;
  LinkPages link_pages_;
  UnsubscribePage unsubscribe_;
  std::optional<DemoPages> demo_;
  EvenPace even_pace_;
  TaskPool pool_;  // last: its tasks use everything above
};

}  // namespace sealbook::ui
