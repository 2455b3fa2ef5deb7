// Booking by somebody whom nobody has invited: services that a tenant opens to everyone, on its page
// /t/{slug}/ (docs/adr/0012-public-booking.md).
//
// Nothing is held and nothing is booked before the person has shown that mail reaches them: start()
// registers a person with an unverified address, gives them a personal link and mails a code to it.
// From there on it is the link's pages (visit_pages.hpp). Whether the address is known already
// changes neither answer nor time. Who never proves the address is forgotten within an hour.
//
// Threads: any. Calls block until durable.
#pragma once

#include <chrono>

#include "app/links/visit_pages.hpp"

namespace sealbook::app::links {

// The services that are open to everyone, in order; none when the tenant opens none.
std::vector<ServiceOnPage> public_services(App& app, const Tenant& tenant);
std::vector<PlaceOnPage> public_places(App& app, const Tenant& tenant, const ServiceId& service);
// Fails with not_found for a service that is not open to everyone.
Result<FoundOpenings> public_openings(App& app, const std::shared_ptr<Tenant>& tenant, const WantedOpenings& wanted);

// A proof of work: find a decimal number n such that SHA-256(text + ":" + n) starts with `bits` zero
// bits. Signed, good for ten minutes, for one tenant and one start(). docs/formats/link.md.
struct Challenge {
  std::string text;
  int bits = 16;
};
Challenge make_challenge(App& app, const Tenant& tenant);

struct PublicVisitor {
  HumanName name;
  Sensitive<std::chrono::year_month_day> birth_date;
  SensitiveText email;
  std::optional<SensitiveText> language;  // BCP 47
  std::string offer;                      // the opening that was picked
  std::string challenge, solution;
};
struct StartedBooking {
  std::string token;     // the link to go on with: 303 to /l/{token}
  Instant code_expires;
};
// Fails with `invalid` naming /name/…, /birth_date, /email, /offer or /solution, and with
// rate_limited.
Result<StartedBooking> start_booking(App& app, const std::shared_ptr<Tenant>& tenant, const PublicVisitor& visitor,
                                     const Client& client);

// Forgets the people whose address was not proven within the hour, and answers how many. Called every
// few minutes: nobody's name waits here for the next visitor to come.
Result<std::size_t> forget_unproven(App& app, const std::shared_ptr<Tenant>& tenant);

}  // namespace sealbook::app::links
