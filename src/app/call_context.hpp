// CallContext is one authenticated, authorised call on its way through a use case.
//
// A use case reads through it, notes what the journal is to say, and leaves the rest to the
// pipeline: sealing the entries, the queue, the commit, the answer. Threads: one.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/app.hpp"
#include "app/tenant.hpp"
#include "app/work.hpp"
#include "security/audit/entry.hpp"
#include "security/authn/session.hpp"
#include "security/authz/decide.hpp"
#include "storage/store.hpp"

namespace sealbook::app {

struct CallContext {
  App& app;
  std::shared_ptr<Tenant> tenant;  // null for the instance's own calls
  Principal principal;
  std::optional<Decision> decision;  // empty on public endpoints
  Instant now;
  RawId request{};
  std::optional<std::int64_t> if_match;     // the version that the caller saw
  std::string_view endpoint_id;             // operationId: binds cursors
  std::vector<audit::AuditEntry> entries;   // journaled when the call succeeds
  // Adds members to an error before it is answered (alternatives of a taken time).
  std::function<void(Error&)> explain;
  // How the caller came: by an account, by a personal link, or by nothing that proves who they are.
  audit::ActorKind actor = audit::ActorKind::account;
  // Services that are open to this call beside those that patients may book: an event's.
  std::vector<ServiceId> invited_to{};
  // How long to wait, when the call is refused with rate_limited; 0: as the pipeline says.
  int retry_after_s = 0;
  // Of a browser that is signed in; of endpoints that sign in, what the browser came with. Null: a
  // bearer token, or nobody.
  std::shared_ptr<const authn::Session> session{};
  // Of endpoints that sign in: what is kept of the browser, and whom allowances are counted by.
  std::string device{};
  RawId network{};
  // Sent with the answer when the call succeeds: Set-Cookie, Clear-Site-Data.
  std::vector<std::pair<std::string, std::string>> answer_headers{};

  // Runs on a snapshot of the call's tenant (of the instance when there is none).
  template <class Read>
  auto read(Read&& read_it) {
    std::optional<std::invoke_result_t<Read&, storage::Snapshot&>> answer;
    app.store.read(store_ref(), [&](storage::Snapshot& snapshot) { answer.emplace(read_it(snapshot)); });
    return std::move(*answer);
  }
  storage::TenantRef store_ref() const { return tenant ? tenant->ref() : storage::TenantRef{}; }

  // Starts a journal entry that says who, by which decision, and when; the caller adds the rest.
  audit::AuditEntry& note(AuditAction action, audit::ResourceKind kind, const RawId& id);
};

// The three ways in which a version can disagree. Call it where the row was read: with If-Match, a
// difference is 412.
Result<void> check_if_match(const CallContext& ctx, std::int64_t version);

}  // namespace sealbook::app
