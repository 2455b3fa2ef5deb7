#include "security/audit/frozen_view.hpp"

#include <chrono>
#include <thread>

#include "security/audit/tile_store.hpp"

namespace sealbook::audit {
namespace {

constexpr int attempts = 100;
constexpr auto pause = std::chrono::milliseconds(20);

// Whether a publication may replace or remove the file. What is no file of a journal may as well.
bool may_change(const std::string& name) {
  const auto slash = name.find('/');
  if (slash == std::string::npos) return true;
  const auto tile = parse_tile_path(std::string_view(name).substr(slash + 1));
  return !tile || tile->width < tile_width;
}

// What tells one publication from the next: the last thing that each of them puts in place.
Result<Bytes> mark_of(JournalView& view) {
  Bytes mark;
  TRY(found, view.read(std::string(logs_log) + "/checkpoint", mark));
  if (!found) mark.clear();
  mark.push_back(view.is_under_way() ? 1 : 0);
  return mark;
}

}  // namespace

Result<std::unique_ptr<FrozenView>> FrozenView::capture(const Open& open) {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(pause);
    std::unique_ptr<FrozenView> frozen(new FrozenView);
    TRY(still, frozen->take(open));
    if (still) return frozen;
  }
  return fail(ErrorCode::unavailable, "The journal is published to faster than it can be read; try again.");
}

Result<bool> FrozenView::take(const Open& open) {
  TRY(view, open());
  TRY(before, mark_of(*view));
  TRY(names, view->names());
  for (const std::string& name : names) {
    if (!may_change(name)) continue;
    Bytes bytes;
    const auto found = view->read(name, bytes);
    if (found && !*found) return false;
    // What cannot be read is left to the check, which names it.
    if (found) kept_.emplace(name, std::move(bytes));
  }
  TRY(again, open());
  TRY(after, mark_of(*again));
  names_ = std::move(names);
  view_ = std::move(view);
  return before == after;
}

Result<bool> FrozenView::read(const std::string& name, Bytes& out) {
  if (const auto kept = kept_.find(name); kept != kept_.end()) {
    out = kept->second;
    return true;
  }
  return view_->read(name, out);
}

}  // namespace sealbook::audit
