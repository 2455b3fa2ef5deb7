#include "security/audit/publisher.hpp"

#include <algorithm>

#include "security/audit/proofs.hpp"

namespace sealbook::audit {
namespace {

std::unexpected<Error> refused(std::string_view log, std::string_view what) {
  return fail(ErrorCode::integrity, "The journal's log " + std::string(log) + ": " + std::string(what) + ".");
}

}  // namespace

Publisher::Publisher(TileStore& tiles, const CheckpointSigner& signer, const Clock& clock)
    : tiles_(tiles), signer_(signer), clock_(clock) {}

std::uint64_t Publisher::now_after(std::uint64_t last) const {
  return std::max(last, static_cast<std::uint64_t>(std::max<std::int64_t>(0, clock_.now().micros())));
}

Result<void> Publisher::open(const std::optional<std::string>& remembered) {
  tails_.clear();
  published_size_.clear();
  last_.clear();
  logs_ = LogTail(std::string(logs_log), LogTail::Bodies::none);
  last_published_ = 0;
  ENSURE(tiles_.recover());
  TRY(text, tiles_.checkpoint(logs_log));
  if (text) {
    TRY(checkpoint, open_checkpoint_exactly(*text, signer_.key_of(logs_log)));
    ENSURE(logs_.load(tiles_, checkpoint.size, checkpoint.root));
    if (checkpoint.size > 0) {
      TRY(last, parse_publication(logs_.last_entry()));
      last_published_ = last.published_at;
    }
  }
  unread_below_ = logs_.size();
  if (remembered) ENSURE(check_remembered(*remembered, logs_.size()));
  return {};
}

Result<void> Publisher::check_remembered(const std::string& remembered, std::uint64_t size) {
  TRY(known, open_checkpoint(remembered, signer_.key_of(logs_log)));
  if (known.size > size) return refused(logs_log, "these files are older than what the store has seen (log_rollback)");
  TRY(root, root_at(tiles_, logs_log, known.size));
  if (root != known.root) return refused(logs_log, "these files are not those that the store has seen");
  return {};
}

Result<std::optional<Publication>> Publisher::last_publication(const std::string& log) {
  while (!last_.contains(log) && unread_below_ > 0) {
    const std::uint64_t index = (unread_below_ - 1) / tile_width;
    const auto width = static_cast<unsigned>(unread_below_ - index * tile_width);
    TRY(bundle, tiles_.read(logs_log, {TileKind::entries, 0, index}, width));
    if (!bundle) return refused(logs_log, "an entry bundle is missing");
    std::vector<ByteView> entries;
    ENSURE(split_entries(*bundle, width, entries));
    for (auto it = entries.rbegin(); it != entries.rend(); ++it) {
      TRY(publication, parse_publication(*it));
      last_.try_emplace(publication.log, publication);
    }
    unread_below_ = index * tile_width;
  }
  const auto found = last_.find(log);
  return found == last_.end() ? std::nullopt : std::optional(found->second);
}

Result<LogTail*> Publisher::tail(const TenantId& tenant) {
  const std::string log = log_name(tenant);
  if (const auto found = tails_.find(log); found != tails_.end()) return &found->second;
  TRY(last, last_publication(log));
  TRY(text, tiles_.checkpoint(log));
  if (text.has_value() != last.has_value())
    return refused(log, text ? "the log of logs does not know it" : "its checkpoint is missing");
  LogTail tail(log, LogTail::Bodies::beside);
  if (text) {
    TRY(checkpoint, open_checkpoint_exactly(*text, signer_.key_of(log)));
    if (checkpoint.size != last->size || checkpoint.root != last->root)
      return refused(log, "its checkpoint is not the one that was published last");
    ENSURE(tail.load(tiles_, checkpoint.size, checkpoint.root));
    if (tail.chain() != last->bodies) return refused(log, "its bodies are not those that were published");
  }
  published_size_[log] = tail.size();
  return &tails_.emplace(log, std::move(tail)).first->second;
}

void Publisher::append(LogTail& log, const PreparedEntry& entry) {
  log.append(entry.entry, {entry.id, now_after(log.last_time()), entry.sealed});
}

Result<std::optional<std::string>> Publisher::publish() {
  std::vector<TileWrite> tiles;
  std::vector<CheckpointWrite> checkpoints;
  const std::uint64_t now = now_after(last_published_ + 1);  // leaves of one time are one publication
  std::vector<LogTail*> changed;
  for (auto& [name, tail] : tails_) {
    if (tail.size() == published_size_[name]) continue;
    tail.take_tiles(tiles);
    const Publication leaf{name, tail.size(), tail.root(), tail.chain(), now};
    logs_.append(encode(leaf));
    last_[name] = leaf;
    changed.push_back(&tail);
  }
  if (changed.empty()) return std::nullopt;
  logs_.take_tiles(tiles);
  ENSURE(tiles_.stage(tiles));
  // Signed only now: everything that the signatures cover is durable.
  for (const LogTail* tail : changed)
    checkpoints.push_back({tail->log(), signer_.sign(tail->log(), tail->size(), tail->root())});
  checkpoints.push_back({std::string(logs_log), signer_.sign(logs_log, logs_.size(), logs_.root())});
  ENSURE(tiles_.publish(checkpoints));
  for (const LogTail* tail : changed) published_size_[tail->log()] = tail->size();
  last_published_ = now;
  return checkpoints.back().text;
}

}  // namespace sealbook::audit
