// LoadClient is many kept-alive TLS 1.3 connections to one server on this machine, worked by one
// thread, with one request under way on each. It does as little as it can: it shares the server's
// cores.
//
// A broken connection or an answer that cannot be read ends the program: a benchmark of failures
// would be worthless. Connections come from several loopback addresses, 500 from each.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sealbook::bench {

class LoadClient {
 public:
  // Connects and shakes hands on all of them. The server proves itself with a certificate of `ca`.
  LoadClient(std::uint16_t port, const std::string& ca, std::size_t connections);
  ~LoadClient();
  LoadClient(const LoadClient&) = delete;
  LoadClient& operator=(const LoadClient&) = delete;

  // What a free connection sends next; false: nothing more.
  using Next = std::function<bool(std::size_t connection, std::string& request)>;
  using Seen = std::function<void(std::size_t connection, int status, std::string_view body,
                                  double seconds)>;
  // Returns when every connection is out of requests and has its answer.
  void run(const Next& next, const Seen& seen);

  // One request on the first connection; ends the program unless the status is 2xx.
  std::string ask(const std::string& request);

 private:
  struct Connection;
  void flush(Connection& connection);
  bool read(Connection& connection, const Seen& seen);

  int epoll_ = -1;
  std::vector<std::unique_ptr<Connection>> connections_;
};

// The text of a request; a POST carries a JSON body, and a creating one a fresh Idempotency-Key.
std::string get_request(std::string_view path, std::string_view token);
std::string post_request(std::string_view path, std::string_view token, std::string_view body);

// The text member `name` of a JSON answer, from position `from` on; empty when there is none.
std::string member(std::string_view json, std::string_view name, std::size_t from = 0);

// The value below which `percent` of them lie.
double percentile(std::vector<double>& values, double percent);

}  // namespace sealbook::bench
