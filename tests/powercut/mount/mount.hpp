// A Volume as a mounted file system (FUSE, low level interface).
//
// The kernel's page cache stands in front, written through, so that memory-mapped files work. Locks
// (fcntl, flock) are the kernel's own. Threads: start() serves on threads of its own until unmount();
// every call holds the machine's lock, but not while an fsync takes its time.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "machine.hpp"
#include "../volume.hpp"

struct fuse_session;

namespace powercut {

class Mount {
 public:
  // Mounts at once; throws std::runtime_error when the kernel refuses. Both must outlive the mount.
  Mount(Volume& volume, Machine& machine, std::string mount_point);
  ~Mount();
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;

  void start();
  void unmount();  // waits until nothing is served any more; who still has files open loses them

  Volume& volume() { return volume_; }
  Machine& machine() { return machine_; }

 private:
  Volume& volume_;
  Machine& machine_;
  std::string mount_point_;
  void serve();

  fuse_session* session_ = nullptr;
  int stop_ = -1;  // an eventfd; readable once the servers are to end
  std::vector<std::thread> servers_;
};

}  // namespace powercut
