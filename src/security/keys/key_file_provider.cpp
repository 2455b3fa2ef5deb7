#include "security/keys/key_file_provider.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "base/random.hpp"
#include "security/crypto/hkdf.hpp"
#include "security/crypto/key_wrap.hpp"

namespace sealbook::keys {
namespace {

constexpr std::size_t key_size = 32;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::unexpected<Error> refuse(const std::filesystem::path& path, const std::string& rule) {
  return fail(ErrorCode::invalid, "The key file " + path.string() + " " + rule);
}

std::string reason(int error) { return std::generic_category().message(error); }

std::string octal(mode_t mode) {
  std::string text = "0000";
  for (std::size_t i = 4; i > 0; --i, mode >>= 3) text[i - 1] = static_cast<char>('0' + (mode & 7));
  return text;
}

crypto::WrapContext context_of(std::string_view label, const KeyContext& context) {
  crypto::WrapContext parts;
  parts.part(label).part(context.environment).part(context.tenant.bytes()).part(context.purpose);
  return parts;
}

// The rules of a key file's inode; nothing when they are kept.
std::string broken_rule(const struct stat& info) {
  if (!S_ISREG(info.st_mode)) return "has to be a regular file.";
  if ((info.st_mode & 07777) != 0400)
    return "has to have mode 0400 (readable by its owner alone); it has " + octal(info.st_mode & 07777) + ".";
  if (info.st_uid != ::geteuid() && info.st_uid != 0)
    return "has to belong to the user that runs this program, or to root.";
  if (info.st_size != static_cast<off_t>(key_size))
    return "has to hold 32 bytes; it holds " + std::to_string(info.st_size) + ".";
  return {};
}

Result<void> write_durably(const std::filesystem::path& path, int fd, ByteView bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return refuse(path, "cannot be written: " + reason(errno) + ".");
    done += static_cast<std::size_t>(n);
  }
  if (::fsync(fd) != 0) return refuse(path, "cannot be made durable: " + reason(errno) + ".");
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const FileDescriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0 || ::fsync(directory.get()) != 0)
    return refuse(path, "cannot be made durable: " + reason(errno) + ".");
  return {};
}

}  // namespace

Result<void> KeyFileProvider::create(const std::filesystem::path& path) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
  if (file.get() < 0 && errno == EEXIST)
    return fail(ErrorCode::state_conflict, "The key file " + path.string() + " exists already; it is never overwritten.");
  if (file.get() < 0) return refuse(path, "cannot be made: " + reason(errno) + ".");
  if (::fchmod(file.get(), 0400) != 0) return refuse(path, "cannot be made: " + reason(errno) + ".");
  auto key = random_array<key_size>();
  auto written = write_durably(path, file.get(), key);
  wipe(key.data(), key.size());
  if (!written) ::unlink(path.c_str());  // half a key is of no use, and would block the next try
  return written;
}

Result<std::unique_ptr<KeyFileProvider>> KeyFileProvider::load(const std::filesystem::path& path) {
  // O_NONBLOCK: a pipe in its place is refused instead of waited for.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0 && errno == ELOOP) return refuse(path, "has to be a regular file, not a link.");
  if (file.get() < 0) return refuse(path, "cannot be read: " + reason(errno) + ".");
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return refuse(path, "cannot be read: " + reason(errno) + ".");
  if (auto rule = broken_rule(info); !rule.empty()) return refuse(path, rule);
  Bytes bytes(key_size);
  if (::read(file.get(), bytes.data(), key_size) != static_cast<ssize_t>(key_size))
    return refuse(path, "cannot be read whole.");
  const Secret key(std::move(bytes));
  const ByteView view = key.expose();
  if (std::ranges::all_of(view, [&](std::uint8_t b) { return b == view.front(); }))
    return refuse(path, "holds no key: all its bytes are the same.");
  return std::make_unique<KeyFileProvider>(key);
}

KeyFileProvider::KeyFileProvider(const Secret& root_key)
    : root_(root_key),
      id_("keyfile:" +
          to_hex(crypto::hkdf_expand_sha512(root_, as_bytes("sealbook root id 1"), 8).expose())) {}

Result<Bytes> KeyFileProvider::wrap(const KeyContext& context, const Secret& key) {
  return crypto::wrap_key(root_, context_of("sealbook root 1", context), key);
}

Result<Secret> KeyFileProvider::unwrap(const KeyContext& context, ByteView wrapped) {
  return crypto::unwrap_key(root_, context_of("sealbook root 1", context), wrapped);
}

Result<Secret> KeyFileProvider::derive(const KeyContext& context) {
  return crypto::hkdf_expand_sha512(root_, context_of("sealbook derive 1", context).bytes(), key_size);
}

KeyProviderStatus KeyFileProvider::status() const {
  return {.provider_id = id_, .kind = "keyfile", .available = true};
}

Result<void> KeyFileProvider::self_test() {
  const auto bytes = random_array<key_size>();
  const Secret key{ByteView(bytes)};
  const KeyContext context{.environment = "self-test", .tenant = {}, .purpose = "self-test"};
  KeyContext other = context;
  other.purpose = "self-test of another context";
  TRY(wrapped, wrap(context, key));
  TRY(again, unwrap(context, wrapped));
  if (!(again == key) || unwrap(other, wrapped))
    return fail(ErrorCode::integrity, "The key provider's self-test failed.");
  return {};
}

}  // namespace sealbook::keys
