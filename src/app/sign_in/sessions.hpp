// Sessions of browsers: begun by a proof of identity, rotated by another, ended by their owner.
//
// Each function of the first half notes its journal entry and puts the cookie on the answer; what it
// leaves is for the transaction, and reaches the memory of this node after the commit and that of the
// others within a second (follow()). Threads: any.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app::sign_in {

using authn::Session;
using authn::SessionMethod;

// A session that the transaction is to write, and the one of the same browser that it replaces.
struct Begun {
  Session session;
  std::shared_ptr<const Session> replaced;
};
// Makes the principal who calls, in their tenant, from now on.
Begun begin(CallContext& ctx, const Principal& who, std::int64_t tenant_no, SessionMethod method);
void record(App& app, storage::Transaction& tx, const Begun& begun);

// The call's own session under a new cookie, after a fresh proof of identity by that method.
Session renewed(CallContext& ctx, SessionMethod method);
// Fails with unauthenticated when it ended meanwhile.
Result<void> record_renewed(App& app, storage::Transaction& tx, const Session& session);

// Signs out: the cookie goes, and with it what the browser kept of our pages.
Result<Work<int>> end_own(CallContext& ctx);
// One of the caller's own. Fails with not_found.
Result<Work<int>> end_one(CallContext& ctx, const SessionId& id);
// All of an account of the tenant. Fails with not_found.
Result<Work<int>> end_all(CallContext& ctx, const AccountId& account);

// The demo's links: whoever opens one is signed in. Fails with forbidden in production and with
// not_found for an account that is not there. `replaced`, which the browser
// had until then, ends. Blocks until durable; answers the Set-Cookie value.
struct DemoSignIn {
  std::string cookie;
  Role role = Role::patient;
};
Result<DemoSignIn> sign_in_demo(App& app, const AccountId& account, std::string device,
                                std::shared_ptr<const Session> replaced);

// The session that a Cookie header's text stands for; asks the store where other nodes may have made it.
std::shared_ptr<const Session> find(App& app, std::string_view cookie);
// Takes over what other nodes changed since then; answers when that was.
Instant follow(App& app, Instant since);

}  // namespace sealbook::app::sign_in
