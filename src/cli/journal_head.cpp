#include "cli/journal_head.hpp"

#include <unistd.h>

#include <set>

#include "security/audit/bundle.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/proofs.hpp"
#include "storage/tables/journal.hpp"

namespace sealbook::cli {
namespace {

using audit::Checkpoint;
namespace fs = std::filesystem;

class HeadCheck {
 public:
  HeadCheck(audit::TileStore& tiles, const audit::NoteKey& key, JournalHead& head) : tiles_(tiles), key_(key), head_(head) {}

  Result<void> run(const std::optional<std::string>& remembered) {
    const std::string logs(audit::logs_log);
    TRY(text, tiles_.checkpoint(logs));
    if (!text) {
      if (remembered) return wrong("it is gone, and the store knows that it was published");
      return {};
    }
    head_.is_there = true;
    TRY(present, checkpoint(logs, *text));
    if (remembered) ENSURE(compare(present, *remembered));
    ENSURE(check_root(logs, present));
    head_.publications = present.size;
    return check_logs(present.size);
  }

 private:
  static std::unexpected<Error> wrong(std::string what) { return fail(ErrorCode::integrity, std::move(what)); }

  Result<Checkpoint> checkpoint(const std::string& log, std::string_view text) {
    const auto opened = audit::open_checkpoint(text, audit::log_key(key_, log));
    if (!opened) return wrong("the checkpoint of " + log + " does not verify with this instance's key");
    return *opened;
  }

  Result<void> check_root(const std::string& log, const Checkpoint& present) {
    const auto root = audit::root_at(tiles_, log, present.size);
    if (!root || *root != present.root) return wrong("the tiles of " + log + " do not give the root that its checkpoint signs");
    return {};
  }

  // The files may be newer than what the store remembers, never older.
  Result<void> compare(const Checkpoint& present, const std::string& remembered) {
    TRY(known, checkpoint(std::string(audit::logs_log), remembered));
    if (known.size > present.size)
      return wrong("it is older than the store remembers (" + std::to_string(present.size) + " publications, not " +
                   std::to_string(known.size) + "): an older state was put in its place");
    const auto root = audit::root_at(tiles_, audit::logs_log, known.size);
    if (!root || *root != known.root) return wrong("it does not continue what the store remembers");
    return {};
  }

  // The publications of the last bundle: each log named there is looked at once.
  Result<void> check_logs(std::uint64_t size) {
    if (size == 0) return {};
    const audit::TileKey last{audit::TileKind::entries, 0, (size - 1) / audit::tile_width};
    const unsigned width = audit::tile_width_at(last, size);
    TRY(bundle, tiles_.read(audit::logs_log, last, width));
    std::vector<ByteView> leaves;
    if (!bundle || !audit::split_entries(*bundle, width, leaves)) return wrong("the newest publications cannot be read");
    std::set<std::string> seen;
    for (auto leaf = leaves.rbegin(); leaf != leaves.rend(); ++leaf) {
      const auto publication = audit::parse_publication(*leaf);
      if (!publication) return wrong("the newest publications cannot be read");
      if (!head_.published_at)
        head_.published_at = Instant::from_micros(static_cast<std::int64_t>(publication->published_at));
      if (seen.insert(publication->log).second) ENSURE(check_log(*publication));
    }
    return {};
  }

  Result<void> check_log(const audit::Publication& publication) {
    const std::string& log = publication.log;
    TRY(text, tiles_.checkpoint(log));
    if (!text) return wrong("the checkpoint of " + log + " is gone");
    TRY(present, checkpoint(log, *text));
    // Beside a running server it may have grown since the log of logs was read.
    if (present.size < publication.size) return wrong("the checkpoint of " + log + " is not the one that was published last");
    ENSURE(check_root(log, present));
    if (present.size > 0 && !audit::read_records(tiles_, log, present.size - 1, present.size))
      return wrong("the newest bundle of " + log + " cannot be read");
    return {};
  }

  audit::TileStore& tiles_;
  const audit::NoteKey& key_;
  JournalHead& head_;
};

}  // namespace

JournalHead look_at_journal(audit::TileStore& tiles, const audit::NoteKey& key, sql::Database* database) {
  JournalHead head;
  // Read before the tiles: those may only be newer.
  std::optional<std::string> remembered;
  if (database != nullptr)
    if (auto known = storage::JournalRows(*database).last_checkpoint()) remembered = std::move(*known);
  if (const auto looked = HeadCheck(tiles, key, head).run(remembered); !looked) head.wrong = looked.error().detail;
  return head;
}

std::string journal_refusal(const Config& config) {
  if (config.engine != EngineKind::embedded) return {};  // rows of the store
  fs::path folder = config.audit_folder;
  while (!fs::exists(folder) && folder != folder.root_path()) folder = folder.parent_path();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) return folder.string() + " cannot be written";
  // A publication is got ready beside the folder, and renamed into it.
  const fs::path beside = config.audit_folder.parent_path();
  if (fs::exists(beside) && ::access(beside.c_str(), W_OK | X_OK) != 0) return beside.string() + " cannot be written";
  return {};
}

}  // namespace sealbook::cli
