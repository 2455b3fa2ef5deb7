// The demo: two clinics with made-up people, all roles, and a server on localhost that says when it
// is ready. Everything is set up through the same use cases that the API calls.
#pragma once

#include <filesystem>
#include <string>

#include "cli/instance.hpp"

namespace sealbook::cli {

struct DemoOptions {
  std::filesystem::path dir;
  std::uint16_t port = 8443;
  std::uint64_t seed = 1;
  bool json = false;
  std::string database_url, keyring_url;  // secret:// references: PostgreSQL instead of the embedded engine
};

// Serves until a signal. Answers the exit code.
int run_demo(const DemoOptions& options);

// Makes the demo's tenants in an empty instance; answers their part of the ready line as JSON
// ({"tenants":[…],"accounts":{…}}), with tokens: the demo keeps it in a file of its own.
Result<std::string> seed_demo(Instance& instance, std::uint64_t seed);

}  // namespace sealbook::cli
