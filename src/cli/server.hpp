// Server is a running instance: the API and the pages behind TLS, and the housekeeping beside them.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "api/pipeline.hpp"
#include "app/imports/runner.hpp"
#include "cli/instance.hpp"
#include "app/messages/deliver.hpp"
#include "net/http_server.hpp"
#include "storage/tables/leases.hpp"
#include "ui/pages.hpp"
#include "worker/runner.hpp"

namespace sealbook::cli {

struct ServerOptions {
  api::RateLimits limits = api::RateLimits::production();
  ui::DemoFacts demo;  // demo mode: what the demo's page needs; empty otherwise
};

class Server {
 public:
  // Starts listening. Fails with the reason, and nothing listens then.
  static Result<std::unique_ptr<Server>> start(Instance& instance, ServerOptions options);
  ~Server();  // drains within five seconds
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const { return http_->port(); }

 private:
  explicit Server(Instance& instance) : instance_(instance) {}
  void start_worker();     // messages, tasks: what happens by time
  void keep_house();       // four times a second until stopped
  void keep_house_once(std::int64_t beats);
  void follow_clock_file();
  void keep_sessions(std::int64_t beats);
  void hourly();

  Instance& instance_;
  std::unique_ptr<ui::Pages> pages_;
  std::unique_ptr<api::Pipeline> pipeline_;
  std::unique_ptr<app::imports::ImportRunner> imports_;
  std::unique_ptr<net::HttpServer> http_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread housekeeper_;
  Instant sessions_followed_;  // until when other nodes' sessions are known here
  std::unique_ptr<storage::JobLeases> leases_;
  std::unique_ptr<app::Delivery> delivery_;
  std::unique_ptr<worker::Runner> runner_;  // ends before what its jobs use
};

// Blocks until SIGTERM or SIGINT. Call block_signals() before any thread is made.
void block_signals();
void wait_for_signal();
// No core dumps, no ptrace by others of the same user.
void harden_process();

}  // namespace sealbook::cli
