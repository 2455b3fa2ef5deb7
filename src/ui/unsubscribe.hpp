// /u/{token}: ends messages to the address that one went to (RFC 8058). GET and HEAD change nothing; a
// POST does, from the page's button or from a mail program that sends no cookie: the token is the
// authority. Says the same for every token, so that none can be tried out.
// Threads: any.
#pragma once

#include "app/app.hpp"
#include "ui/page.hpp"

namespace sealbook::ui {

class UnsubscribePage {
 public:
  explicit UnsubscribePage(app::App& app) : app_(app) {}
  PageAnswer answer(const PageCall& call) const;

 private:
  app::App& app_;
};

}  // namespace sealbook::ui
