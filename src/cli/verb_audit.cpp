#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "cli/exit_codes.hpp"
#include "cli/instance.hpp"
#include "cli/journal_files.hpp"
#include "cli/server.hpp"
#include "cli/verbs.hpp"
#include "security/audit/verify_bodies.hpp"
#include "security/crypto/sbe1.hpp"
#include "storage/tables/journal.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

int cannot(const Error& error, int code) {
  std::cerr << "sealbook audit verify: " << error.detail << "\n";
  for (const FieldError& field : error.fields) std::cerr << "  " << field.pointer << ": " << field.detail << "\n";
  return code;
}

int wrong(const std::string& what) {
  std::cerr << "WRONG: " << what << "\n";
  return exit_found_wrong;
}

// Shows how far it is once it has taken two seconds, five times a second.
class ProgressLine {
 public:
  void show(std::uint64_t done, std::uint64_t all) {
    const auto now = Steady::now();
    if (now - began_ < std::chrono::seconds(2) || now - shown_ < std::chrono::milliseconds(200)) return;
    shown_ = now;
    is_shown_ = true;
    std::cerr << "\rverifying " << done << "/" << all << " entries" << std::flush;
  }
  ~ProgressLine() {
    if (is_shown_) std::cerr << "\n";
  }

 private:
  using Steady = std::chrono::steady_clock;
  Steady::time_point began_ = Steady::now();
  Steady::time_point shown_{};
  bool is_shown_ = false;
};

// A folder of a journal and its public key are enough: the configuration may be lost.
Result<Config> config_of(const fs::path& dir) {
  auto config = load_config(dir);
  if (config || config.error().code != ErrorCode::not_found) return config;
  Config guessed = default_config(dir);
  if (fs::exists(guessed.audit_folder) && fs::exists(journal_key_file(guessed))) return guessed;
  return config;
}

// The keyring's word stands above the file's: who could replace the journal could replace the file.
Result<audit::NoteKey> key_of(Inspection& inspection) {
  TRY(written, read_journal_key(inspection.config()));
  const auto kept = inspection.journal_key();
  if (kept && written && kept->key != written->key)
    return fail(ErrorCode::integrity, journal_key_file(inspection.config()).string() +
                                          ": is not the key that the keyring's signing key belongs to");
  if (kept) return *kept;
  if (written) return *written;
  return fail(ErrorCode::not_found, "There is no journal.pub in that folder, and the keyring stays closed: " +
                                        (inspection.key_error() ? *inspection.key_error() : *inspection.keyring_error()).detail);
}

Result<std::vector<std::string>> read_pinned(const std::vector<fs::path>& files) {
  std::vector<std::string> pinned;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(ErrorCode::not_found, "The checkpoint " + file.string() + " cannot be read.");
    pinned.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return pinned;
}

class JournalVerification {
 public:
  JournalVerification(Inspection& inspection, const audit::NoteKey& key) : inspection_(inspection), key_(key) {}

  Result<int> run(const AuditVerifyOptions& options, std::vector<std::string> pinned);

 private:
  Result<audit::VerifyOptions> what_the_store_remembers(std::vector<std::string> pinned) const;
  Result<std::optional<std::string>> check_bodies(audit::JournalView& view, const WaitingEntries* waiting);
  const crypto::DataKey* audit_key(const TenantId& log, ByteView sealed);
  void print(const audit::VerifyReport& report, const Result<WaitingEntries>& waiting) const;

  Inspection& inspection_;
  const audit::NoteKey& key_;
  std::map<TenantId, std::shared_ptr<const keys::TenantKeys>> tenants_;
};

// The store's last checkpoint is as good as one kept elsewhere; a store without one never published.
Result<audit::VerifyOptions> JournalVerification::what_the_store_remembers(std::vector<std::string> pinned) const {
  audit::VerifyOptions options;
  options.pinned = std::move(pinned);
  if (inspection_.database() == nullptr) return options;
  auto remembered = storage::JournalRows(*inspection_.database()).last_checkpoint();
  if (!remembered) return options;  // the journal is judged without it, and the summary says so
  options.may_be_empty = !*remembered;
  if (*remembered) options.pinned.push_back(std::move(**remembered));
  return options;
}

Result<int> JournalVerification::run(const AuditVerifyOptions& wanted, std::vector<std::string> pinned) {
  // What the store remembers is read first: the files may only be newer.
  TRY(options, what_the_store_remembers(std::move(pinned)));
  TRY(view, freeze_journal(inspection_, key_));
  audit::VerifyReport report;
  {
    ProgressLine line;
    options.progress = [&line](std::uint64_t done, std::uint64_t all) { line.show(done, all); };
    TRY(verified, audit::verify_journal(*view, key_, options));
    report = std::move(verified);
  }
  if (report.wrong) return wrong(audit::to_text(*report.wrong));
  const auto waiting = waiting_entries(inspection_, *view, key_);
  if (wanted.bodies) {
    TRY(found, check_bodies(*view, waiting ? &*waiting : nullptr));
    if (found) return wrong(*found);
  }
  print(report, waiting);
  if (wanted.bodies) std::cout << "Every body opens and belongs to its place.\n";
  std::cout << report.entries + (waiting ? waiting->count : 0) << "\n";
  return exit_ok;
}

const crypto::DataKey* JournalVerification::audit_key(const TenantId& log, ByteView sealed) {
  const auto header = crypto::parse_header(sealed);
  if (!header) return nullptr;
  if (log.is_nil()) return inspection_.keyring()->instance().audit().find(header->key_id);
  auto& tenant = tenants_[log];
  if (!tenant)
    if (auto found = inspection_.keyring()->tenant(log)) tenant = std::move(*found);
  return tenant ? tenant->audit().find(header->key_id) : nullptr;
}

// The first body that is wrong, in words.
Result<std::optional<std::string>> JournalVerification::check_bodies(audit::JournalView& view, const WaitingEntries* waiting) {
  if (inspection_.keyring() == nullptr)
    return fail(ErrorCode::unavailable, "Bodies cannot be opened. " + inspection_.keyring_error()->detail);
  const auto& environment = inspection_.config().environment;
  TRY(report, audit::verify_bodies(view, key_, environment,
                                   [this](const TenantId& log, ByteView sealed) { return audit_key(log, sealed); }));
  if (report.wrong) return std::optional(audit::to_text(*report.wrong));
  if (waiting == nullptr) return std::optional<std::string>();
  for (const auto& [log, committed] : waiting->entries) {
    const audit::PreparedEntry& entry = *committed.entry;
    const crypto::DataKey* key = audit_key(log, entry.sealed);
    if (key == nullptr || !audit::open_entry(entry.id, entry.entry, entry.sealed, *key, {environment, log}))
      return std::optional("the waiting entry " + entry.id.text() + " of " + audit::log_name(log) + " does not open");
  }
  return std::optional<std::string>();
}

void JournalVerification::print(const audit::VerifyReport& report, const Result<WaitingEntries>& waiting) const {
  for (const audit::LogReport& log : report.logs)
    std::cout << log.log << ": " << log.entries << (log.log == audit::logs_log ? " publications" : " entries") << ", root "
              << to_base64(log.root) << "\n";
  if (report.logs.empty()) std::cout << "Nothing was ever published.\n";
  if (report.was_under_way) std::cout << "A publication was under way; it was read as finished.\n";
  if (!waiting)
    std::cout << "Entries that wait in the store could not be counted. " << waiting.error().detail << "\n";
  else if (waiting->count > 0)
    std::cout << waiting->count << " entries are committed and wait in the store for their place in a log.\n";
  std::cout << "Entries, waiting ones included:\n";
}

}  // namespace

int audit_verify(const AuditVerifyOptions& options) {
  harden_process();
  const auto config = config_of(options.dir);
  if (!config) return cannot(config.error(), config.error().code == ErrorCode::not_found ? exit_no_input : exit_config);
  auto pinned = read_pinned(options.since);
  if (!pinned) return cannot(pinned.error(), exit_no_input);
  Inspection inspection(*config);
  const auto key = key_of(inspection);
  if (!key) {
    if (key.error().code == ErrorCode::integrity) return wrong(key.error().detail);
    return cannot(key.error(), exit_no_input);
  }
  try {
    const auto code = JournalVerification(inspection, *key).run(options, std::move(*pinned));
    if (code) return *code;
    if (code.error().code == ErrorCode::integrity) return wrong(code.error().detail);
    return cannot(code.error(), code.error().code == ErrorCode::invalid ? exit_usage : exit_unavailable);
  } catch (const sql::EngineError& broken) {
    return cannot(explain_engine(broken, "The store"), exit_unavailable);
  }
}

}  // namespace sealbook::cli
