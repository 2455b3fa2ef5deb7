// Gate judges what a browser brings: the one place that says whether a link, a session or a device
// stands.
//
// A link does not stand when it is unknown, foreign, revoked (one by one, with its event, or with all
// of the tenant's up to a time), or when what it is for has ended. All of these are the same answer:
// nothing. Reads only, from the store, every time. Threads: any.
#pragma once

#include <chrono>
#include <optional>

#include "app/call_context.hpp"
#include "app/links/link_session.hpp"
#include "app/perform.hpp"
#include "storage/tables/events.hpp"

namespace sealbook::app::links {

// A link that stands.
struct Passed {
  std::shared_ptr<Tenant> tenant;
  storage::LinkRow link;
  Instant epoch;  // devices and sessions from before do not count
};
std::optional<Passed> pass(App& app, std::string_view token);
// The same judgement on what was read. Pure.
bool stands(const storage::LinkStanding& standing, Instant now);

// Whether the session or device cookie stands for the link's person.
std::optional<storage::LinkSessionRow> find_session(App& app, const Passed& passed, std::string_view cookie);
bool knows_device(App& app, const Passed& passed, std::string_view cookie);

// Whether a visitor's code may go to that address, asked for by that client; counts it. Nobody's box
// is filled by strangers: where this says no, the answer is the same without a mail.
bool may_mail_visitor(App& app, const Client& client, ByteView address, Instant now);

Principal person_of(const Passed& passed);
// A call by the link's person (`actor` link: proven), or by who holds the link (anonymous).
CallContext call_of(App& app, const std::shared_ptr<Tenant>& tenant, const Principal& person, Permission permission,
                    audit::ActorKind actor);

// Holds a refusal back until refusal_floor after the start, so that what was looked up and how long
// it took does not show in the time.
class Floor {
 public:
  Floor() : until_(std::chrono::steady_clock::now() + refusal_floor) {}
  std::chrono::steady_clock::time_point until() const { return until_; }
  template <class T>
  Result<T> keep(Result<T> result) const {
    if (!result && is_refusal(result.error())) wait();
    return result;
  }

 private:
  static bool is_refusal(const Error& error);
  void wait() const;
  std::chrono::steady_clock::time_point until_;
};

// Prepares and performs, and again when the row moved on in between, a few times.
template <class R, class Make, class Prepare>
Result<R> perform_again(Make&& make_context, Prepare&& prepare) {
  for (int attempt = 1;; ++attempt) {
    CallContext ctx = make_context();
    Result<R> result = perform<R>(ctx, prepare(ctx));
    if (result) return result;
    if (result.error().code == ErrorCode::stale_version && attempt < 5) continue;
    if (ctx.explain) ctx.explain(result.error());
    return result;
  }
}

}  // namespace sealbook::app::links
