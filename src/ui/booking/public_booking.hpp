// /t/{slug}/: a tenant's own page, for people whom nobody has invited.
//
//   /t/{slug}/         who this is, how to call, what can be booked by everyone
//   /t/{slug}/times    a month and its free times
//   /t/{slug}/details  about the person; its form starts the booking and leads to /l/{token}
//
// The first page needs neither journal nor store, so that name and phone number stay when they are
// down (DECISIONS 18). Threads: any.
#pragma once

#include "app/links/public_booking.hpp"
#include "ui/page.hpp"

namespace sealbook::ui {

class PublicBooking {
 public:
  explicit PublicBooking(app::App& app) : app_(app) {}
  PageAnswer answer(const PageCall& call) const;

 private:
  struct Here;  // the tenant, its frame and its paths
  net::HttpResponse front(const PageCall& call, const Here& here) const;
  net::HttpResponse times(const PageCall& call, const Here& here) const;
  net::HttpResponse details(const PageCall& call, const Here& here) const;
  net::HttpResponse start(const PageCall& call, const Here& here) const;
  app::App& app_;
};

}  // namespace sealbook::ui
