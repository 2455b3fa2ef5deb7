#include "mount.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "calls.hpp"

namespace powercut {
namespace {

// A server sleeps while an fsync takes its time; so many can do so at once.
constexpr int server_count = 16;

}  // namespace

Mount::Mount(Volume& volume, Machine& machine, std::string mount_point)
    : volume_(volume), machine_(machine), mount_point_(std::move(mount_point)) {
  fuse_args args = FUSE_ARGS_INIT(0, nullptr);
  fuse_opt_add_arg(&args, "powercut");
  // Without root only the mounting user may look inside, which is whom the kernel asks for then.
  fuse_opt_add_arg(&args, ::getuid() == 0 ? "-odefault_permissions,allow_other" : "-odefault_permissions");
  fuse_opt_add_arg(&args, "-ofsname=powercut");
  session_ = fuse_session_new(&args, &calls, sizeof calls, this);
  fuse_opt_free_args(&args);
  if (!session_) throw std::runtime_error("libfuse refuses the session");
  if (fuse_session_mount(session_, mount_point_.c_str()) != 0) {
    fuse_session_destroy(session_);
    throw std::runtime_error("cannot mount on " + mount_point_);
  }
}

Mount::~Mount() {
  if (session_) unmount();
}

void Mount::start() {
  stop_ = ::eventfd(0, EFD_CLOEXEC);
  const int fd = fuse_session_fd(session_);
  // A server that comes second to a request must not block in the kernel.
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
  for (int i = 0; i < server_count; ++i) servers_.emplace_back([this] { serve(); });
}

void Mount::serve() {
  fuse_buf request{};
  for (;;) {
    pollfd waiting[2] = {{fuse_session_fd(session_), POLLIN, 0}, {stop_, POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0 && errno != EINTR) break;
    if (waiting[1].revents != 0) break;
    const int got = fuse_session_receive_buf(session_, &request);
    if (got == -EAGAIN || got == -EINTR) continue;
    if (got <= 0) break;
    fuse_session_process_buf(session_, &request);
  }
  std::free(request.mem);  // NOLINT: libfuse allocates it with malloc
}

void Mount::unmount() {
  // While the servers still run, so that the kernel can hand over what is dirty in mapped files.
  if (::umount2(mount_point_.c_str(), 0) != 0) ::umount2(mount_point_.c_str(), MNT_DETACH);
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto told = ::write(stop_, &one, sizeof one);
  for (auto& server : servers_) server.join();
  servers_.clear();
  ::close(stop_);
  fuse_session_unmount(session_);  // without root it has to be asked; otherwise it frees the rest
  fuse_session_destroy(session_);
  session_ = nullptr;
}

}  // namespace powercut
