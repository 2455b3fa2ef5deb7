#include "cli/checkup.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <set>

#include "cli/instance.hpp"
#include "cli/journal_head.hpp"
#include "net/tls_context.hpp"
#include "sql/migrations.hpp"
#include "storage/tables/inspect.hpp"
#include "storage/tables/instance.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::uint64_t room_warns = 200 * mebibyte;
constexpr std::uint64_t room_fails = 20 * mebibyte;
constexpr std::int64_t certificate_warns_days = 14;

class Checkup {
 public:
  explicit Checkup(const Config& config) : config_(config), inspection_(config) {}

  std::vector<CheckResult> run() {
    configuration();
    certificate();
    key_file();
    keyring();
    store();
    servers();
    journal();
    clock();
    rooms();
    core_dumps();
    return std::move(results_);
  }

 private:
  void ok(std::string id, std::string detail) { results_.push_back({std::move(id), Verdict::ok, std::move(detail), {}, false}); }
  void warn(std::string id, std::string detail, std::string next) {
    results_.push_back({std::move(id), Verdict::warn, std::move(detail), std::move(next), false});
  }
  void wrong(std::string id, std::string detail, std::string next, bool is_configuration = false) {
    results_.push_back({std::move(id), Verdict::fail, std::move(detail), std::move(next), is_configuration});
  }

  void configuration();
  void certificate();
  void key_file();
  void keyring();
  void store();
  void stamp();
  void messages();
  void migrations(std::string id, sql::Database& database, std::string_view set);
  void servers();
  void journal();
  void clock();
  void rooms();
  void core_dumps();

  const Config& config_;
  Inspection inspection_;
  std::vector<CheckResult> results_;
  std::optional<Instant> last_known_;  // the latest time that the store or the journal has seen
  std::string last_known_by_;
};

void Checkup::configuration() {
  const std::string next = "Mend it in " + (config_.dir / "sealbook.toml").string() + ".";
  if (config_.mode != Mode::production) {
    ok("configuration", "The mode is " + std::string(to_text(config_.mode)) + "; the rules of production do not apply.");
    return;
  }
  const auto reasons = production_refusals(config_);
  for (const std::string& reason : reasons) wrong("configuration", reason, next, true);
  if (reasons.empty()) ok("configuration", "Nothing in it is refused in production.");
}

void Checkup::certificate() {
  if (config_.certificate.empty()) return;  // production refuses that by itself
  const auto context = net::make_server_context(config_.certificate.string(), config_.certificate_key.string());
  if (!context) {
    wrong("certificate", "It cannot be used: " + context.error().cause + ".", "Give the PEM files of listen.certificate and its key.");
    return;
  }
  const X509* leaf = SSL_CTX_get0_certificate(context->get());
  const Instant now = inspection_.clock().now();
  ASN1_TIME* const at = ASN1_TIME_set(nullptr, now.seconds());
  int days = 0, seconds = 0;
  const bool compared = leaf != nullptr && at != nullptr && ASN1_TIME_diff(&days, &seconds, at, X509_get0_notAfter(leaf)) == 1;
  ASN1_TIME_free(at);
  if (!compared) wrong("certificate", "Its end cannot be read.", "Give another certificate.");
  else if (days < 0 || seconds < 0) wrong("certificate", "It has expired.", "Renew it; a running server reads it at its next start.");
  else if (days < certificate_warns_days) warn("certificate", "It ends in " + std::to_string(days) + " days.", "Renew it.");
  else ok("certificate", "It fits its key and lasts " + std::to_string(days) + " days.");
}

void Checkup::key_file() {
  if (inspection_.key_error()) {
    wrong("key_file", inspection_.key_error()->detail, "Bring back the key file that this instance was made with.");
    return;
  }
  ok("key_file", "The root key " + inspection_.provider()->id() + " works.");
}

void Checkup::keyring() {
  if (inspection_.keyring_error()) {
    wrong("keyring", inspection_.keyring_error()->detail,
          config_.engine == EngineKind::postgres ? "See that keys.keyring_url names the right server, and that it runs."
                                                 : "Bring back the root key and the keyring that belong together.");
    return;
  }
  ok("keyring", "It opens with the root key and belongs to the environment \"" + config_.environment + "\".");
  migrations("keyring.migrations", *inspection_.keyring_database(), "keyring");
}

void Checkup::store() {
  if (inspection_.store_error()) {
    wrong("store", inspection_.store_error()->detail,
          config_.engine == EngineKind::postgres ? "See that store.url names the right server, and that it runs."
                                                 : "Bring back the store that belongs to this keyring.");
    return;
  }
  ok("store", "It opens.");
  migrations("store.migrations", *inspection_.database(), "");
  try {
    stamp();
    messages();
  } catch (const sql::EngineError& broken) {
    wrong("store.stamp", explain_engine(broken, "The store").detail, "Run `sealbook init` on an empty folder, or bring back the store.");
  }
}

void Checkup::stamp() {
  std::optional<storage::InstanceStamp> stamp;
  inspection_.database()->read([&](sql::Connection& connection) { stamp = storage::instance::find(connection); });
  if (!stamp) {
    wrong("store.stamp", "The store was never initialised.", "Run `sealbook init` on an empty folder.");
    return;
  }
  last_known_ = stamp->created;
  last_known_by_ = "the store was made";
  if (stamp->environment != config_.environment)
    wrong("store.stamp", "The store belongs to the environment \"" + stamp->environment + "\", the configuration to \"" +
          config_.environment + "\".", "Point store.file or store.url to this environment's store.");
  else if (stamp->mode != to_text(config_.mode))
    wrong("store.stamp", "The store was made in mode " + stamp->mode + ", the configuration says " +
          std::string(to_text(config_.mode)) + ".", "A store stays in the mode it was made in; make another with `sealbook init`.");
  else
    ok("store.stamp", "Environment \"" + stamp->environment + "\", mode " + stamp->mode + ".");
}

void Checkup::messages() {
  storage::MessageTotals totals;
  try {
    inspection_.database()->read([&](sql::Connection& connection) { totals = storage::count_messages(connection); });
  } catch (const sql::EngineError&) {
    return;  // a store of an older shape: `store.migrations` says so
  }
  ok("messages", std::to_string(totals.waiting) + " wait for their next try; at most " + std::to_string(totals.unsure) +
                     " were delivered twice, by a process that ended between handing over and recording.");
}

void Checkup::migrations(std::string id, sql::Database& database, std::string_view set) {
  try {
    const auto known = sql::embedded_migrations(database.engine(), set);
    const auto state = sql::schema_state(database, known);
    if (!state)
      wrong(std::move(id), state.error().detail, "Run the program that made it, or a newer one.");
    else if (!state->pending.empty())
      warn(std::move(id), std::to_string(state->pending.size()) + " migrations are pending.",
           "Take a backup, then run `sealbook migrate`; `sealbook serve` does the same.");
    else
      ok(std::move(id), "The store has the shape that this program knows.");
  } catch (const sql::EngineError& broken) {
    wrong(std::move(id), explain_engine(broken, "The store").detail, "See the line above.");
  }
}

void Checkup::servers() {
  if (config_.engine != EngineKind::postgres || !inspection_.database() || !inspection_.keyring_database()) return;
  const auto store = storage::system_identifier(*inspection_.database());
  const auto keyring = storage::system_identifier(*inspection_.keyring_database());
  const bool must = config_.mode == Mode::production;
  const std::string next = "Give the keyring a PostgreSQL server of its own.";
  if (!store || !keyring) {
    warn("servers", "Whether store and keyring are two servers cannot be told: the accounts may not ask.",
         "GRANT EXECUTE ON FUNCTION pg_control_system() to both accounts.");
  } else if (*store != *keyring) {
    ok("servers", "Store and keyring are on two PostgreSQL systems.");
  } else if (must) {
    wrong("servers", "Store and keyring are on one PostgreSQL system: who copies its disk has both.", next, true);
  } else {
    warn("servers", "Store and keyring are on one PostgreSQL system; production refuses that.", next);
  }
}

void Checkup::journal() {
  if (const std::string refusal = journal_refusal(config_); !refusal.empty())
    wrong("journal.writable", "The journal: " + refusal + ".", "Let the server's user write there; without a journal nothing is changed.");
  else
    ok("journal.writable", "The journal can be written.");
  const auto key = inspection_.journal_key();
  if (!key) return;
  auto tiles = open_tiles(inspection_, *key);
  if (!tiles) {
    wrong("journal.head", tiles.error().detail, "See that the journal's folder can be read.");
    return;
  }
  const JournalHead head = look_at_journal(**tiles, *key, inspection_.database());
  if (head.wrong) {
    wrong("journal.head", "The journal: " + *head.wrong + ".",
          "Keep the folder as it is for evidence, run `sealbook audit verify`, and bring back the newest copy.");
    return;
  }
  if (head.published_at && (!last_known_ || *head.published_at > *last_known_)) {
    last_known_ = head.published_at;
    last_known_by_ = "the journal was last published";
  }
  ok("journal.head", head.is_there ? std::to_string(head.publications) + " publications; the head is whole and signed."
                                   : "Nothing was published yet.");
  const auto beside = read_journal_key(config_);
  if (!beside) wrong("journal.key", beside.error().detail, "Remove the file; the next start writes it anew.");
  else if (*beside && (*beside)->key != key->key)
    wrong("journal.key", "journal.pub is not the key that the keyring's signing key belongs to.",
          "Find out who wrote it; verifiers that trust it would trust another journal.");
}

void Checkup::clock() {
  if (!last_known_) return;
  const Instant now = inspection_.clock().now();
  if (now < *last_known_)
    wrong("clock", "The clock was set back: it says " + now.text() + ", and " + last_known_by_ + " at " + last_known_->text() + ".",
          "Set the clock right (see that NTP runs) before the server writes times that are wrong.");
  else
    ok("clock", "It is not behind what the store and the journal know.");
}

void Checkup::rooms() {
  std::set<std::string> seen;
  std::vector<fs::path> places{config_.dir};
  if (config_.engine == EngineKind::embedded)
    places = {config_.store_file.parent_path(), config_.keyring_file.parent_path(), config_.audit_folder};
  for (fs::path place : places) {
    while (!fs::exists(place) && place != place.root_path()) place = place.parent_path();
    struct statvfs found{};
    if (!seen.insert(place.string()).second || ::statvfs(place.c_str(), &found) != 0) continue;
    const std::uint64_t room = static_cast<std::uint64_t>(found.f_bavail) * found.f_frsize;
    const std::string detail = std::to_string(room / mebibyte) + " MiB are free below " + place.string() + ".";
    if (room < room_fails) wrong("disk", detail, "Make room: a full disk refuses every change.");
    else if (room < room_warns) warn("disk", detail, "Make room soon.");
    else ok("disk", detail);
  }
}

// The server does the same to itself at start; here it is seen whether that works on this machine.
void Checkup::core_dumps() {
  rlimit core{};
  const bool limited = ::getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0;
  if (limited && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0) ok("core_dumps", "The process can leave no core file.");
  else wrong("core_dumps", "The process can be dumped: keys would be in the file.", "Set LimitCORE=0 in the service and see what hinders prctl.");
}

}  // namespace

std::vector<CheckResult> check_instance(const Config& config) { return Checkup(config).run(); }

}  // namespace sealbook::cli
