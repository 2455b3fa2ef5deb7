// The verbs that make, run and update an instance. Each answers its exit code (exit_codes.hpp).
#pragma once

#include <filesystem>
#include <string>

#include "cli/config.hpp"

namespace sealbook::cli {

struct InitOptions {
  std::filesystem::path dir;
  Mode mode = Mode::production;
  std::string environment;            // empty: the mode's name
  std::string origin;                 // of the journal
  std::filesystem::path keyring_dir;  // another volume; empty: DIR/keyring
  std::filesystem::path key_file;     // another volume; empty: DIR/keys/root.key
  std::string database_url, keyring_url;  // secret:// references: PostgreSQL instead of the embedded engine
};
int run_init(const InitOptions& options);
int run_serve(const std::filesystem::path& dir);
int run_migrate(const std::filesystem::path& dir);
// Prints a one-time link with which the operator gets a passkey. The server must not be running on the
// embedded engine.
int run_enrol(const std::filesystem::path& dir);

}  // namespace sealbook::cli
