#include <iostream>

#include "app/perform.hpp"
#include "app/sign_in/passkeys.hpp"
#include "base/log.hpp"
#include "cli/exit_codes.hpp"
#include "cli/serve.hpp"
#include "cli/server.hpp"

namespace sealbook::cli {
namespace {

// The operator's way in, made without a running server.
Result<app::sign_in::EnrolmentLink> make_operator_link(const Config& config) {
  TRY(instance, Instance::open(config));
  auto ctx = app::operator_context(instance->app());
  return app::perform(ctx, app::sign_in::create_operator_enrolment(ctx));
}

void print_operator_link(const app::sign_in::EnrolmentLink& link) {
  const bool whole = link.url.starts_with("https://");
  std::cout << "The operator's passkey: once `sealbook serve` runs, open " << (whole ? "" : "(its address)") << link.url
            << "\n  good once, from " << link.starts.text() << " until " << link.expires.text()
            << "; `sealbook enrol --dir DIR` makes another one.\n";
}

// What went wrong, and each rule by its place.
int refuse(std::string_view verb, const Error& error) {
  std::cerr << "sealbook " << verb << ": " << error.detail << "\n";
  for (const FieldError& field : error.fields) std::cerr << "  " << field.pointer << ": " << field.detail << "\n";
  if (error.code == ErrorCode::unavailable) {
    std::cerr << "Next: run `sealbook doctor --dir DIR`, then try again.\n";
    return exit_unavailable;
  }
  if (error.code == ErrorCode::not_found) return exit_no_input;
  return exit_config;
}

void show_progress(std::string_view what, std::size_t done, std::size_t of) {
  std::cerr << "\r" << what << " " << done << "/" << of << (done == of ? "\n" : "") << std::flush;
}

}  // namespace

int run_init(const InitOptions& options) {
  Config config = default_config(options.dir);
  config.mode = options.mode;
  config.environment = options.environment.empty() ? std::string(to_text(options.mode)) : options.environment;
  if (!options.origin.empty()) config.origin = options.origin;
  if (!options.keyring_dir.empty()) config.keyring_file = std::filesystem::absolute(options.keyring_dir) / "keyring.db";
  if (!options.key_file.empty()) config.key_file = std::filesystem::absolute(options.key_file);
  if (!options.database_url.empty()) {
    config.engine = EngineKind::postgres;
    config.database_url = options.database_url;
    config.keyring_url = options.keyring_url;
  }
  if (std::filesystem::exists(config.dir / "sealbook.toml"))
    return refuse("init", make_error(ErrorCode::state_conflict, "There is an instance in that folder already; init never touches one."));
  if (const auto made = Instance::initialise(config); !made) return refuse("init", made.error());
  if (const auto written = write_config(config); !written) return refuse("init", written.error());
  const auto link = make_operator_link(config);
  if (!link) return refuse("init", link.error());
  std::cout << "Made an empty instance in " << config.dir.string() << ".\n"
            << "Root key: " << config.key_file.string() << " (keep a copy apart; without it nothing can be read)\n"
            << "Next: set listen.certificate and what else sealbook.toml lacks, then `sealbook doctor --dir "
            << config.dir.string() << "`.\n";
  print_operator_link(*link);
  return exit_ok;
}

int run_enrol(const std::filesystem::path& dir) {
  const auto config = load_config(dir);
  if (!config) return refuse("enrol", config.error());
  const auto link = make_operator_link(*config);
  if (!link) return refuse("enrol", link.error());
  print_operator_link(*link);
  return exit_ok;
}

int run_serve(const std::filesystem::path& dir) {
  block_signals();
  harden_process();
  const auto config = load_config(dir);
  if (!config) return refuse("serve", config.error());
  if (config->mode == Mode::production) {
    if (const auto reasons = production_refusals(*config); !reasons.empty()) {
      std::cerr << "sealbook serve: this configuration is not safe for production:\n";
      for (const std::string& reason : reasons) std::cerr << "  - " << reason << "\n";
      std::cerr << "Next: mend these in " << (config->dir / "sealbook.toml").string() << "; `sealbook doctor` says the same at any time.\n";
      return exit_config;
    }
  }
  auto instance = Instance::open(*config, show_progress);
  if (!instance) return refuse("serve", instance.error());
  auto server = Server::start(**instance, ServerOptions{});
  if (!server) return refuse("serve", server.error());
  log::info("serving", {{"port", (*server)->port()}, {"tenants", (*instance)->app().tenants.all().size()}});
  wait_for_signal();
  log::info("stopping");
  server->reset();
  instance->reset();
  return exit_ok;
}

int run_migrate(const std::filesystem::path& dir) {
  const auto config = load_config(dir);
  if (!config) return refuse("migrate", config.error());
  const auto instance = Instance::open(*config, show_progress);
  if (!instance) return refuse("migrate", instance.error());
  std::cout << (*instance)->migrations_applied() << " migrations applied; the store is current.\n";
  return exit_ok;
}

}  // namespace sealbook::cli
