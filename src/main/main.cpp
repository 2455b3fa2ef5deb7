// The program: reads the command line and calls the verb.
#include <CLI/CLI.hpp>

#include <iostream>

#include "api/endpoint/openapi.hpp"
#include "api/v1/all.hpp"
#include "base/version.hpp"
#include "cli/demo.hpp"
#include "cli/exit_codes.hpp"
#include "cli/serve.hpp"
#include "main/inviting_verbs.hpp"
#include "main/looking_verbs.hpp"
#include "main/mail_verbs.hpp"
#include "main/moving_verbs.hpp"

namespace {

using namespace sealbook;

int print_openapi() {
  const auto document = api::openapi_document(api::all_endpoints(), api::OpenApiInfo{.version = program_version});
  if (!document) {
    std::cerr << document.error().cause << "\n";
    return cli::exit_found_wrong;
  }
  std::cout << *document << "\n";
  return cli::exit_ok;
}

constexpr std::string_view exit_codes =
      "Exit codes: 0 done; 1 a check found something wrong and said what; 64 wrong command line;\n"
      "66 a file or folder is missing; 69 the store, a disk or the database cannot be used now;\n"
      "78 unsafe or wrong configuration, every reason listed.";

// PostgreSQL instead of the embedded engine: both or neither.
void add_servers(CLI::App* verb, std::string& database, std::string& keyring) {
  auto* store = verb->add_option("--database-url", database, "PostgreSQL store: secret://file/PATH or secret://env/NAME");
  auto* keys = verb->add_option("--keyring-url", keyring, "PostgreSQL keyring: another server in production");
  store->needs(keys);
  keys->needs(store);
}

// Reads the command line and calls its verb, which leaves its exit code in `code`.
int run(CLI::App& program, int argc, char** argv, const int& code) {
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? cli::exit_ok : cli::exit_usage;
  }
  if (!program.get_subcommands().empty()) return code;
  std::cerr << "sealbook: name a verb; `sealbook --help` lists them.\n";
  return cli::exit_usage;
}

// A first word that is no verb is named: the parser would only say that one is missing.
bool is_unknown_verb(const CLI::App& program, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  const auto known = program.get_subcommands([&](const CLI::App* verb) { return verb->get_name() == argv[1]; });
  if (!known.empty()) return false;
  std::cerr << "sealbook: there is no verb " << std::string_view(argv[1]).substr(0, 40)
            << "; `sealbook --help` lists them.\n";
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"sealbook: the appointment book that keeps its secrets.", "sealbook"};
  program.require_subcommand(0, 1);
  program.set_version_flag("--version", "sealbook " + std::string(program_version));
  program.footer(std::string(exit_codes));
  int code = cli::exit_usage;
  std::string dir = ".";
  const auto with_dir = [&dir](CLI::App* verb) { verb->add_option("--dir", dir, "The instance's folder")->required(); };

  cli::InitOptions init;
  auto* init_verb = program.add_subcommand("init", "Make an empty instance: folders, root key, keyring, encrypted store");
  std::string init_mode = "production";
  with_dir(init_verb);
  init_verb->add_option("--mode", init_mode, "production or test")->check(CLI::IsMember({"production", "test"}));
  init_verb->add_option("--environment", init.environment, "Stamped into the store; default: the mode");
  init_verb->add_option("--origin", init.origin, "The journal's name, such as clinic.example.test/journal");
  init_verb->add_option("--keyring-dir", init.keyring_dir, "Where wrapped keys live: another volume than the store");
  init_verb->add_option("--key-file", init.key_file, "Where the root key lives: another volume, never in a backup");
  add_servers(init_verb, init.database_url, init.keyring_url);
  init_verb->callback([&] {
    init.dir = dir;
    init.mode = init_mode == "test" ? cli::Mode::test : cli::Mode::production;
    code = cli::run_init(init);
  });

  auto* serve_verb = program.add_subcommand("serve", "Serve an instance until a signal");
  with_dir(serve_verb);
  serve_verb->callback([&] { code = cli::run_serve(dir); });

  cli::DemoOptions demo;
  auto* demo_verb = program.add_subcommand("demo", "Serve two made-up clinics on https://localhost");
  with_dir(demo_verb);
  demo_verb->add_option("--port", demo.port, "0 is any free one")->capture_default_str();
  demo_verb->add_option("--seed", demo.seed, "The same seed makes the same people")->capture_default_str();
  demo_verb->add_flag("--json", demo.json, "Print one line of JSON when ready");
  add_servers(demo_verb, demo.database_url, demo.keyring_url);
  demo_verb->callback([&] {
    demo.dir = dir;
    code = cli::run_demo(demo);
  });

  auto* enrol_verb = program.add_subcommand("enrol", "Print a one-time link with which the operator gets a passkey");
  with_dir(enrol_verb);
  enrol_verb->callback([&] { code = cli::run_enrol(dir); });
  auto* migrate_verb = program.add_subcommand("migrate", "Bring the store to the shape that this program knows");
  with_dir(migrate_verb);
  migrate_verb->callback([&] { code = cli::run_migrate(dir); });

  LookingVerbs looking;
  looking.add_to(program, code);
  MailVerbs mail;
  mail.add_to(program, code);
  MovingVerbs moving;
  moving.add_to(program, code);
  InvitingVerbs inviting(program, code);
  program.add_subcommand("openapi", "Print the API's description (OpenAPI 3.1)")->callback([&] { code = print_openapi(); });

  if (is_unknown_verb(program, argc, argv)) return cli::exit_usage;
  return run(program, argc, argv, code);
}
