#include "cli/server.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <utility>

#include "api/endpoint/openapi.hpp"
#include "api/v1/all.hpp"
#include "app/perform.hpp"
#include "app/sign_in/sessions.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "base/version.hpp"
#include "cli/facts.hpp"
#include "cli/mail_inbox.hpp"
#include "worker/jobs.hpp"

namespace sealbook::cli {
namespace {

constexpr std::size_t import_bytes = 64 * 1024 * 1024;  // the largest file that is taken in one request
constexpr Micros answers_kept = std::chrono::hours(24);
constexpr Micros sessions_kept = std::chrono::hours(24);        // after their end
constexpr Micros session_step = std::chrono::seconds(30);       // of being seen, in the store

constexpr std::int64_t longest_clock_offset_s = 3650LL * 86'400;

// Whole seconds; a fraction behind them is left out.
std::optional<std::int64_t> clock_offset_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t seconds = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, seconds);
  if (read.ec != std::errc()) return std::nullopt;
  const std::string_view rest(read.ptr, end);
  const bool is_fraction = rest.starts_with('.') && rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (!rest.empty() && !is_fraction) return std::nullopt;
  if (seconds < -longest_clock_offset_s || seconds > longest_clock_offset_s) return std::nullopt;
  return seconds;
}

// An entry of the instance's own log.
void note_instance(app::App& app, AuditAction action, std::uint32_t rows) {
  auto ctx = app::operator_context(app);
  auto& entry = ctx.note(action, audit::ResourceKind::none, {});
  entry.actor = {};
  entry.role.reset();
  entry.permission.reset();
  entry.grant.reset();
  entry.rows = rows;
  const auto written = app.store.write({}, [sealed = app::seal_entries(ctx)](storage::Transaction& tx) -> Result<void> {
    for (const auto& each : sealed) tx.audit(each);
    return {};
  });
  if (!written) log::error("instance_entry_not_written", {{"code", written.error().code}});
}

// What is left of the descriptors when the store, the journal and what goes out have theirs. Raises
// the limit as far as the process may.
std::size_t most_connections() {
  constexpr std::size_t kept_back = 256;
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return kept_back;
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) getrlimit(RLIMIT_NOFILE, &files);
  const auto all = static_cast<std::size_t>(files.rlim_cur);
  return all > 2 * kept_back ? all - kept_back : all / 2;
}

net::HttpServerConfig listener(const Config& config) {
  net::HttpServerConfig http;
  http.bind_address = config.address;
  http.port = config.port;
  http.certificate_path = config.certificate;
  http.key_path = config.certificate_key;
  http.io_threads = config.io_threads;
  http.hosts = config.hosts;
  // Everybody of a clinic may come from one address, as long as there is room for others.
  http.limits.connections = std::min(http.limits.connections, most_connections());
  http.limits.connections_per_peer = http.limits.connections;
  http.limits.crowded_per_peer = http.limits.connections / 4;
  http.limits.silent_per_peer = std::min(http.limits.silent_per_peer, http.limits.connections / 2);
  http.limits.body_overrides.push_back({"/v1/imports", import_bytes});
  return http;
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Instance& instance, ServerOptions options) {
  auto server = std::unique_ptr<Server>(new Server(instance));
  app::App& app = instance.app();
  app.facts = [&instance] { return measure_facts(instance.config(), &instance); };
  const auto rows = api::all_endpoints();
  TRY(document, api::openapi_document(rows, api::OpenApiInfo{.version = program_version}));
  server->pages_ = std::make_unique<ui::Pages>(
      app, ui::PageFacts{std::move(document), [&app] { return app.store.journal_healthy(); }, std::move(options.demo)});
  TRY(pipeline, api::Pipeline::make(app, rows, options.limits, *server->pages_));
  server->pipeline_ = std::move(pipeline);
  server->follow_clock_file();
  server->imports_ = std::make_unique<app::imports::ImportRunner>(app);
  app.wake_imports = [runner = server->imports_.get()] { runner->wake(); };
  server->http_ = std::make_unique<net::HttpServer>(listener(instance.config()), *server->pipeline_, instance.clock());
  ENSURE(server->http_->start());
  if (instance.migrations_applied() > 0)
    note_instance(app, AuditAction::migration_applied, static_cast<std::uint32_t>(instance.migrations_applied()));
  note_instance(app, AuditAction::instance_started, 0);
  server->start_worker();
  server->housekeeper_ = std::thread([raw = server.get()] { raw->keep_house(); });
  return server;
}

Server::~Server() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  runner_.reset();
  if (housekeeper_.joinable()) housekeeper_.join();
  if (http_) {
    http_->stop();
    instance_.app().wake_imports = nullptr;
    imports_.reset();
    note_instance(instance_.app(), AuditAction::instance_stopped, 0);
  }
}

void Server::start_worker() {
  app::App& app = instance_.app();
  delivery_ = std::make_unique<app::Delivery>(app, app::DeliveryOptions{});
  worker::TakeLease take;
  // The embedded store has one process; on a server, each job is one node's at a time.
  if (app.store.database().engine() == sql::Engine::postgres) {
    leases_ = std::make_unique<storage::JobLeases>(app.store.database(), random_array<16>());
    take = [this](const std::string& job, Micros length) { return leases_->take(job, length); };
  }
  runner_ = std::make_unique<worker::Runner>(std::move(take));
  runner_->add(worker::message_job(*delivery_));
  runner_->add(worker::task_job(app));
  runner_->add(worker::visitor_job(app));
  if (auto inbox = make_inbox(instance_.config())) runner_->add(worker::inbox_job(app, std::move(*inbox)));
  runner_->start();
}

void Server::keep_house() {
  std::int64_t beats = 0;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::milliseconds(250), [this] { return stopping_; })) {
    lock.unlock();
    keep_house_once(++beats);
    lock.lock();
  }
  lock.unlock();
  pipeline_->flush_anonymous_refusals();
}

// A store that is away is looked for at the next beat. Sessions: what other nodes began, rotated or ended, four times a
// second; who was seen, twice a minute.
void Server::keep_house_once(std::int64_t beats) try {
  follow_clock_file();
  keep_sessions(beats);
  if (beats % 240 == 0) pipeline_->flush_anonymous_refusals();
  if (beats % 40 == 0)
    for (const auto& tenant : instance_.app().tenants.all())
      if (instance_.app().keyring.wants_refill(tenant->id()))
        if (const auto filled = instance_.app().keyring.refill(tenant->id()); !filled)
          log::warning("keyring_refill_failed", {{"tenant", tenant->id()}, {"code", filled.error().code}});
  if (beats % (4 * 3600) == 0) hourly();
} catch (const std::exception&) {
  log::warning("housekeeping_put_off", {{"beat", beats}});
}

void Server::keep_sessions(std::int64_t beats) {
  app::App& app = instance_.app();
  if (app.store.database().engine() == sql::Engine::postgres)
    sessions_followed_ = app::sign_in::follow(app, sessions_followed_);
  if (beats % 120 == 0) app.session_store->note_seen(app.sessions.take_seen(session_step));
}

void Server::hourly() {
  app::App& app = instance_.app();
  const Instant now = app.store.now();
  app.sessions.prune(now);
  try {
    app.session_store->forget_before(now - sessions_kept);
  } catch (const sql::EngineError& broken) {
    log::warning("sessions_not_forgotten", {{"kind", static_cast<int>(broken.kind())}});
  }
  app.busy.prune(now - std::chrono::hours(24), now);
  app.idempotency.drop_before(now - answers_kept);
}

// The file holds a number of seconds; whoever writes it moves every clock of the server. What is no
// such number, or would leave the years that the program knows, is refused and said once.
void Server::follow_clock_file() {
  const auto& file = instance_.config().clock_file;
  if (file.empty()) return;
  std::ifstream in(file);
  std::string text;
  in >> text;
  if (text.empty()) return;
  if (const auto seconds = clock_offset_of(text)) {
    instance_.clock().set_offset(std::chrono::seconds(*seconds));
    return;
  }
  thread_local std::string said;
  if (std::exchange(said, text) != text) log::warning("clock_file_refused", {{"longest_s", longest_clock_offset_s}});
}

void block_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

void wait_for_signal() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  int number = 0;
  sigwait(&set, &number);
}

void harden_process() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace sealbook::cli
