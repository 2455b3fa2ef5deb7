// /l/{token}: the pages behind a personal link (DECISIONS 24). The first one says nothing specific;
// a code, or a device that is remembered, opens the others.
//
//   /l/{t}          GET   that there is a message, and from whom
//   /l/{t}/start    POST  asks for a code        /l/{t}/code     GET, POST  the code
//   /l/{t}/answer   POST  coming, cannot come    /l/{t}/home     GET        visits, what can be
//   done /l/{t}/times    GET   a month                /l/{t}/confirm  GET        one time, to be
//   confirmed /l/{t}/book, /move, /cancel, /decline, /leave  POST, and GET where something has to
//   be asked first /l/{t}/done     GET   what was done
//
// Whatever is wrong with a token or a code is one page with the same bytes, sent at an even pace.
// Threads: any.
#pragma once

#include "app/links/visit_pages.hpp"
#include "ui/page.hpp"

namespace sealbook::ui {

class LinkPages {
 public:
  explicit LinkPages(app::App& app) : app_(app) {}
  // Sets the language of the call to the person's own, once they are proven.
  PageAnswer answer(PageCall& call) const;

 private:
  struct Here;  // the request's token and cookies, the frame and the paths
  // What needs no session.
  PageAnswer first(const PageCall& call, Here& here) const;
  PageAnswer start(const PageCall& call, Here& here) const;
  PageAnswer code(const PageCall& call, Here& here) const;
  PageAnswer prove(const PageCall& call, Here& here) const;
  PageAnswer say(const PageCall& call, Here& here) const;
  PageAnswer leave(const PageCall& call, Here& here) const;
  // What needs one: link_session_pages.cpp and link_acts.cpp.
  PageAnswer in_session(PageCall& call, Here& here) const;
  PageAnswer as_proven(const PageCall& call, Here& here) const;
  net::HttpResponse home(const PageCall& call, const Here& here) const;
  net::HttpResponse times(const PageCall& call, const Here& here) const;
  net::HttpResponse confirm(const PageCall& call, const Here& here) const;
  net::HttpResponse ask_cancel(const PageCall& call, const Here& here) const;
  net::HttpResponse ask_decline(const PageCall& call, const Here& here) const;
  net::HttpResponse done(const PageCall& call, const Here& here) const;
  net::HttpResponse act(const PageCall& call, const Here& here) const;
  app::App& app_;
};

}  // namespace sealbook::ui
