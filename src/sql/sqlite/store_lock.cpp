#include "sql/sqlite/store_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "sql/sql.hpp"

namespace sealbook::sql {

namespace {

EngineError cannot_lock(int error) {
  const auto kind = error == EROFS || error == EACCES ? EngineError::Kind::read_only
                    : error == ENOSPC                 ? EngineError::Kind::full
                                                      : EngineError::Kind::io;
  return {kind, "sqlite: the store's lock file cannot be made: " + std::system_category().message(error)};
}

EngineError in_use(int descriptor) {
  std::array<char, 24> holder{};
  const auto size = ::pread(descriptor, holder.data(), holder.size() - 1, 0);
  std::string text = "sqlite: the store is in use by another process";
  if (size > 0) text += " (" + std::string(holder.data(), static_cast<std::size_t>(size)) + ")";
  return {EngineError::Kind::busy, text};
}

}  // namespace

StoreLock::StoreLock(const std::filesystem::path& store) {
  const std::string path = store.string() + "-lock";
  descriptor_ = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw cannot_lock(errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const EngineError error = errno == EWOULDBLOCK ? in_use(descriptor_) : cannot_lock(errno);
    ::close(descriptor_);
    throw error;
  }
  // Only informs: a failure to write it (a full disk) does not matter.
  const std::string holder = "pid " + std::to_string(::getpid());
  if (::ftruncate(descriptor_, 0) == 0) (void)!::pwrite(descriptor_, holder.data(), holder.size(), 0);
}

StoreLock::~StoreLock() { ::close(descriptor_); }

}  // namespace sealbook::sql
