// A server on a free loopback port with a certificate of its own, and a handler that echoes what
// it understood. Tests only.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>

#include "base/clock.hpp"
#include "net/http_server.hpp"
#include "net/self_signed.hpp"
#include "net/testing/raw_client.hpp"

namespace sealbook::net::testing {

class LiveServer final : public HttpHandler {
 public:
  using Handle = std::function<void(HttpRequest, Responder)>;

  explicit LiveServer(HttpLimits limits = {}, Handle handle = nullptr,
                      std::vector<std::string> hosts = {})
      : handle_(std::move(handle)) {
    char pattern[] = "/tmp/sealbook-net-XXXXXX";
    folder = ::mkdtemp(pattern);
    files = ensure_self_signed(folder, clock).value();
    HttpServerConfig config;
    config.certificate_path = files.server_certificate;
    config.key_path = files.server_key;
    config.io_threads = 2;
    config.limits = std::move(limits);
    config.hosts = std::move(hosts);
    server = std::make_unique<HttpServer>(std::move(config), *this, clock);
    if (const auto started = server->start(); !started)
      throw std::runtime_error(started.error().cause);
  }
  ~LiveServer() override {
    server.reset();
    std::filesystem::remove_all(folder);
  }

  void handle(HttpRequest request, Responder responder) override {
    if (handle_) return handle_(std::move(request), std::move(responder));
    HttpResponse response;
    response.content_type = "text/plain";
    response.body =
        std::string(request.method) + " " + std::string(request.path) + " " + request.body;
    responder.send(std::move(response));
  }

  bool takes_body(const HttpRequest& head) override { return !takes || takes(head); }
  bool is_known(const HttpRequest& head) override { return !knows || knows(head); }

  ClientOptions trusting() const { return {.ca_path = files.ca_certificate}; }
  std::uint16_t port() const { return server->port(); }

  // Large bodies, and from whom; set before a request comes.
  std::function<bool(const HttpRequest&)> takes, knows;
  SystemClock clock;
  std::filesystem::path folder;
  SelfSignedFiles files;
  std::unique_ptr<HttpServer> server;

 private:
  Handle handle_;
};

}  // namespace sealbook::net::testing
