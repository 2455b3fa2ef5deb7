// App is the server's working set, handed to every use case: no globals, no singletons.
//
// Lifetime: built by the composition root (main) and outlives every call. Threads: each member is
// safe to share, as its own header says.
#pragma once

#include <functional>
#include <string>

#include "app/accounts/tokens.hpp"
#include "app/booking/live_holds.hpp"
#include "app/booking/patient_keys.hpp"
#include "app/controls/probes.hpp"
#include "app/idempotency_index.hpp"
#include "app/links/guard.hpp"
#include "app/tenant.hpp"
#include "base/clock.hpp"
#include "domain/scheduling/busy_index.hpp"
#include "ports/mailer.hpp"
#include "security/audit/tile_store.hpp"
#include "security/authn/session_index.hpp"
#include "security/authn/session_store.hpp"
#include "security/keys/keyring.hpp"
#include "storage/store.hpp"

namespace sealbook::audit {
class Sequencer;
}

namespace sealbook::app {

struct App {
  storage::Store& store;
  keys::Keyring& keyring;
  audit::TileStore& tiles;
  const Clock& clock;
  std::string environment;  // bound into every sealed value
  std::string origin;       // of the logs' checkpoints
  std::string public_url{};  // "https://book.example.org": what links in messages start with

  // Who carries mail; null: nobody does, and messages are refused with that reason. Outlives the App.
  Mailer* mailer = nullptr;
  std::string mail_domain{};  // of Message-IDs and of the addresses that returned mail goes to
  std::string mail_from{};    // the sender where an organisation has none of its own

  // What only an installation that is not for real people may do: sign in from the demo's page, and
  // do with a bearer token what otherwise asks for a fresh proof of identity.
  bool is_production = true;

  Tenants tenants{};
  Tokens tokens{};
  authn::SessionIndex sessions{};
  authn::SessionStore* session_store = nullptr;  // null in tools that sign nobody in
  PatientKeys patient_keys{};
  IdempotencyIndex idempotency{};
  links::Guard link_guard{};
  LiveHolds live_holds{};
  scheduling::BusyIndex busy{};

  // Publishes at once when a proof is asked for of what was just written. Null: nobody does.
  audit::Sequencer* sequencer = nullptr;
  // Called after a commit that left an import to be done. Empty: nobody does it here.
  std::function<void()> wake_imports{};
  // What the probes of controls see of this installation. Empty: nothing can be seen.
  std::function<controls::Facts()> facts{};
};

// Reads tenants, directories, tokens, claims and recent idempotency keys from the store. At start.
Result<void> load(App& app);
// Reads one tenant's directory anew.
Result<void> load_organisation(App& app, Tenant& tenant);

}  // namespace sealbook::app
