#include "calls.hpp"

#include <fcntl.h>
#include <linux/falloc.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>

#include "mount.hpp"

namespace powercut {
namespace {

// Names and attributes change only through this mount, so the kernel may keep them.
constexpr double kept_s = 3600;

Mount& mount_of(fuse_req_t req) { return *static_cast<Mount*>(fuse_req_userdata(req)); }

// Runs one call under the lock, with the power on. The body answers the request itself.
template <class Body>
void serve(fuse_req_t req, Body body) {
  auto& mount = mount_of(req);
  const std::lock_guard guard(mount.machine().lock);
  if (mount.machine().is_off) {
    fuse_reply_err(req, EIO);
    return;
  }
  try {
    body(mount.volume());
  } catch (const std::system_error& broken) {
    fuse_reply_err(req, broken.code().value());
  }
}

// The same for a call about one node.
template <class Body>
void serve_node(fuse_req_t req, fuse_ino_t ino, Body body) {
  serve(req, [&](Volume& volume) {
    auto* node = volume.find(ino);
    if (!node) fuse_reply_err(req, ENOENT);
    else body(volume, *node);
  });
}

struct stat attributes(const Node& node) {
  struct stat st {};
  st.st_ino = node.id;
  st.st_mode = node.mode;
  st.st_nlink = node.links;
  st.st_uid = node.uid;
  st.st_gid = node.gid;
  st.st_size = static_cast<off_t>(node.pages ? node.pages->size() : node.target.size());
  st.st_blocks = (st.st_size + 511) / 512;
  st.st_blksize = page_size;
  st.st_atim = node.accessed;
  st.st_mtim = node.modified;
  st.st_ctim = node.changed;
  return st;
}

fuse_entry_param entry(const Node& node) {
  fuse_entry_param e{};
  e.ino = node.id;
  e.generation = 1;
  e.attr = attributes(node);
  e.attr_timeout = e.entry_timeout = kept_s;
  return e;
}

void reply_entry(fuse_req_t req, const OrErrno<Node*>& made) {
  if (!made) {
    fuse_reply_err(req, made.error());
    return;
  }
  const auto e = entry(**made);
  fuse_reply_entry(req, &e);
}

void reply_done(fuse_req_t req, const OrErrno<void>& done) { fuse_reply_err(req, done ? 0 : done.error()); }

void on_lookup(fuse_req_t req, fuse_ino_t parent, const char* name) {
  serve_node(req, parent, [&](Volume& v, Node& folder) { reply_entry(req, v.lookup(folder, name)); });
}

// Nodes live as long as the mount, so nothing is to be forgotten.
void on_forget(fuse_req_t req, fuse_ino_t, std::uint64_t) { fuse_reply_none(req); }

void on_getattr(fuse_req_t req, fuse_ino_t ino, fuse_file_info*) {
  serve_node(req, ino, [&](Volume&, Node& node) {
    const auto st = attributes(node);
    fuse_reply_attr(req, &st, kept_s);
  });
}

timespec time_of_setting(bool is_now, const timespec& given) {
  if (!is_now) return given;
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return time;
}

void on_setattr(fuse_req_t req, fuse_ino_t ino, struct stat* to, int set, fuse_file_info*) {
  serve_node(req, ino, [&](Volume& v, Node& node) {
    if ((set & FUSE_SET_ATTR_SIZE) != 0) {
      if (!node.pages) {
        fuse_reply_err(req, node.is_folder() ? EISDIR : EINVAL);
        return;
      }
      v.truncate(node, static_cast<std::uint64_t>(to->st_size));
    }
    if ((set & FUSE_SET_ATTR_MODE) != 0) node.mode = (node.mode & S_IFMT) | (to->st_mode & 07777U);
    if ((set & FUSE_SET_ATTR_UID) != 0) node.uid = to->st_uid;
    if ((set & FUSE_SET_ATTR_GID) != 0) node.gid = to->st_gid;
    if ((set & FUSE_SET_ATTR_ATIME) != 0)
      node.accessed = time_of_setting((set & FUSE_SET_ATTR_ATIME_NOW) != 0, to->st_atim);
    if ((set & FUSE_SET_ATTR_MTIME) != 0)
      node.modified = time_of_setting((set & FUSE_SET_ATTR_MTIME_NOW) != 0, to->st_mtim);
    node.changed = time_of_setting(true, {});
    const auto st = attributes(node);
    fuse_reply_attr(req, &st, kept_s);
  });
}

void on_readlink(fuse_req_t req, fuse_ino_t ino) {
  serve_node(req, ino, [&](Volume&, Node& node) { fuse_reply_readlink(req, node.target.c_str()); });
}

void make(fuse_req_t req, fuse_ino_t parent, const char* name, mode_t mode, const char* target) {
  const auto* caller = fuse_req_ctx(req);
  serve_node(req, parent, [&](Volume& v, Node& folder) {
    reply_entry(req, v.make(folder, name, mode, caller->uid, caller->gid, target));
  });
}

void on_mknod(fuse_req_t req, fuse_ino_t parent, const char* name, mode_t mode, dev_t) {
  if (S_ISREG(mode) || S_ISSOCK(mode) || S_ISFIFO(mode)) make(req, parent, name, mode, "");
  else fuse_reply_err(req, EPERM);
}

void on_mkdir(fuse_req_t req, fuse_ino_t parent, const char* name, mode_t mode) {
  make(req, parent, name, S_IFDIR | (mode & 07777U), "");
}

void on_symlink(fuse_req_t req, const char* target, fuse_ino_t parent, const char* name) {
  make(req, parent, name, S_IFLNK | 0777, target);
}

void on_unlink(fuse_req_t req, fuse_ino_t parent, const char* name) {
  serve_node(req, parent, [&](Volume& v, Node& folder) { reply_done(req, v.remove(folder, name, false)); });
}

void on_rmdir(fuse_req_t req, fuse_ino_t parent, const char* name) {
  serve_node(req, parent, [&](Volume& v, Node& folder) { reply_done(req, v.remove(folder, name, true)); });
}

void on_rename(fuse_req_t req, fuse_ino_t parent, const char* name, fuse_ino_t newparent, const char* newname,
               unsigned flags) {
  serve_node(req, parent, [&](Volume& v, Node& from) {
    auto* to = v.find(newparent);
    if (!to) fuse_reply_err(req, ENOENT);
    else reply_done(req, v.rename(from, name, *to, newname, flags));
  });
}

void on_link(fuse_req_t req, fuse_ino_t ino, fuse_ino_t newparent, const char* newname) {
  serve_node(req, ino, [&](Volume& v, Node& node) {
    auto* to = v.find(newparent);
    const auto done = to ? v.link(node, *to, newname) : OrErrno<void>(std::unexpected(ENOENT));
    if (!done) fuse_reply_err(req, done.error());
    else reply_entry(req, &node);
  });
}

void on_open(fuse_req_t req, fuse_ino_t ino, fuse_file_info* fi) {
  serve_node(req, ino, [&](Volume& v, Node& node) {
    if (!node.pages) {
      fuse_reply_err(req, EISDIR);
      return;
    }
    if ((fi->flags & O_TRUNC) != 0) v.truncate(node, 0);
    fi->keep_cache = (fi->flags & O_TRUNC) == 0;
    fuse_reply_open(req, fi);
  });
}

void on_create(fuse_req_t req, fuse_ino_t parent, const char* name, mode_t mode, fuse_file_info* fi) {
  const auto* caller = fuse_req_ctx(req);
  serve_node(req, parent, [&](Volume& v, Node& folder) {
    const auto made = v.make(folder, name, S_IFREG | (mode & 07777U), caller->uid, caller->gid);
    if (!made) {
      fuse_reply_err(req, made.error());
      return;
    }
    const auto e = entry(**made);
    fuse_reply_create(req, &e, fi);
  });
}

void on_read(fuse_req_t req, fuse_ino_t ino, std::size_t size, off_t offset, fuse_file_info*) {
  serve_node(req, ino, [&](Volume&, Node& node) {
    std::vector<std::uint8_t> buffer(size);
    const auto got = node.pages->read(static_cast<std::uint64_t>(offset), buffer);
    fuse_reply_buf(req, reinterpret_cast<const char*>(buffer.data()), got);
  });
}

void on_write(fuse_req_t req, fuse_ino_t ino, const char* data, std::size_t size, off_t offset, fuse_file_info*) {
  serve_node(req, ino, [&](Volume& v, Node& node) {
    v.write(node, static_cast<std::uint64_t>(offset), {reinterpret_cast<const std::uint8_t*>(data), size});
    fuse_reply_write(req, size);
  });
}

void on_fallocate(fuse_req_t req, fuse_ino_t ino, int mode, off_t offset, off_t length, fuse_file_info*) {
  serve_node(req, ino, [&](Volume& v, Node& node) {
    const auto end = static_cast<std::uint64_t>(offset + length);
    if ((mode & ~FALLOC_FL_KEEP_SIZE) != 0) {
      fuse_reply_err(req, EOPNOTSUPP);
      return;
    }
    if (mode == 0 && end > node.pages->size()) v.truncate(node, end);
    fuse_reply_err(req, 0);
  });
}

// Close writes nothing: only fsync makes anything durable.
void on_flush(fuse_req_t req, fuse_ino_t, fuse_file_info*) { fuse_reply_err(req, 0); }
void on_release(fuse_req_t req, fuse_ino_t, fuse_file_info*) { fuse_reply_err(req, 0); }

void take_time_to_sync(fuse_req_t req) {
  const auto us = mount_of(req).machine().sync_us;
  if (us != 0) std::this_thread::sleep_for(std::chrono::microseconds(us));
}

void on_fsync(fuse_req_t req, fuse_ino_t ino, int, fuse_file_info*) {
  take_time_to_sync(req);
  serve_node(req, ino, [&](Volume& v, Node& node) {
    v.sync_file(node);
    fuse_reply_err(req, 0);
  });
}

void on_fsyncdir(fuse_req_t req, fuse_ino_t ino, int, fuse_file_info*) {
  take_time_to_sync(req);
  serve_node(req, ino, [&](Volume& v, Node& node) {
    v.sync_folder(node);
    fuse_reply_err(req, 0);
  });
}

// A listing is taken when the folder is opened.
struct Listing {
  struct Row {
    std::string name;
    NodeId id;
    mode_t mode;
  };
  std::vector<Row> rows;
};

void on_opendir(fuse_req_t req, fuse_ino_t ino, fuse_file_info* fi) {
  serve_node(req, ino, [&](Volume& v, Node& folder) {
    auto listing = std::make_unique<Listing>();
    listing->rows.push_back({".", folder.id, S_IFDIR});
    listing->rows.push_back({"..", folder.parent, S_IFDIR});
    for (const auto& [name, id] : folder.entries) listing->rows.push_back({name, id, v.find(id)->mode});
    fi->fh = reinterpret_cast<std::uint64_t>(listing.release());
    fuse_reply_open(req, fi);
  });
}

void on_readdir(fuse_req_t req, fuse_ino_t, std::size_t size, off_t offset, fuse_file_info* fi) {
  const auto& rows = reinterpret_cast<const Listing*>(fi->fh)->rows;
  std::vector<char> buffer(size);
  std::size_t used = 0;
  for (auto i = static_cast<std::size_t>(offset); i < rows.size(); ++i) {
    struct stat st {};
    st.st_ino = rows[i].id;
    st.st_mode = rows[i].mode;
    const auto need = fuse_add_direntry(req, buffer.data() + used, size - used, rows[i].name.c_str(), &st,
                                        static_cast<off_t>(i + 1));
    if (need > size - used) break;
    used += need;
  }
  fuse_reply_buf(req, buffer.data(), used);
}

void on_releasedir(fuse_req_t req, fuse_ino_t, fuse_file_info* fi) {
  delete reinterpret_cast<Listing*>(fi->fh);
  fuse_reply_err(req, 0);
}

void on_statfs(fuse_req_t req, fuse_ino_t) {
  serve(req, [&](Volume& volume) {
    struct statvfs st {};
    if (::statvfs(volume.backing().c_str(), &st) != 0) fuse_reply_err(req, errno);
    else fuse_reply_statfs(req, &st);
  });
}

fuse_lowlevel_ops all_calls() {
  fuse_lowlevel_ops ops{};
  ops.lookup = on_lookup;
  ops.forget = on_forget;
  ops.getattr = on_getattr;
  ops.setattr = on_setattr;
  ops.readlink = on_readlink;
  ops.mknod = on_mknod;
  ops.mkdir = on_mkdir;
  ops.symlink = on_symlink;
  ops.unlink = on_unlink;
  ops.rmdir = on_rmdir;
  ops.rename = on_rename;
  ops.link = on_link;
  ops.open = on_open;
  ops.create = on_create;
  ops.read = on_read;
  ops.write = on_write;
  ops.fallocate = on_fallocate;
  ops.flush = on_flush;
  ops.release = on_release;
  ops.fsync = on_fsync;
  ops.fsyncdir = on_fsyncdir;
  ops.opendir = on_opendir;
  ops.readdir = on_readdir;
  ops.releasedir = on_releasedir;
  ops.statfs = on_statfs;
  return ops;
}

}  // namespace

const fuse_lowlevel_ops calls = all_calls();

}  // namespace powercut
