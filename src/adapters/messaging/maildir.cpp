#include "adapters/messaging/maildir.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace sealbook::adapters {
namespace {

namespace fs = std::filesystem;

struct File {
  int fd;
  ~File() {
    if (fd >= 0) ::close(fd);
  }
};

// At most `most` bytes and one; nothing when it cannot be read.
std::optional<std::string> read_up_to(int fd, std::size_t most) {
  std::string text(most + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(fd, text.data() + size, text.size() - size);
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace

Result<void> Maildir::look() {
  std::error_code error;
  fs::directory_iterator files(folder_ / "new", error);
  if (error) return fail(ErrorCode::unavailable, "The Maildir cannot be read.");
  for (const auto& file : files) waiting_.push_back(file.path().filename().string());
  std::ranges::sort(waiting_, std::greater());
  has_looked_ = true;
  return {};
}

Result<std::optional<Maildir::Item>> Maildir::next() {
  if (!has_looked_) ENSURE(look());
  while (!waiting_.empty()) {
    const std::string name = std::move(waiting_.back());
    waiting_.pop_back();
    const File file{
        ::open((folder_ / "new" / name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    struct stat found{};
    if (name.starts_with('.') || file.fd < 0 || ::fstat(file.fd, &found) != 0 ||
        !S_ISREG(found.st_mode))
      continue;
    auto text = read_up_to(file.fd, most_bytes_);
    if (!text) continue;
    Item item{name, {}, text->size() > most_bytes_};
    if (!item.is_too_long) item.message = SensitiveText(std::move(*text));
    return item;
  }
  has_looked_ = false;
  return std::nullopt;
}

Result<void> Maildir::done(const Item& item) {
  std::error_code error;
  fs::create_directories(folder_ / "cur", error);
  const std::string plain = item.name.substr(0, item.name.find(':'));
  fs::rename(folder_ / "new" / item.name, folder_ / "cur" / (plain + ":2,S"), error);
  if (error) return fail(ErrorCode::unavailable, "A mail that was read cannot be filed.");
  return {};
}

}  // namespace sealbook::adapters
