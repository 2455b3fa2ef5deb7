// The use cases behind /l/{token}: what a person reaches through a personal link.
//
// The link alone is a locator without authority: it shows the organisation's name for messages and
// may say "coming" or "cannot come". A code sent to the person's address (and the birth date while
// that address is unverified), or a device remembered for 90 days, opens a session of 30 minutes;
// with it the person books, moves and cancels by the event's rules, through the same use cases as
// everybody.
//
// Nothing here is changed by open() and session(), which are for GET and HEAD; everything else is
// for POST. Each call blocks until what it changed is durable. Threads: any.
//
// Errors: whatever is wrong with a token, a code, a birth date or a cookie is refused(), always the
// same. start_proof(), prove() and answer() return no earlier than refusal_floor after they began
// when they refuse, so that their time tells nothing; what GET calls, and forget(), do not wait:
// pages answer them at an even pace (ui/even_pace.hpp).
// Rules of booking have errors of their own (slot_taken and offer_stale with alternatives,
// state_conflict with a sentence for the person), rate_limited stands for every allowance.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/booking/appointments.hpp"
#include "app/links/link_session.hpp"
#include "domain/messages/message.hpp"

namespace sealbook::app::links {

// The answer to GET: nothing specific.
struct OpenedLink {
  std::shared_ptr<Tenant> tenant;  // profile(): message_name and telephone to show
  LinkKind kind = LinkKind::event;
  bool in_session = false;         // the session cookie stands: go on to session()
  bool device_known = false;       // start_proof() will open a session without a code
  bool may_answer = false;         // coming and cannot come can be said now
};
Result<OpenedLink> open(App& app, const LinkRequest& request);

// "Continue": sends a code, or opens a session when this device is remembered. Counts the link as
// opened. Fails with rate_limited: one code a minute, five an hour and ten a day for one person.
struct StartedProof {
  enum class Next : std::uint8_t { enter_code, in_session, no_address };
  Next next = Next::enter_code;     // no_address: there is none to send a code to; call the organisation
  bool needs_birth_date = false;    // prove() asks for it as well
  Instant code_expires;             // of enter_code
  std::string session_cookie;       // of in_session
};
Result<StartedProof> start_proof(App& app, const LinkRequest& request);

enum class Remember : std::uint8_t { no, this_device };
struct ProofAnswer {
  SensitiveText code;  // digits; spaces and hyphens are let pass
  std::optional<Sensitive<std::chrono::year_month_day>> birth_date;
  Remember remember = Remember::no;
};
struct Proven {
  std::string session_cookie;                // a session cookie: no Max-Age
  std::optional<std::string> device_cookie;  // Max-Age 90 days, when asked for
};
// A code is good for ten minutes, five tries and one use.
Result<Proven> prove(App& app, const LinkRequest& request, const ProofAnswer& answer);

// Ends the session and forgets this device; true when one of them stood.
Result<bool> forget(App& app, const LinkRequest& request);

// The session that the cookie stands for, checked anew against link, event and person.
Result<LinkSession> session(App& app, const LinkRequest& request);

// What the person is shown. Journaled as seen by themselves.
struct VisitOnPage {
  AppointmentId id;
  std::int64_t version = 1;
  scheduling::Status status = scheduling::Status::booked;
  storage::PatientStatus answer = storage::PatientStatus::needs_action;
  Interval when;
  std::string zone;              // IANA id of the place's time zone
  ServiceId service;
  LocationId location;
  std::string service_name, location_name, practitioner_name;  // the last may be empty
  bool may_change = false;       // it can be moved and cancelled here, now
  Instant change_until;          // after this: call the organisation
};
struct ServiceOnPage {
  ServiceId id;
  std::string name, description;
  std::int32_t duration_minutes = 0;
};
struct PlaceOnPage {
  LocationId id;
  std::string name, zone;
  std::vector<ServiceId> services;  // that somebody gives there, of those that may be booked
};
// A message that went out to the person.
struct SentOnPage {
  messages::Purpose purpose = messages::Purpose::invitation;
  Instant at;
};
struct PersonPage {
  std::string event_name;              // empty without an event
  SensitiveText given_name;            // what to call the person
  std::vector<VisitOnPage> visits;     // theirs through this link, ahead and not cancelled, by start
  std::vector<ServiceOnPage> services;  // that may be booked here
  std::vector<PlaceOnPage> places;      // where; in order of name
  std::int32_t visits_left = 0;        // how many more may be booked
  Instant first_day, last_day;         // visits start in [first_day, last_day)
  bool declined = false;               // said that they will not take part
  std::vector<SentOnPage> sent;        // the newest six, newest first; codes are left out
  std::optional<std::string> chosen_offer;  // what a public visitor picked before the code
};
Result<PersonPage> person_page(App& app, const LinkSession& session);

// The language that the person's record asks for; nothing where there is none that we speak. Told to
// a session alone: before the proof, pages speak the browser's.
Result<std::optional<messages::Locale>> language_of(App& app, const LinkSession& session);

struct WantedOpenings {
  std::optional<ServiceId> service;  // absent: the only one
  std::optional<Instant> from, to;   // cut to the event's dates
  std::optional<LocationId> location;
  std::vector<ResourceId> practitioners;
  std::size_t limit = 200;
  std::optional<scheduling::OpeningCursor> after;
  bool with_offers = true;  // see SearchOpenings
};
Result<FoundOpenings> openings(App& app, const LinkSession& session, const WantedOpenings& wanted);

// Fail with slot_taken and offer_stale (`members`: alternatives), with state_conflict when there is
// nothing left to book, when it is too late to change (the sentence gives the telephone number), and
// with rate_limited after five changes of one visit in a day, or ten of a person's visits together
// beyond what they may book. What was done already is answered as done, without a change: a form
// that is sent twice books, moves, cancels or declines once, and its person sees the same page.
Result<AppointmentRow> book(App& app, const LinkSession& session, const std::string& offer);
Result<AppointmentRow> move(App& app, const LinkSession& session, const AppointmentId& id, const std::string& offer);
Result<AppointmentRow> cancel(App& app, const LinkSession& session, const AppointmentId& id);
// Will not take part in the event; visits that stand are not touched. Booking takes it back.
Result<void> decline(App& app, const LinkSession& session);

// What the link alone may say: no session is needed. `cannot_come` frees no time; the organisation
// sees it.
enum class Answer : std::uint8_t { coming, cannot_come };
Result<void> answer(App& app, const LinkRequest& request, Answer answer);

}  // namespace sealbook::app::links
