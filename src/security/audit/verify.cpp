#include "security/audit/verify.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "security/audit/entry.hpp"
#include "security/audit/frozen_view.hpp"
#include "security/audit/log_check.hpp"
#include "security/audit/staging.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {
namespace {

class JournalCheck {
 public:
  JournalCheck(JournalView& view, const NoteKey& key, const VerifyOptions& options)
      : view_(view), key_(key), options_(options) {}

  Result<VerifyReport> run();

 private:
  struct Published {
    std::vector<KnownRoot> roots;     // ascending
    std::uint64_t before_last = 0;    // the size before the last publication
  };

  Result<void> read_pinned();
  std::optional<Finding> check_names();
  std::optional<Finding> check_logs();
  std::optional<Finding> check_log(const std::string& log, const Published& published);
  std::optional<Finding> check_leftovers();
  std::optional<Finding> run_log(LogCheck& check, const std::string& log, const std::vector<KnownRoot>& known);
  Result<Checkpoint> checkpoint_of(const std::string& log);
  Result<void> take_publication(ByteView entry);
  std::optional<Finding> weave_pinned(const std::string& log, std::vector<KnownRoot>& known);
  bool is_older_than_its_files(const std::string& log, std::uint64_t size) const;
  bool is_narrower_leftover(const std::string& name);

  JournalView& view_;
  const NoteKey& key_;
  const VerifyOptions& options_;
  VerifyReport report_;
  std::unordered_set<std::string> unused_;
  std::map<std::string, std::vector<Checkpoint>> pinned_;  // by log
  std::map<std::string, Published> published_;             // by log, from the log of logs
  std::uint64_t last_round_ = 0;
  std::uint64_t logs_size_ = 0;
  std::uint64_t logs_before_last_ = 0;
  std::uint64_t all_entries_ = 0;
};

Result<void> JournalCheck::read_pinned() {
  for (const std::string& text : options_.pinned) {
    TRY(note, parse_note(text));
    TRY(unsigned_checkpoint, parse_checkpoint_text(note.text));
    const std::string prefix = key_.name + "/";
    if (!unsigned_checkpoint.origin.starts_with(prefix))
      return fail(ErrorCode::invalid, "A pinned checkpoint belongs to another instance.");
    const std::string log = unsigned_checkpoint.origin.substr(prefix.size());
    TRY(checkpoint, open_checkpoint(text, log_key(key_, log)));
    pinned_[log].push_back(checkpoint);
  }
  for (auto& [log, checkpoints] : pinned_) std::ranges::sort(checkpoints, {}, &Checkpoint::size);
  return {};
}

Result<VerifyReport> JournalCheck::run() {
  ENSURE(read_pinned());
  report_.was_under_way = view_.is_under_way();
  TRY(names, view_.names());
  unused_.insert(names.begin(), names.end());
  if (unused_.empty() && options_.may_be_empty && pinned_.empty()) return report_;
  // The first thing wrong ends the search.
  report_.wrong = check_names();
  if (!report_.wrong) report_.wrong = check_logs();
  if (!report_.wrong)
    for (const auto& [log, published] : published_) all_entries_ += published.roots.back().size;
  for (const auto& [log, published] : published_)
    if (!report_.wrong) report_.wrong = check_log(log, published);
  for (const auto& [log, checkpoints] : pinned_)
    if (!report_.wrong && log != logs_log && !published_.contains(log))
      report_.wrong = Finding{log + "/checkpoint", 0, std::nullopt, "is older than a pinned checkpoint: the log is gone"};
  if (!report_.wrong) report_.wrong = check_leftovers();
  // The log of logs was read first, and is listed last, as the one that covers the others.
  if (!report_.logs.empty()) std::ranges::rotate(report_.logs, report_.logs.begin() + 1);
  return report_;
}

std::optional<Finding> JournalCheck::check_names() {
  std::vector<std::string> strange;
  for (const std::string& name : unused_)
    if (!is_journal_name(name)) strange.push_back(name);
  if (strange.empty()) return std::nullopt;
  return Finding{std::ranges::min(strange), std::nullopt, std::nullopt, "is not a file of a journal"};
}

Result<Checkpoint> JournalCheck::checkpoint_of(const std::string& log) {
  const std::string name = log + "/checkpoint";
  Bytes text;
  TRY(found, view_.read(name, text));
  if (!found) return fail(ErrorCode::integrity, "is missing");
  unused_.erase(name);
  report_.bytes += text.size();
  return open_checkpoint_exactly(as_text(text), log_key(key_, log));
}

// Lays the pinned checkpoints of a log between the roots that are known anyway.
std::optional<Finding> JournalCheck::weave_pinned(const std::string& log, std::vector<KnownRoot>& known) {
  const std::uint64_t size = known.back().size;
  for (const Checkpoint& pinned : pinned_[log]) {
    if (pinned.size > size)
      return Finding{log + "/checkpoint", size, pinned.size - 1, "is older than a pinned checkpoint: entries are gone"};
    const auto at = std::ranges::upper_bound(known, pinned.size, {}, &KnownRoot::size);
    // Before the last one, which says where the log ends.
    known.insert(at == known.end() ? at - 1 : at, {pinned.size, pinned.root, std::nullopt, "a pinned checkpoint"});
  }
  return std::nullopt;
}

std::optional<Finding> JournalCheck::run_log(LogCheck& check, const std::string& log,
                                             const std::vector<KnownRoot>& known) {
  check.on_file = [this](const std::string& name, std::size_t bytes) {
    unused_.erase(name);
    report_.bytes += bytes;
  };
  if (auto wrong = check.run(known)) return wrong;
  report_.logs.push_back({log, known.back().size, known.back().root});
  return std::nullopt;
}

Result<void> JournalCheck::take_publication(ByteView entry) {
  TRY(leaf, parse_publication(entry));
  if (leaf.log == logs_log || !is_journal_name(leaf.log + "/checkpoint"))
    return fail(ErrorCode::integrity, "names a log that cannot be");
  if (leaf.published_at < last_round_) return fail(ErrorCode::integrity, "goes back in time");
  if (leaf.published_at > last_round_) logs_before_last_ = report_.publications;
  last_round_ = leaf.published_at;
  Published& log = published_[leaf.log];
  if (!log.roots.empty() && leaf.size <= log.roots.back().size)
    return fail(ErrorCode::integrity, "publishes a log that did not grow");
  log.before_last = log.roots.empty() ? 0 : log.roots.back().size;
  log.roots.push_back({leaf.size, leaf.root, leaf.bodies, "publication " + std::to_string(report_.publications)});
  ++report_.publications;
  return {};
}

// Tells a checkpoint that was put back from tiles that are gone: the bundle that it needs is missing,
// and there are wider ones.
bool JournalCheck::is_older_than_its_files(const std::string& log, std::uint64_t size) const {
  if (size == 0) return false;
  const TileKey last{TileKind::entries, 0, (size - 1) / tile_width};
  if (unused_.contains(log + "/" + tile_path(last, tile_width_at(last, size)))) return false;
  return std::ranges::any_of(unused_, [&](const std::string& name) {
    if (!name.starts_with(log + "/")) return false;
    const auto tile = parse_tile_path(std::string_view(name).substr(log.size() + 1));
    return tile && tile->key.kind == TileKind::entries && tile->key.index * tile_width + tile->width > size;
  });
}

std::optional<Finding> JournalCheck::check_logs() {
  const std::string log(logs_log);
  const auto checkpoint = checkpoint_of(log);
  if (!checkpoint) return Finding{log + "/checkpoint", std::nullopt, std::nullopt, checkpoint.error().detail};
  logs_size_ = checkpoint->size;
  std::vector<KnownRoot> known{{checkpoint->size, checkpoint->root, std::nullopt, "its checkpoint"}};
  if (auto wrong = weave_pinned(log, known)) return wrong;
  if (is_older_than_its_files(log, checkpoint->size))
    return Finding{log + "/checkpoint", checkpoint->size, std::nullopt, "is older than the tiles beside it"};
  LogCheck check(view_, log, LogTail::Bodies::none);
  check.on_entry = [this](ByteView entry) { return take_publication(entry); };
  return run_log(check, log, known);
}

std::optional<Finding> JournalCheck::check_log(const std::string& log, const Published& published) {
  const auto checkpoint = checkpoint_of(log);
  const std::string name = log + "/checkpoint";
  if (!checkpoint) return Finding{name, std::nullopt, std::nullopt, checkpoint.error().detail};
  const KnownRoot& last = published.roots.back();
  if (checkpoint->size != last.size || checkpoint->root != last.root)
    return Finding{name, std::min(checkpoint->size, last.size), std::nullopt, "is not the one that was published last"};
  std::vector<KnownRoot> known = published.roots;
  if (auto wrong = weave_pinned(log, known)) return wrong;
  LogCheck check(view_, log, LogTail::Bodies::beside);
  if (!log_tenant(log)) return Finding{name, std::nullopt, std::nullopt, "is of a log that cannot be"};
  check.on_entry = [](ByteView entry) -> Result<void> {
    if (entry.size() == tree_entry_size && as_text(entry.first(5)) == "sbal1") return {};
    return fail(ErrorCode::integrity, "is not an entry of a journal");
  };
  const std::uint64_t before = report_.entries;
  if (options_.progress) check.on_bundle = [&](std::uint64_t done) { options_.progress(before + done, all_entries_); };
  if (auto wrong = run_log(check, log, known)) return wrong;
  report_.entries += last.size;
  return std::nullopt;
}

// Whatever was not needed has no business being there, but for the narrower tiles that a publication
// under way was about to remove; their bytes follow from the wider ones.
std::optional<Finding> JournalCheck::check_leftovers() {
  std::vector<std::string> extra;
  for (const std::string& name : unused_)
    if (!report_.was_under_way || !is_narrower_leftover(name)) extra.push_back(name);
  if (extra.empty()) return std::nullopt;
  return Finding{std::ranges::min(extra), std::nullopt, std::nullopt, "does not belong to the journal"};
}

bool JournalCheck::is_narrower_leftover(const std::string& name) {
  const auto slash = name.find('/');
  const std::string log = name.substr(0, slash);
  const auto tile = parse_tile_path(std::string_view(name).substr(slash + 1));
  if (!tile || tile->width == tile_width) return false;
  const auto found = published_.find(log);
  const bool is_logs = log == logs_log;
  if (!is_logs && found == published_.end()) return false;
  const std::uint64_t before = is_logs ? logs_before_last_ : found->second.before_last;
  const std::uint64_t now = is_logs ? logs_size_ : found->second.roots.back().size;
  if (tile_width_at(tile->key, before) != tile->width) return false;
  Bytes narrow, wide;
  const auto is_there = view_.read(name, narrow);
  const auto is_wide = view_.read(log + "/" + tile_path(tile->key, tile_width_at(tile->key, now)), wide);
  if (!is_there || !*is_there || !is_wide || !*is_wide) return false;
  if (!wide.empty() && narrow.size() > wide.size()) return false;
  if (!std::equal(narrow.begin(), narrow.end(), wide.begin())) return false;
  report_.bytes += narrow.size();
  if (tile->key.kind == TileKind::hashes) return narrow.size() == tile->width * 32U;
  std::vector<ByteView> entries;
  std::vector<BodyRecord> records;
  Hash256 chain;
  const auto used = tile->key.kind == TileKind::entries ? split_entries(narrow, tile->width, entries)
                                                        : split_bodies(narrow, tile->width, chain, records);
  return used && *used == narrow.size();
}

}  // namespace

std::string to_text(const Finding& finding) {
  std::string out = finding.file;
  if (finding.first_index && finding.last_index && *finding.first_index != *finding.last_index)
    out += ", entries " + std::to_string(*finding.first_index) + " to " + std::to_string(*finding.last_index);
  else if (finding.first_index)
    out += ", entry " + std::to_string(*finding.first_index);
  out += ": " + finding.what;
  if (finding.proven > 0) out += " (the entries before " + std::to_string(finding.proven) + " are proven)";
  return out;
}

Result<VerifyReport> verify_journal(JournalView& view, const NoteKey& instance_key,
                                    const VerifyOptions& options) {
  return JournalCheck(view, instance_key, options).run();
}

Result<VerifyReport> verify_folder(const std::filesystem::path& folder, const NoteKey& instance_key,
                                   const VerifyOptions& options) {
  // Held still, because a server may be publishing to it meanwhile.
  TRY(view, FrozenView::capture([&]() -> Result<std::unique_ptr<JournalView>> {
        return std::make_unique<FolderView>(folder, instance_key);
      }));
  return verify_journal(*view, instance_key, options);
}

}  // namespace sealbook::audit
