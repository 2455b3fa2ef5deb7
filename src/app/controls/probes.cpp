#include "app/controls/probes.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/controls/words.hpp"

namespace sealbook::controls {
namespace {

constexpr std::uint16_t tls_1_3 = 0x0304;  // RFC 8446 section 4.1.2
constexpr std::int64_t two_years_s = 63'072'000;
constexpr std::uint64_t backlog_limit = 10'000;
constexpr Micros checkpoint_limit = std::chrono::minutes(1);

ProbeResult passed(std::string detail) { return {ProbeOutcome::passed, std::move(detail)}; }
ProbeResult failed(std::string detail) { return {ProbeOutcome::failed, std::move(detail)}; }
ProbeResult unknown(std::string_view what) {
  return {ProbeOutcome::unknown, words(what, " could not be seen from here.")};
}

// Permission bits as people write them: "0600".
std::string octal(std::uint32_t mode) {
  std::string text(4, '0');
  for (std::size_t i = text.size(); i-- > 0; mode >>= 3) text[i] = static_cast<char>('0' + (mode & 7U));
  return text;
}

ProbeResult every_change_journaled(const Facts& f) {
  if (!f.operations || !f.changes_without_audit_action) return unknown("The router");
  if (*f.operations == 0) return failed("No operation is served.");
  if (*f.changes_without_audit_action != 0)
    return failed(words(*f.changes_without_audit_action, " changing operations name no journal entry."));
  return passed(words("Every change among ", *f.operations, " operations names its entry."));
}

ProbeResult every_operation_guarded(const Facts& f) {
  if (!f.operations || !f.operations_without_permission) return unknown("The router");
  if (*f.operations == 0) return failed("No operation is served.");
  if (*f.operations_without_permission != 0)
    return failed(words(*f.operations_without_permission, " operations name no permission."));
  return passed(words("All ", *f.operations, " operations name a permission or why they are public."));
}

ProbeResult journal_checkpoint_verifies(const Facts& f) {
  if (!f.checkpoint_verifies) return unknown("The newest checkpoint");
  if (!*f.checkpoint_verifies) return failed("The newest checkpoint does not verify.");
  return passed("The newest checkpoint verifies with the public key.");
}

ProbeResult journal_keeps_up(const Facts& f) {
  if (!f.unsequenced_entries) return unknown("The journal's sequencer");
  const auto waiting = *f.unsequenced_entries;
  if (waiting > backlog_limit) return failed(words(waiting, " entries wait for their place."));
  if (waiting != 0 && f.last_checkpoint && f.now - *f.last_checkpoint > checkpoint_limit)
    return failed(words("Entries wait, and the newest checkpoint is of ", f.last_checkpoint->text(), "."));
  return passed(words(waiting, " entries wait for their place."));
}

ProbeResult journal_time_moves_on(const Facts& f) {
  if (!f.clock_behind_journal) return unknown("The newest entry's time");
  if (*f.clock_behind_journal) return failed("The clock is behind the newest entry.");
  return passed("The clock is not behind the newest entry.");
}

ProbeResult journal_writable(const Facts& f) {
  if (!f.journal_writable) return unknown("The journal");
  if (!*f.journal_writable) return failed("The journal cannot be written.");
  return passed("The journal can be written.");
}

ProbeResult key_file_private(const Facts& f) {
  if (!f.key_file_mode || !f.key_file_beside_store) return unknown("The key file");
  const auto mode = octal(*f.key_file_mode & 07777U);
  if ((*f.key_file_mode & 0077U) != 0)
    return failed(words("The key file has mode ", mode, "; others may use it."));
  if (*f.key_file_beside_store) return failed("The key file lies in a folder of the data it opens.");
  return passed(words("The key file has mode ", mode, " and lies apart."));
}

ProbeResult keyring_apart(const Facts& f) {
  if (!f.keyring_is_own_store) return unknown("The keyring");
  if (!*f.keyring_is_own_store) return failed("The keyring is no store of its own.");
  if (f.engine == Engine::postgresql) return passed("The keyring is on another PostgreSQL system.");
  if (!f.store_device || !f.keyring_device) return unknown("The keyring's file system");
  if (*f.store_device != *f.keyring_device) return passed("The keyring is on another file system.");
  if (f.colocation_accepted.value_or(false))
    return failed("The keyring shares the data's file system; the risk was accepted.");
  return failed("The keyring shares the data's file system.");
}

ProbeResult keys_wrapped(const Facts& f) {
  if (!f.unwrapped_key_rows || !f.keyring_is_own_store) return unknown("The keyring");
  if (*f.unwrapped_key_rows != 0) return failed(words(*f.unwrapped_key_rows, " keys are not wrapped."));
  if (!*f.keyring_is_own_store) return failed("Keys are stored with the data.");
  return passed("Every stored key is wrapped, in a store apart from the data.");
}

ProbeResult no_core_dumps(const Facts& f) {
  if (!f.core_limit_bytes || !f.dumpable) return unknown("The process");
  if (*f.dumpable) return failed("The process can be dumped.");
  if (*f.core_limit_bytes != 0) return failed("The limit for core files is not zero.");
  return passed("The process cannot be dumped.");
}

ProbeResult production_safe(const Facts& f) {
  if (!f.production || !f.doctor_refusals) return unknown("The configuration");
  if (!f.doctor_refusals->empty())
    return failed(words("Production would refuse ", f.doctor_refusals->size(), " settings; see doctor."));
  if (!*f.production) return failed("The mode is not production.");
  return passed("The mode is production, and nothing in it is refused.");
}

ProbeResult secrets_locked(const Facts& f) {
  if (!f.secrets_locked) return unknown("The process's memory lock");
  if (!*f.secrets_locked) return failed("Secrets cannot be locked in memory.");
  return passed("Secrets are locked in memory.");
}

ProbeResult store_environment(const Facts& f) {
  if (!f.environment || !f.store_environment) return unknown("The store's stamp");
  if (*f.environment != *f.store_environment) return failed("The store belongs to another environment.");
  return passed(words("Store and configuration belong to ", *f.environment, "."));
}

ProbeResult fields_sealed(const Facts& f) {
  if (!f.personal_columns_unsealed) return unknown("The store's columns");
  if (*f.personal_columns_unsealed != 0)
    return failed(words(*f.personal_columns_unsealed, " columns that are to be sealed are plain."));
  return passed("Every column that is to be sealed is.");
}

ProbeResult pages_encrypted(const Facts& f) {
  if (!f.engine) return unknown("The engine");
  if (*f.engine == Engine::postgresql)
    return {ProbeOutcome::unknown, "PostgreSQL leaves this to its disk, which only a person can vouch for."};
  if (!f.page_cipher || !f.pages_open_without_key) return unknown("The store's file");
  if (f.page_cipher->empty()) return failed("The store's pages are plain.");
  if (*f.pages_open_without_key) return failed("The store's file opens without a key.");
  return passed(words("The store's pages are encrypted with ", *f.page_cipher, "."));
}

ProbeResult tables_classed(const Facts& f) {
  if (!f.tenant_tables_without_class) return unknown("The store's tables");
  if (*f.tenant_tables_without_class != 0)
    return failed(words(*f.tenant_tables_without_class, " tables have no record class."));
  return passed("Every table has its record class.");
}

// max-age=N of Strict-Transport-Security (RFC 6797 section 6.1.1).
std::optional<std::int64_t> max_age_of(std::string_view header) {
  constexpr std::string_view name = "max-age=";
  const auto at = header.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  const auto digits = header.substr(at + name.size());
  std::int64_t seconds = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (read.ec != std::errc{}) return std::nullopt;
  return seconds;
}

ProbeResult hsts(const Facts& f) {
  if (!f.hsts) return unknown("The listener");
  const auto seconds = max_age_of(*f.hsts);
  if (!seconds) return failed("Answers carry no Strict-Transport-Security with a time.");
  if (*seconds < two_years_s) return failed(words("Strict-Transport-Security lasts ", *seconds, " s only."));
  for (const std::string_view word : {"includeSubDomains", "preload"})
    if (!f.hsts->contains(word)) return failed(words("Strict-Transport-Security lacks ", word, "."));
  return passed(words("Answers carry Strict-Transport-Security: ", *f.hsts, "."));
}

ProbeResult no_cleartext(const Facts& f) {
  if (!f.cleartext_listener) return unknown("The listener");
  if (*f.cleartext_listener) return failed("A port outside loopback is served without TLS.");
  return passed("No port outside loopback is served without TLS.");
}

ProbeResult only_tls_1_3(const Facts& f) {
  if (!f.tls_min_version || !f.tls_max_version || !f.tls_early_data) return unknown("The listener");
  if (*f.tls_min_version != tls_1_3 || *f.tls_max_version != tls_1_3)
    return failed("The listener speaks another version than TLS 1.3.");
  if (*f.tls_early_data) return failed("The listener accepts early data.");
  return passed("The listener speaks TLS 1.3 alone, without early data.");
}

ProbeResult cors_closed(const Facts& f) {
  if (!f.cors_origins) return unknown("The router");
  for (const auto& origin : *f.cors_origins)
    if (origin == "*" || origin == "null" || !origin.starts_with("https://"))
      return failed("An allowed origin is not an exact one over HTTPS.");
  return passed(words(f.cors_origins->size(), " other origins are allowed, each by its exact name."));
}

constexpr std::array table{
    Probe{"api.every-change-journaled", "Every changing operation names its journal entry.", every_change_journaled},
    Probe{"api.every-operation-guarded", "Every operation names a permission or why it is public.",
          every_operation_guarded},
    Probe{"journal.checkpoint-verifies", "The newest checkpoint's signature holds.", journal_checkpoint_verifies},
    Probe{"journal.keeps-up", "Entries find their place in the tree in time.", journal_keeps_up},
    Probe{"journal.time-moves-on", "The clock is not behind the newest entry.", journal_time_moves_on},
    Probe{"journal.writable", "The journal can be written now.", journal_writable},
    Probe{"keys.file-private", "The key file is its owner's alone, apart from the data.", key_file_private},
    Probe{"keys.keyring-apart", "The keyring lies on another file system or PostgreSQL system.", keyring_apart},
    Probe{"keys.wrapped", "Stored keys are wrapped, and none lies with the data.", keys_wrapped},
    Probe{"mode.production-safe", "The mode is production, and doctor finds nothing.", production_safe},
    Probe{"process.no-core-dumps", "The process can leave no core file.", no_core_dumps},
    Probe{"process.secrets-locked", "Secrets are locked in memory.", secrets_locked},
    Probe{"store.environment-matches", "Store and configuration belong to one environment.", store_environment},
    Probe{"store.fields-sealed", "No column that is to be sealed is plain.", fields_sealed},
    Probe{"store.pages-encrypted", "The embedded store's pages are encrypted.", pages_encrypted},
    Probe{"store.tables-classed", "Every table of tenants has a record class.", tables_classed},
    Probe{"tls.hsts", "Answers carry Strict-Transport-Security for two years.", hsts},
    Probe{"tls.no-cleartext", "No port outside loopback is served without TLS.", no_cleartext},
    Probe{"tls.only-1.3", "The listener speaks TLS 1.3 alone.", only_tls_1_3},
    Probe{"web.cors-closed", "Other origins are allowed by exact name only.", cors_closed},
};
static_assert(std::ranges::is_sorted(table, {}, &Probe::id));

}  // namespace

std::span<const Probe> probes() { return table; }

const Probe* find_probe(std::string_view id) {
  const auto found = std::ranges::lower_bound(table, id, {}, &Probe::id);
  return found == table.end() || found->id != id ? nullptr : &*found;
}

std::string_view outcome_text(ProbeOutcome outcome) {
  constexpr std::array<std::string_view, 3> names{"passed", "failed", "unknown"};
  return names[static_cast<std::size_t>(outcome)];
}

}  // namespace sealbook::controls
