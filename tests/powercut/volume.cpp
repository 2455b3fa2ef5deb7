#include "volume.hpp"

#include <fcntl.h>
#include <linux/fs.h>

#include <cerrno>
#include <ctime>
#include <system_error>

namespace powercut {
namespace {

timespec now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return time;
}

void touch(Node& node) { node.modified = node.changed = now(); }

std::unexpected<int> refuse(int error) { return std::unexpected(error); }

}  // namespace

Node* Volume::find(NodeId id) {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : &found->second;
}

Node& Volume::add(mode_t mode, uid_t uid, gid_t gid) {
  const auto id = next_++;
  auto& node = nodes_[id];
  node.id = id;
  node.mode = mode;
  node.uid = uid;
  node.gid = gid;
  node.links = S_ISDIR(mode) ? 2 : 1;
  node.accessed = node.modified = node.changed = now();
  return node;
}

void Volume::record(std::vector<NameStep> steps, bool moves_folder) {
  names_.record({std::move(steps), moves_folder});
}

OrErrno<Node*> Volume::lookup(Node& folder, std::string_view name) {
  if (!folder.is_folder()) return refuse(ENOTDIR);
  const auto found = folder.entries.find(name);
  if (found == folder.entries.end()) return refuse(ENOENT);
  return find(found->second);
}

OrErrno<Node*> Volume::make(Node& folder, std::string_view name, mode_t mode, uid_t uid, gid_t gid,
                            std::string target) {
  if (!folder.is_folder()) return refuse(ENOTDIR);
  if (folder.entries.contains(name)) return refuse(EEXIST);
  if ((folder.mode & S_ISGID) != 0) {
    gid = folder.gid;
    if (S_ISDIR(mode)) mode |= S_ISGID;
  }
  auto& node = add(mode, uid, gid);
  node.parent = folder.id;
  node.target = std::move(target);
  if (S_ISREG(mode)) {
    const auto path = backing_ + "/.powercut/" + std::to_string(node.id);
    const int fd = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) throw std::system_error(errno, std::generic_category(), path);
    ::close(fd);
    node.pages = std::make_unique<FilePages>(path);
  }
  folder.entries.emplace(name, node.id);
  touch(folder);
  record({{folder.id, std::string(name), node.id}});
  return &node;
}

OrErrno<void> Volume::link(Node& node, Node& folder, std::string_view name) {
  if (node.is_folder()) return refuse(EPERM);
  if (folder.entries.contains(name)) return refuse(EEXIST);
  folder.entries.emplace(name, node.id);
  ++node.links;
  node.changed = now();
  touch(folder);
  record({{folder.id, std::string(name), node.id}});
  return {};
}

void Volume::drop_link(Node& node) {
  node.links = node.is_folder() ? 0 : node.links - 1;
  node.changed = now();
}

OrErrno<void> Volume::remove(Node& folder, std::string_view name, bool as_folder) {
  const auto found = lookup(folder, name);
  if (!found) return refuse(found.error());
  auto& node = **found;
  if (as_folder && !node.is_folder()) return refuse(ENOTDIR);
  if (!as_folder && node.is_folder()) return refuse(EISDIR);
  if (as_folder && !node.entries.empty()) return refuse(ENOTEMPTY);
  last_path_[node.id] = path_of(folder.id, std::string(name));
  folder.entries.erase(folder.entries.find(name));
  drop_link(node);
  touch(folder);
  record({{folder.id, std::string(name), 0}});
  return {};
}

bool Volume::lies_within(const Node& folder, const Node& ancestor) {
  for (const Node* at = &folder; at; at = at->id == root_node ? nullptr : find(at->parent))
    if (at->id == ancestor.id) return true;
  return false;
}

OrErrno<void> Volume::rename(Node& from, std::string_view name, Node& to, std::string_view new_name,
                             unsigned flags) {
  const auto found = lookup(from, name);
  if (!found) return refuse(found.error());
  auto& node = **found;
  const auto other = lookup(to, new_name);
  const bool exchange = (flags & RENAME_EXCHANGE) != 0;
  if (exchange && !other) return refuse(ENOENT);
  if (other && (flags & RENAME_NOREPLACE) != 0) return refuse(EEXIST);
  if (other && *other == &node) return {};
  if (node.is_folder() && lies_within(to, node)) return refuse(EINVAL);
  if (exchange && (*other)->is_folder() && lies_within(from, **other)) return refuse(EINVAL);
  if (other && !exchange) {
    if ((*other)->is_folder() && !node.is_folder()) return refuse(EISDIR);
    if (!(*other)->is_folder() && node.is_folder()) return refuse(ENOTDIR);
    if (!(*other)->entries.empty()) return refuse(ENOTEMPTY);
    last_path_[(*other)->id] = path_of(to.id, std::string(new_name));
    drop_link(**other);
  }
  from.entries.erase(from.entries.find(name));
  to.entries.insert_or_assign(std::string(new_name), node.id);
  NodeId left_behind = 0;
  if (exchange) {
    left_behind = (*other)->id;
    from.entries.insert_or_assign(std::string(name), left_behind);
    (*other)->parent = from.id;
  }
  node.parent = to.id;
  node.changed = now();
  touch(from);
  touch(to);
  const bool moves_folder = from.id != to.id && (node.is_folder() || (exchange && (*other)->is_folder()));
  record({{from.id, std::string(name), left_behind}, {to.id, std::string(new_name), node.id}}, moves_folder);
  return {};
}

void Volume::write(Node& file, std::uint64_t offset, std::span<const std::uint8_t> data) {
  file.pages->write(offset, data);
  touch(file);
}

void Volume::truncate(Node& file, std::uint64_t size) {
  file.pages->truncate(size);
  touch(file);
}

void Volume::sync_file(Node& file) {
  if (rules_.ignore_fsync) return;
  if (file.pages) file.pages->sync();
  if (rules_.names_follow_files) names_.sync_names_of(file.id);
}

void Volume::sync_folder(Node& folder) {
  if (!rules_.ignore_fsync) names_.sync(folder.id);
}

}  // namespace powercut
