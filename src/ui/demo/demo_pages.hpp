// /demo/: the demo's own page, and nothing in any other mode: its organisations with what their
// roles sign in with, personal links, the mail that was caught, and the clock, which can be moved.
//
// Everything is about made-up people. Threads: any.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "app/app.hpp"
#include "base/json.hpp"
#include "ui/page.hpp"

namespace sealbook::ui {

struct DemoFacts {
  std::string ready;                               // what the seeding left, as JSON; empty: no demo
  std::filesystem::path mail;                      // each mail that went out, one *.eml
  std::function<Result<void>(Micros)> move_clock;  // by so much
};

class DemoPages {
 public:
  DemoPages(app::App& app, DemoFacts facts);
  PageAnswer answer(const PageCall& call) const;

 private:
  net::HttpResponse overview(const PageCall& call) const;
  net::HttpResponse one_mail(const PageCall& call) const;
  net::HttpResponse move_clock(const PageCall& call) const;
  net::HttpResponse sign_in(const PageCall& call) const;
  Html tenants() const;
  Html clock(const PageCall& call) const;
  Html mails() const;
  TimeZone first_zone() const;
  app::App& app_;
  DemoFacts facts_;
  JsonValue ready_;
};

}  // namespace sealbook::ui
