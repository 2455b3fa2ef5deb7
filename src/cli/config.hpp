// The configuration of an instance: DIR/sealbook.toml, every key listed here, an unknown one refused.
//
// Secrets are references, never literals: "secret://file/PATH" or "secret://env/NAME". A production
// configuration has to be safe: production_refusals() names every reason at once, and the server
// does not start while there is one (exit 78).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "cli/mail_config.hpp"

namespace sealbook::cli {

enum class Mode : std::uint8_t { production, demo, test };
enum class EngineKind : std::uint8_t { embedded, postgres };

struct Config {
  std::filesystem::path dir;

  Mode mode = Mode::production;
  std::string environment;       // stamped into the store; bound into every key and sealed value
  std::string origin;            // of the journal's checkpoints: a name without scheme

  EngineKind engine = EngineKind::embedded;
  std::filesystem::path store_file;    // embedded
  std::string page_cipher = "sqlcipher";
  std::string database_url;            // postgres: a secret:// reference
  std::filesystem::path keyring_file;  // embedded
  std::string keyring_url;             // postgres: a secret:// reference
  std::string colocated_keyring_accepted_by;  // who accepted the risk, if somebody did
  std::filesystem::path key_file;
  std::filesystem::path audit_folder;

  std::string address = "127.0.0.1";
  std::uint16_t port = 8443;
  std::filesystem::path certificate;
  std::filesystem::path certificate_key;
  std::vector<std::string> hosts;
  std::string public_url;  // what links in messages start with: https, no slash at its end
  unsigned io_threads = 0;

  MailConfig mail;

  std::filesystem::path clock_file;  // demo and test only: an offset in seconds
};

// Defaults below `dir`, as `init` writes them.
Config default_config(const std::filesystem::path& dir);
// Reads DIR/sealbook.toml. Fails with `invalid`: every unknown key, wrong type and bad value by name.
Result<Config> load_config(const std::filesystem::path& dir);
// The file's text.
std::string config_text(const Config& config);

// Writes DIR/sealbook.toml, readable by its owner alone.
Result<void> write_config(const Config& config);

// Resolves "secret://file/…" and "secret://env/…"; a literal is refused without repeating it.
Result<Secret> resolve_secret(std::string_view setting, std::string_view reference);

// Why this configuration may not run in production; empty when it may. Looks at files, touches none.
std::vector<std::string> production_refusals(const Config& config);

std::string_view to_text(Mode mode);
std::string_view to_text(EngineKind engine);

}  // namespace sealbook::cli
