#include "security/audit/durable_file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

namespace sealbook::audit {
namespace {

std::unexpected<Error> broken(std::string_view what, const std::filesystem::path& path) {
  Error error = make_error(ErrorCode::unavailable, "The journal's files cannot be used just now.");
  error.cause = std::string(what) + " " + path.filename().string() + ": " + std::strerror(errno);
  return fail(std::move(error));
}

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  Fd& operator=(Fd&&) = delete;
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

// Syncs all of them, several at once: file systems that journal commit them together then, and the
// time is that of a few syncs instead of one for each. Answers the index and errno of one failure.
std::optional<std::pair<std::size_t, int>> sync_all(const std::vector<Fd>& files) {
  constexpr std::size_t few = 4;
  constexpr std::size_t threads = 8;
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> failed{files.size()};
  std::atomic<int> reason{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) {
      if (::fsync(files[i].get()) == 0) continue;
      reason = errno;
      failed = i;
    }
  };
  {
    std::vector<std::jthread> helpers;
    if (files.size() > few)
      for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(work);
    work();
  }
  if (failed == files.size()) return std::nullopt;
  return std::pair{failed.load(), reason.load()};
}

}  // namespace

Result<void> write_durably(std::span<const FileWrite> files) {
  // All are written before the first is waited for: the waits then overlap.
  constexpr std::size_t at_once = 64;
  for (std::size_t begin = 0; begin < files.size(); begin += at_once) {
    std::vector<Fd> open;
    const auto batch = files.subspan(begin, std::min(at_once, files.size() - begin));
    for (const FileWrite& file : batch) {
      open.emplace_back(::open(file.path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
      if (open.back().get() < 0) return broken("create", file.path);
      if (!write_all(open.back().get(), file.bytes)) return broken("write", file.path);
      // Starts the writing; what counts is the fsync below, so its failure is none.
      (void)::sync_file_range(open.back().get(), 0, 0, SYNC_FILE_RANGE_WRITE);
    }
    if (const auto failed = sync_all(open)) {
      errno = failed->second;
      return broken("sync", batch[failed->first].path);
    }
  }
  return {};
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) return broken("sync folder", folder);
  return {};
}

Result<void> make_folders(const std::filesystem::path& folder, std::vector<std::filesystem::path>& changed) {
  if (::mkdir(folder.c_str(), 0700) == 0) {
    changed.push_back(folder.parent_path());
    return {};
  }
  if (errno == EEXIST) return {};
  if (errno != ENOENT || !folder.has_parent_path()) return broken("create folder", folder);
  ENSURE(make_folders(folder.parent_path(), changed));
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return broken("create folder", folder);
  changed.push_back(folder.parent_path());
  return {};
}

Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return broken("rename", from);
  return {};
}

Result<void> remove_file(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return broken("remove", path);
  return {};
}

Result<bool> read_whole(const std::filesystem::path& path, Bytes& out) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (fd.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return broken("open", path);
  }
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return broken("look at", path);
  if (!S_ISREG(info.st_mode)) {
    errno = EINVAL;
    return broken("read", path);
  }
  out.resize(static_cast<std::size_t>(info.st_size));
  std::size_t at = 0;
  while (at < out.size()) {
    const ssize_t n = ::read(fd.get(), out.data() + at, out.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return broken("read", path);
    if (n == 0) break;
    at += static_cast<std::size_t>(n);
  }
  out.resize(at);
  return true;
}

Result<std::vector<std::string>> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  DIR* dir = ::opendir(folder.c_str());
  if (!dir) {
    if (errno == ENOENT || errno == ENOTDIR) return names;
    return broken("list", folder);
  }
  while (const dirent* entry = ::readdir(dir)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  ::closedir(dir);
  return names;
}

}  // namespace sealbook::audit
