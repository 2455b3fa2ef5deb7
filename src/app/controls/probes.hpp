// Probes are the live checks of `sealbook controls`: what holds on this installation, now.
//
// A probe looks at Facts and touches nothing else, so it runs the same in the server, on the
// command line and in a test. Who composes the program fills the facts it can measure and leaves
// the others empty; an empty fact never passes a probe. The facts hold no secret and no personal
// data. Threads: plain data and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace sealbook::controls {

enum class Engine : std::uint8_t { embedded, postgresql };

struct Facts {
  Instant now;

  // The configuration.
  std::optional<bool> production;
  std::optional<std::string> environment;        // of the configuration
  std::optional<std::string> store_environment;  // as stamped into the store at init
  std::optional<std::vector<std::string>> doctor_refusals;  // what production would refuse now

  // The listener.
  std::optional<std::uint16_t> tls_min_version;  // 0x0304 is TLS 1.3
  std::optional<std::uint16_t> tls_max_version;
  std::optional<bool> tls_early_data;
  std::optional<bool> cleartext_listener;        // bound outside loopback without TLS
  std::optional<std::string> hsts;               // the header's value on every answer
  std::optional<std::vector<std::string>> cors_origins;  // allowed origins; empty: closed

  // The store and its keys.
  std::optional<Engine> engine;
  std::optional<std::string> page_cipher;        // "sqlcipher", "aegis", "" when pages are plain
  std::optional<bool> pages_open_without_key;    // tried on the live file, read-only
  std::optional<std::uint64_t> store_device;     // st_dev
  std::optional<std::uint64_t> keyring_device;
  std::optional<bool> keyring_is_own_store;      // another file, or another PostgreSQL system
  std::optional<bool> colocation_accepted;       // the risk was accepted in the configuration
  std::optional<std::uint32_t> key_file_mode;    // permission bits, as of stat
  std::optional<bool> key_file_beside_store;     // it lies in the store's or the keyring's folder
  std::optional<std::uint32_t> personal_columns_unsealed;  // columns declared sealed, stored plain
  std::optional<std::uint32_t> unwrapped_key_rows;         // keyring rows that are not wrapped

  // The process.
  std::optional<std::uint64_t> core_limit_bytes;  // RLIMIT_CORE, hard limit
  std::optional<bool> dumpable;                   // PR_GET_DUMPABLE
  std::optional<bool> secrets_locked;             // mlock of a secret succeeds

  // The journal.
  std::optional<bool> journal_writable;
  std::optional<bool> checkpoint_verifies;        // newest one, with the public key
  std::optional<Instant> last_checkpoint;
  std::optional<std::uint64_t> unsequenced_entries;
  std::optional<bool> clock_behind_journal;       // now() lies before the newest entry

  // The interface.
  std::optional<std::uint32_t> operations;                     // endpoints of the router
  std::optional<std::uint32_t> operations_without_permission;  // and without a reason to be public
  std::optional<std::uint32_t> changes_without_audit_action;
  std::optional<std::uint32_t> tenant_tables_without_class;    // record class for retention
};

enum class ProbeOutcome : std::uint8_t { passed, failed, unknown };

struct ProbeResult {
  ProbeOutcome outcome = ProbeOutcome::unknown;
  std::string detail;  // a sentence: what was found
};

struct Probe {
  std::string_view id;    // "tls.only-1.3"
  std::string_view what;  // a sentence: what passes
  ProbeResult (*run)(const Facts&);
};

// Every probe there is, sorted by id.
std::span<const Probe> probes();
const Probe* find_probe(std::string_view id);

std::string_view outcome_text(ProbeOutcome outcome);

}  // namespace sealbook::controls
