#include "cli/facts.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "api/v1/all.hpp"
#include "cli/instance.hpp"
#include "cli/journal_head.hpp"
#include "net/answer_writer.hpp"
#include "net/tls_context.hpp"
#include "sql/migrations.hpp"
#include "storage/tables/inspect.hpp"
#include "storage/tables/instance.hpp"
#include "storage/tables/journal.hpp"

namespace sealbook::cli {
namespace {

using controls::Facts;
namespace fs = std::filesystem;

// The parts that facts are measured on, whoever holds them open.
struct Parts {
  const Config& config;
  sql::Database* database = nullptr;
  sql::Database* keyring = nullptr;
  audit::TileStore* tiles = nullptr;
  std::optional<audit::NoteKey> key;
};

std::optional<struct stat> stat_of(const fs::path& path) {
  struct stat found{};
  if (path.empty() || ::stat(path.c_str(), &found) != 0) return std::nullopt;
  return found;
}

void measure_config(const Config& config, Facts& facts) {
  facts.production = config.mode == Mode::production;
  facts.environment = config.environment;
  facts.doctor_refusals = production_refusals(config);
  facts.engine = config.engine == EngineKind::embedded ? controls::Engine::embedded : controls::Engine::postgresql;
  facts.colocation_accepted = !config.colocated_keyring_accepted_by.empty();
  if (const auto key = stat_of(config.key_file)) facts.key_file_mode = static_cast<std::uint32_t>(key->st_mode & 07777);
  const fs::path folder = config.key_file.parent_path().lexically_normal();
  const auto holds_key = [&](const fs::path& file) { return !file.empty() && file.parent_path().lexically_normal() == folder; };
  facts.key_file_beside_store = holds_key(config.store_file) || holds_key(config.keyring_file);
}

// From what the listener is made of: the TLS parameters and the bytes of an answer.
void measure_listener(const Config& config, Facts& facts) {
  if (const auto context = net::make_server_context(config.certificate.string(), config.certificate_key.string())) {
    facts.tls_min_version = static_cast<std::uint16_t>(SSL_CTX_get_min_proto_version(context->get()));
    facts.tls_max_version = static_cast<std::uint16_t>(SSL_CTX_get_max_proto_version(context->get()));
    facts.tls_early_data = SSL_CTX_get_max_early_data(context->get()) != 0 ||
                           SSL_CTX_get_recv_max_early_data(context->get()) != 0;
    facts.cleartext_listener = false;  // HttpServer takes a TLS context, and there is no other listener
  }
  std::string answer;
  net::append_answer(answer, net::HttpResponse{}, {"req_", net::http_date(Instant()), false, true});
  constexpr std::string_view hsts = "\r\nStrict-Transport-Security: ";
  if (const auto at = answer.find(hsts); at != std::string::npos) {
    const auto start = at + hsts.size();
    facts.hsts = answer.substr(start, answer.find("\r\n", start) - start);
  } else {
    facts.hsts = "";
  }
  // No handler ever adds the header either: the router has no setting for other origins.
  if (answer.find("Access-Control-Allow-Origin") == std::string::npos) facts.cors_origins.emplace();
}

void measure_process(Facts& facts) {
  rlimit core{};
  if (::getrlimit(RLIMIT_CORE, &core) == 0) facts.core_limit_bytes = core.rlim_max;
  const int dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
  if (dumpable >= 0) facts.dumpable = dumpable != 0;
  facts.secrets_locked = false;  // Secret wipes its memory and does not lock it
}

void measure_api(Facts& facts) {
  std::uint32_t all = 0, open = 0, silent = 0;
  for (const api::Endpoint& row : api::all_endpoints()) {
    ++all;
    const api::Access& access = row.spec.access;
    if (!access.permission && !access.is_public() && !access.any_account) ++open;
    if (row.spec.changes() && row.spec.audit == AuditAction::none) ++silent;
  }
  facts.operations = all;
  facts.operations_without_permission = open;
  facts.changes_without_audit_action = silent;
}

void measure_pages(const Config& config, Facts& facts) {
  if (config.engine != EngineKind::embedded) return;
  facts.page_cipher = config.page_cipher;
  // Every database that opens without a key starts so, whatever else is wrong with it.
  constexpr std::string_view plain_header{"SQLite format 3\0", 16};
  std::ifstream in(config.store_file, std::ios::binary);
  std::array<char, plain_header.size()> head{};
  if (in.read(head.data(), head.size())) facts.pages_open_without_key = std::string_view(head.data(), head.size()) == plain_header;
}

void measure_stores(const Parts& parts, Facts& facts) {
  const Config& config = parts.config;
  if (config.engine == EngineKind::embedded) {
    const auto store = stat_of(config.store_file), keyring = stat_of(config.keyring_file);
    if (store) facts.store_device = store->st_dev;
    if (keyring) facts.keyring_device = keyring->st_dev;
    if (store && keyring) facts.keyring_is_own_store = store->st_dev != keyring->st_dev || store->st_ino != keyring->st_ino;
  } else if (parts.database && parts.keyring) {
    const auto store = storage::system_identifier(*parts.database), keyring = storage::system_identifier(*parts.keyring);
    if (store && keyring) facts.keyring_is_own_store = *store != *keyring;
  }
  if (parts.keyring)
    parts.keyring->read([&](sql::Connection& connection) {
      facts.unwrapped_key_rows = static_cast<std::uint32_t>(storage::count_unwrapped_keys(connection));
    });
  if (!parts.database) return;
  facts.tenant_tables_without_class = sql::tables_without_class(parts.database->engine());
  parts.database->read([&](sql::Connection& connection) {
    if (const auto stamp = storage::instance::find(connection)) facts.store_environment = stamp->environment;
    const auto columns = storage::find_unsealed_columns(connection);
    // An empty store shows nothing.
    if (columns.looked_at > 0) facts.personal_columns_unsealed = static_cast<std::uint32_t>(columns.not_sealed.size());
  });
}

void measure_journal(const Parts& parts, Facts& facts) {
  if (parts.tiles && parts.key) {
    const JournalHead head = look_at_journal(*parts.tiles, *parts.key, parts.database);
    facts.checkpoint_verifies = head.is_there && !head.wrong;
    facts.last_checkpoint = head.published_at;
    if (head.published_at) facts.clock_behind_journal = facts.now < *head.published_at;
  }
  if (!parts.database) return;
  storage::JournalRows rows(*parts.database);
  if (const auto logs = rows.logs_with_pending()) {
    std::uint64_t waiting = 0;
    for (const TenantId& log : *logs) waiting += rows.pending_count(log).value_or(0);
    facts.unsequenced_entries = waiting;
  }
}

void measure_all(const Parts& parts, Facts& facts) {
  measure_config(parts.config, facts);
  measure_listener(parts.config, facts);
  measure_process(facts);
  measure_api(facts);
  measure_pages(parts.config, facts);
  try {
    measure_stores(parts, facts);
    measure_journal(parts, facts);
  } catch (const sql::EngineError&) {
    // What the store would have told stays unknown.
  }
}

}  // namespace

Facts measure_facts(const Config& config, Instance* instance) {
  Facts facts;
  if (instance != nullptr) {
    app::App& app = instance->app();
    facts.now = app.store.now();
    facts.journal_writable = app.store.journal_healthy();
    measure_all({config, &app.store.database(), &instance->keyring_database(), &app.tiles, instance->journal_key()}, facts);
    return facts;
  }
  Inspection inspection(config);
  facts.now = inspection.clock().now();
  facts.journal_writable = journal_refusal(config).empty();
  const auto key = inspection.journal_key();
  std::unique_ptr<audit::TileStore> tiles;
  if (key)
    if (auto opened = open_tiles(inspection, *key)) tiles = std::move(*opened);
  measure_all({config, inspection.database(), inspection.keyring_database(), tiles.get(), key}, facts);
  return facts;
}

}  // namespace sealbook::cli
