#include "adapters/messaging/mail_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "adapters/messaging/sending.hpp"
#include "base/bytes.hpp"
#include "base/random.hpp"

namespace sealbook::adapters {
namespace {

namespace fs = std::filesystem;

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Under a hidden name first, so that who looks for *.eml never sees half a mail.
bool write_whole(const fs::path& folder, const std::string& name, std::string_view text) {
  const fs::path beside = folder / ("." + name + ".new"), path = folder / (name + ".eml");
  const int file =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  bool good = write_all(file, text);
  good = ::close(file) == 0 && good && ::rename(beside.c_str(), path.c_str()) == 0;
  if (!good) ::unlink(beside.c_str());
  return good;
}

}  // namespace

MailOutcome MailFolder::send(const EgressPermit& permit, const OutgoingMail& mail) {
  const Instant now = clock_.now();
  if (auto refused = refuse_permit(permit, vendor(), now)) return *std::move(refused);
  const auto message = signed_message(mail, signer_ ? &*signer_ : nullptr, now);
  if (!message) return message.error();
  std::string name = std::to_string(now.micros());
  name.insert(0, 16 - std::min<std::size_t>(16, name.size()), '0');  // sorts by time
  name += "-" + to_hex(random_array<6>());
  // As a server that delivers writes it (RFC 5321 4.4): who gets the bounces.
  const std::string text = "Return-Path: <" + mail.envelope_from + ">\r\n" + *message;
  if (!write_whole(folder_, name, text))
    return {MailVerdict::try_later, 0, "The mail folder cannot be written."};
  return {MailVerdict::accepted, 250, "The mail folder took it."};
}

}  // namespace sealbook::adapters
