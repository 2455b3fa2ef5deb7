// The two ends of a Volume: reading the backing folder, and writing back what survives.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "volume.hpp"

namespace powercut {
namespace {

namespace fs = std::filesystem;

// Both lie in the backing folder, to be on its file system.
constexpr std::string_view objects_name = ".powercut";      // files made since the mount
constexpr std::string_view survivors_name = ".powercut-new";  // the tree that is to replace the old

[[noreturn]] void broken(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void check(int result, const std::string& what) {
  if (result != 0) broken(what);
}

void take_attributes(Node& node, const struct stat& from) {
  node.mode = from.st_mode;
  node.uid = from.st_uid;
  node.gid = from.st_gid;
  node.accessed = from.st_atim;
  node.modified = from.st_mtim;
  node.changed = from.st_ctim;
}

void give_attributes(const Node& node, const std::string& path) {
  check(::lchown(path.c_str(), node.uid, node.gid), path);
  if (!S_ISLNK(node.mode)) check(::chmod(path.c_str(), node.mode & 07777U), path);
  const timespec times[2] = {node.accessed, node.modified};
  check(::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW), path);
}

std::string counts(const PagesSettled& s) {
  std::string text = std::to_string(s.unsynced) + " unsynced pages: " + std::to_string(s.kept) + " kept, " +
                     std::to_string(s.dropped) + " dropped, " + std::to_string(s.older) + " older, " +
                     std::to_string(s.torn) + " torn";
  if (s.size_before != s.size_after)
    text += "; size " + std::to_string(s.size_after) + " instead of " + std::to_string(s.size_before);
  return text;
}

}  // namespace

Volume::Volume(std::string backing, VolumeRules rules) : backing_(std::move(backing)), rules_(rules) {
  for (const auto name : {objects_name, survivors_name}) fs::remove_all(backing_ + "/" + std::string(name));
  auto& root = add(S_IFDIR | 0755, ::getuid(), ::getgid());
  root.parent = root_node;
  load(root, backing_);
  fs::create_directory(backing_ + "/" + std::string(objects_name));
}

void Volume::load(Node& folder, const std::string& path) {
  struct stat own {};
  check(::stat(path.c_str(), &own), path);
  take_attributes(folder, own);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path)) names.push_back(entry.path().filename());
  std::ranges::sort(names);  // so that a seed gives the same cut
  for (const auto& name : names) {
    const auto below = path + "/" + name;
    struct stat found {};
    check(::lstat(below.c_str(), &found), below);
    if (!S_ISDIR(found.st_mode) && !S_ISREG(found.st_mode) && !S_ISLNK(found.st_mode)) continue;
    auto& node = add(found.st_mode, found.st_uid, found.st_gid);
    take_attributes(node, found);
    node.parent = folder.id;
    folder.entries.emplace(name, node.id);
    names_.seed(folder.id, name, node.id);
    if (S_ISREG(found.st_mode)) node.pages = std::make_unique<FilePages>(below);
    if (S_ISLNK(found.st_mode)) node.target = fs::read_symlink(below);
    if (S_ISDIR(found.st_mode)) load(node, below);
  }
}

std::string Volume::path_of(NodeId folder, const std::string& name) {
  const auto* node = find(folder);
  if (!node || folder == root_node) return name;
  const auto* parent = find(node->parent);
  if (!parent) return name;
  for (const auto& [own_name, id] : parent->entries)
    if (id == folder) return path_of(parent->id, own_name) + "/" + name;
  const auto known = last_path_.find(folder);
  return (known == last_path_.end() ? "?" : known->second) + "/" + name;
}

void Volume::settle_files(Luck& luck, CutReport& report) {
  for (auto& [id, node] : nodes_)
    if (node.is_folder())
      for (const auto& [name, below] : node.entries) last_path_[below] = path_of(id, name);
  for (auto& [id, node] : nodes_) {
    if (!node.pages || !node.pages->has_unsynced()) continue;
    const auto sum = node.pages->settle(luck);
    report.lines.push_back(last_path_[id] + ": " + counts(sum));
    report.pages_unsynced += sum.unsynced;
    report.pages_kept += sum.kept;
    report.pages_lost += sum.dropped + sum.older + sum.torn;
    report.pages_torn += sum.torn;
    report.sizes_lost += sum.size_before != sum.size_after ? 1 : 0;
  }
}

void Volume::settle_names(Luck& luck, CutReport& report) {
  const auto sum = names_.settle(luck);
  report.names_kept = sum.kept;
  report.names_lost = sum.lost.size();
  for (const auto& change : sum.lost) {
    std::string line = "lost:";
    for (const auto& step : change.steps)
      line += (step.node == 0 ? " remove " : " name ") + path_of(step.folder, step.name);
    report.lines.push_back(line);
  }
}

CutReport Volume::cut(Luck& luck) {
  CutReport report;
  settle_files(luck, report);
  settle_names(luck, report);
  write_back();
  return report;
}

void Volume::keep_everything() {
  for (auto& [id, node] : nodes_)
    if (node.pages) node.pages->sync();
  names_.sync_all();
  write_back();
}

void Volume::write_tree(NodeId folder, const std::string& path, std::vector<NodeId>& above) {
  above.push_back(folder);
  for (const auto& [name, id] : names_.durable(folder)) {
    const auto below = path + "/" + name;
    const auto& node = *find(id);
    if (node.is_folder()) {
      // A folder cannot come to lie in itself: changes that move folders keep all earlier ones.
      if (std::ranges::find(above, id) != above.end()) continue;
      check(::mkdir(below.c_str(), 0700), below);
      write_tree(id, below, above);
    } else if (node.pages) {
      check(::link(node.pages->path().c_str(), below.c_str()), below);
    } else if (S_ISLNK(node.mode)) {
      check(::symlink(node.target.c_str(), below.c_str()), below);
    } else {
      continue;  // sockets and pipes do not outlive their machine
    }
    give_attributes(node, below);
  }
  above.pop_back();
}

void Volume::write_back() {
  const auto survivors = backing_ + "/" + std::string(survivors_name);
  fs::create_directory(survivors);
  std::vector<NodeId> above;
  write_tree(root_node, survivors, above);
  for (const auto& entry : fs::directory_iterator(backing_))
    if (entry.path().filename() != survivors_name) fs::remove_all(entry.path());
  for (const auto& entry : fs::directory_iterator(survivors))
    fs::rename(entry.path(), fs::path(backing_) / entry.path().filename());
  fs::remove(survivors);
  give_attributes(*find(root_node), backing_);
}

}  // namespace powercut
