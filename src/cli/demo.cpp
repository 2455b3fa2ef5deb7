#include "cli/demo.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

#include "base/log.hpp"
#include "cli/exit_codes.hpp"
#include "cli/serve.hpp"
#include "cli/server.hpp"
#include "cli/whole_file.hpp"
#include "net/self_signed.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_site_zone = "America/New_York";

std::string url_of_port(std::uint16_t port) { return "https://localhost:" + std::to_string(port); }

// The port, when it can be listened on now; of 0, one that is free: links have to name it before the
// server listens. 0: it is taken.
std::uint16_t free_port(std::uint16_t wanted) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(wanted);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const int yes = 1;
  if (probe >= 0) setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const bool known = probe >= 0 && bind(probe, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  if (probe >= 0) close(probe);
  return known ? ntohs(address.sin_port) : 0;
}

Config demo_config(const DemoOptions& options) {
  Config c = default_config(options.dir);
  c.mode = Mode::demo;
  c.environment = "demo";
  c.origin = "localhost/sealbook-demo";
  c.port = options.port;
  c.clock_file = c.dir / "clock";
  c.mail.folder = c.dir / "mail";
  c.mail.from_address = "appointments@clinic.example.test";
  if (!options.database_url.empty()) {
    c.engine = EngineKind::postgres;
    c.database_url = options.database_url;
    c.keyring_url = options.keyring_url;
  }
  return c;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

Result<void> write_private(const fs::path& path, std::string_view text) {
  return replace_file(path, text);
}

// Seconds from now to ten o'clock of the next weekday at the first site.
std::int64_t offset_to_monday_morning(Instant now) {
  const TimeZone zone = *TimeZone::named(first_site_zone);
  LocalDay day = to_local(now, zone).day;
  for (;; day += std::chrono::days(1)) {
    const std::chrono::weekday weekday{day};
    if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) continue;
    const Instant start = resolve({day, 10 * 60}, zone).instant;
    if (start > now) return (start - now) / std::chrono::seconds(1);
  }
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

// The ready line: what the demo is, where its files are, and what the seeding left.
std::string ready_line(const Config& config, const fs::path& ca, std::uint16_t port, std::string world) {
  const std::string url = url_of_port(port);
  replace_all(world, "@URL@", url);
  std::string line;
  JsonWriter json(line);
  json.begin_object().member("url", url).member("ca", ca.string()).member("mail", (config.dir / "mail").string());
  json.member("clock", config.clock_file.string()).end_object();
  line.pop_back();
  return line + "," + world.substr(1);
}

// One demo at a time works in a folder; the lock ends with the process.
class FolderLock {
 public:
  FolderLock() = default;
  explicit FolderLock(int file) : file_(file) {}
  FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FolderLock& operator=(FolderLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~FolderLock() {
    if (file_ >= 0) close(file_);
  }

 private:
  int file_ = -1;
};

Result<FolderLock> lock_folder(const fs::path& dir) {
  const int file = open((dir / "demo.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return fail(ErrorCode::unavailable, "The folder " + dir.string() + " cannot be written.");
  FolderLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0)
    return fail(ErrorCode::unavailable, "Another demo is running in that folder.");
  return lock;
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return fail(ErrorCode::unavailable, "The folder " + folder.string() + " cannot be made: " + error.message() + ".");
  return {};
}

// What is in the folder already has to be a demo's: nobody else's files are touched. True: nothing is.
Result<bool> is_new_demo(const Config& config) {
  std::error_code error;
  if (fs::exists(config.dir / "sealbook.toml", error)) {
    const auto kept = load_config(config.dir);
    if (kept && kept->mode == Mode::demo) return false;
  } else if (!fs::exists(config.store_file, error) && !fs::exists(config.keyring_file, error) &&
             !fs::exists(config.key_file, error)) {
    return true;
  }
  return fail(ErrorCode::state_conflict,
              "That folder holds an instance that is not a demo's; nothing was changed. Name another folder.");
}

struct Demo {
  FolderLock lock;
  Config config;
  std::unique_ptr<Instance> instance;
  net::SelfSignedFiles tls;
  std::string world;
};

std::int64_t clock_offset(const Config& config) {
  std::int64_t seconds = 0;
  std::istringstream(read_file(config.clock_file)) >> seconds;
  return seconds;
}

Result<Demo> open_demo(const DemoOptions& options) {
  Demo demo{{}, demo_config(options), nullptr, {}, {}};
  Config& config = demo.config;
  TRY(is_new, is_new_demo(config));
  config.port = free_port(options.port);
  if (config.port == 0)
    return fail(ErrorCode::unavailable, "Port " + std::to_string(options.port) + " is in use; name another.");
  ENSURE(make_folder(config.dir));
  TRY(lock, lock_folder(config.dir));
  demo.lock = std::move(lock);
  ENSURE(make_folder(config.dir / "mail"));
  ENSURE(make_folder(config.dir / "tls"));
  if (is_new) {
    ENSURE(write_private(config.clock_file, std::to_string(offset_to_monday_morning(SystemClock().now())) + "\n"));
    ENSURE(Instance::initialise(config));
  }
  TRY(tls, net::ensure_self_signed(config.dir / "tls", SystemClock()));
  demo.tls = tls;
  config.certificate = tls.server_certificate;
  config.certificate_key = tls.server_key;
  ENSURE(write_config(config));
  TRY(instance, Instance::open(config));
  demo.instance = std::move(instance);
  // What links in messages start with; the ready line puts it in front of those of the seeding.
  demo.instance->app().public_url.clear();
  const fs::path kept = config.dir / "demo.json";
  if (!fs::exists(kept)) {
    demo.instance->clock().set_offset(std::chrono::seconds(clock_offset(config)));
    TRY(world, seed_demo(*demo.instance, options.seed));
    ENSURE(write_private(kept, world));
  }
  demo.world = read_file(kept);
  demo.instance->app().public_url = url_of_port(config.port);
  // Everybody who tries the demo comes from one address.
  demo.instance->app().link_guard.set_network_scale(1000);
  ENSURE(replace_file(config.dir / "journal.pub", demo.instance->journal_key().text() + "\n", true));
  return demo;
}

// The page needs the tokens and names, not the folders; its address is where it was loaded from.
ui::DemoFacts page_facts(Demo& demo) {
  ui::DemoFacts facts;
  facts.ready = demo.world;
  replace_all(facts.ready, "@URL@", "");
  facts.ready.replace(0, 1, "{\"zone\":\"" + std::string(first_site_zone) + "\",");
  facts.mail = demo.config.dir / "mail";
  facts.move_clock = [&demo](Micros by) -> Result<void> {
    const std::int64_t seconds = clock_offset(demo.config) + by / std::chrono::seconds(1);
    ENSURE(write_private(demo.config.clock_file, std::to_string(seconds) + "\n"));
    demo.instance->clock().set_offset(std::chrono::seconds(seconds));
    return {};
  };
  return facts;
}

int refuse_demo(const Error& error) {
  std::cerr << "sealbook demo: " << error.detail << "\n";
  for (const FieldError& field : error.fields) std::cerr << "  " << field.pointer << ": " << field.detail << "\n";
  if (!error.cause.empty()) std::cerr << "  cause: " << error.cause << "\n";
  return error.code == ErrorCode::unavailable ? exit_unavailable : exit_config;
}

}  // namespace

int run_demo(const DemoOptions& options) {
  block_signals();
  harden_process();
  auto demo = open_demo(options);
  if (!demo) return refuse_demo(demo.error());
  ServerOptions server_options;
  server_options.limits = api::RateLimits::generous();
  server_options.demo = page_facts(*demo);
  auto server = Server::start(*demo->instance, std::move(server_options));
  if (!server) return refuse_demo(server.error());
  const std::string line = ready_line(demo->config, demo->tls.ca_certificate, (*server)->port(), demo->world);
  if (options.json) {
    std::cout << line << std::endl;
  } else {
    std::cout << "The demo is ready: https://localhost:" << (*server)->port() << "/demo/\n"
              << "Trust its authority: " << demo->tls.ca_certificate.string() << "\n"
              << "Stop it with Ctrl-C; its state stays in " << demo->config.dir.string() << std::endl;
  }
  wait_for_signal();
  server->reset();
  demo->instance.reset();
  return exit_ok;
}

}  // namespace sealbook::cli
