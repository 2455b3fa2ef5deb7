#include <sys/stat.h>
#include <unistd.h>

#include "cli/config.hpp"
#include "cli/mail.hpp"
#include "sql/postgres/open_postgres.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

// The device that a path lies on, or that the nearest existing folder above it lies on.
std::optional<dev_t> device_of(fs::path path) {
  struct stat found{};
  while (!path.empty()) {
    if (stat(path.c_str(), &found) == 0) return found.st_dev;
    if (path == path.root_path()) break;
    path = path.parent_path();
  }
  return std::nullopt;
}

bool is_below(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

void check_key_file(const Config& c, std::vector<std::string>& reasons) {
  struct stat found{};
  if (lstat(c.key_file.c_str(), &found) != 0) {
    reasons.push_back("keys.key_file: there is no such file.");
    return;
  }
  if (!S_ISREG(found.st_mode)) reasons.push_back("keys.key_file: has to be a regular file.");
  if ((found.st_mode & 07777) != 0400) reasons.push_back("keys.key_file: its mode has to be 0400.");
  if (found.st_size != 32) reasons.push_back("keys.key_file: has to hold 32 bytes.");
  if (is_below(c.key_file, c.store_file.parent_path()))
    reasons.push_back("keys.key_file: may not lie in the store's folder.");
}

void check_embedded(const Config& c, std::vector<std::string>& reasons) {
  if (c.page_cipher != "sqlcipher" && c.page_cipher != "aegis")
    reasons.push_back("store.page_cipher: has to be sqlcipher or aegis.");
  if (c.colocated_keyring_accepted_by.empty() && device_of(c.store_file) == device_of(c.keyring_file))
    reasons.push_back(
        "keys.keyring_file: lies on the same file system as the store; move it to another volume, or let somebody "
        "accept the risk by name in keys.colocated_keyring_accepted_by.");
}

void check_postgres(const Config& c, std::vector<std::string>& reasons) {
  const auto check = [&](std::string_view setting, const std::string& reference) {
    const auto dsn = resolve_secret(setting, reference);
    if (!dsn) {
      reasons.push_back(dsn.error().detail);
      return;
    }
    if (const auto safe = sql::check_postgres_dsn(*dsn); !safe)
      reasons.push_back(std::string(setting) + ": " + safe.error().detail);
  };
  check("store.url", c.database_url);
  check("keys.keyring_url", c.keyring_url);
  if (!c.database_url.empty() && c.database_url == c.keyring_url)
    reasons.push_back("keys.keyring_url: has to be another PostgreSQL server than the store's.");
}

void check_listener(const Config& c, std::vector<std::string>& reasons) {
  if (c.certificate.empty() || !fs::exists(c.certificate))
    reasons.push_back("listen.certificate: a production server brings its own certificate (PEM).");
  if (c.certificate_key.empty() || !fs::exists(c.certificate_key))
    reasons.push_back("listen.certificate_key: is missing.");
  if (c.hosts.empty()) reasons.push_back("listen.hosts: name the hosts that callers may use.");
  const bool is_address = c.public_url.starts_with("https://") && c.public_url.size() > 8 && !c.public_url.ends_with('/');
  if (c.public_url.empty() ? !c.mail.host.empty() : !is_address)
    reasons.push_back("listen.public_url: links in messages start with it: https://, your host, no slash at its end.");
}

}  // namespace

std::vector<std::string> production_refusals(const Config& c) {
  std::vector<std::string> reasons;
  if (c.mode != Mode::production) reasons.push_back("instance.mode: is " + std::string(to_text(c.mode)) + ", not production.");
  if (!c.clock_file.empty()) reasons.push_back("instance.clock_file: the clock may not be moved in production.");
  if (c.environment.empty()) reasons.push_back("instance.environment: is missing.");
  if (c.origin.empty() || c.origin.find(".invalid") != std::string::npos)
    reasons.push_back("instance.origin: name the journal by a host of yours, such as clinic.example.test/journal.");
  check_key_file(c, reasons);
  if (c.engine == EngineKind::embedded) check_embedded(c, reasons);
  else check_postgres(c, reasons);
  check_listener(c, reasons);
  check_mail(c, reasons);
  return reasons;
}

}  // namespace sealbook::cli
