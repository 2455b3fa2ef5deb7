#include "load_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "machine.hpp"

namespace sealbook::bench {
namespace {

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "load client: %s\n", what);
  std::exit(1);
}

int connect_from(std::size_t number, std::uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in from{}, to{};
  from.sin_family = to.sin_family = AF_INET;
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>((number / 500) << 8));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  to.sin_port = htons(port);
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (fd < 0 || bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
      connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    give_up("cannot connect");
  return fd;
}

}  // namespace

struct LoadClient::Connection {
  std::size_t number = 0;
  int fd = -1;
  SSL* tls = nullptr;
  std::string request, answer;
  double sent = 0;
  bool waiting = false;
  ~Connection() {
    SSL_free(tls);
    if (fd >= 0) close(fd);
  }
};

LoadClient::LoadClient(std::uint16_t port, const std::string& ca, std::size_t connections)
    : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (SSL_CTX_load_verify_locations(context, ca.c_str(), nullptr) != 1)
    give_up("cannot read the CA");
  for (std::size_t i = 0; i < connections; ++i) {
    auto c = std::make_unique<Connection>();
    c->number = i;
    c->fd = connect_from(i, port);
    c->tls = SSL_new(context);
    SSL_set_fd(c->tls, c->fd);
    SSL_set_tlsext_host_name(c->tls, "localhost");
    SSL_set1_host(c->tls, "localhost");
    if (SSL_connect(c->tls) != 1) give_up("the TLS handshake failed");
    fcntl(c->fd, F_SETFL, fcntl(c->fd, F_GETFL) | O_NONBLOCK);
    epoll_event event{.events = EPOLLIN, .data = {.ptr = c.get()}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, c->fd, &event);
    connections_.push_back(std::move(c));
  }
  SSL_CTX_free(context);
}

LoadClient::~LoadClient() { close(epoll_); }

// Requests are small: loopback takes them whole, and one that it does not is a fault of the
// benchmark.
void LoadClient::flush(Connection& c) {
  c.answer.clear();
  c.waiting = true;
  c.sent = wall_seconds();
  if (SSL_write(c.tls, c.request.data(), static_cast<int>(c.request.size())) !=
      static_cast<int>(c.request.size()))
    give_up("a request could not be sent whole");
}

// Whether the whole answer is there.
bool LoadClient::read(Connection& c, const Seen& seen) {
  char buffer[16'384];
  for (int n; (n = SSL_read(c.tls, buffer, sizeof buffer)) > 0 ||
              SSL_get_error(c.tls, n) != SSL_ERROR_WANT_READ;) {
    if (n <= 0) give_up("the server closed a connection");
    c.answer.append(buffer, static_cast<std::size_t>(n));
    if (SSL_pending(c.tls) == 0 && n < static_cast<int>(sizeof buffer)) break;
  }
  const std::size_t end = c.answer.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  std::size_t length = 0;
  const std::size_t at = c.answer.find("Content-Length: ");
  if (at < end) std::from_chars(c.answer.data() + at + 16, c.answer.data() + end, length);
  if (c.answer.size() < end + 4 + length) return false;
  c.waiting = false;
  const std::string_view all = c.answer;
  seen(c.number, std::atoi(all.substr(9, 3).data()), all.substr(end + 4, length),
       wall_seconds() - c.sent);
  return true;
}

void LoadClient::run(const Next& next, const Seen& seen) {
  std::size_t waiting = 0;
  for (auto& c : connections_)
    if (next(c->number, c->request)) {
      flush(*c);
      ++waiting;
    }
  std::vector<epoll_event> events(connections_.size());
  while (waiting > 0) {
    const int ready = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 30'000);
    if (ready == 0) give_up("no answer within 30 s");
    for (int i = 0; i < ready; ++i) {
      auto& c = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (!read(c, seen) || c.waiting) continue;
      if (next(c.number, c.request)) flush(c);
      else --waiting;
    }
  }
}

std::string LoadClient::ask(const std::string& request) {
  std::string answer;
  bool asked = false;
  run(
      [&](std::size_t connection, std::string& out) {
        if (connection != 0 || asked) return false;
        out = request;
        return asked = true;
      },
      [&](std::size_t, int status, std::string_view body, double) {
        answer = body;
        if (status / 100 == 2) return;
        std::fprintf(stderr, "%s\n%s\n", request.substr(0, request.find('\r')).c_str(),
                     answer.c_str());
        give_up("a request was refused");
      });
  return answer;
}

std::string get_request(std::string_view path, std::string_view token) {
  std::string out = "GET ";
  out.append(path)
      .append(" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ")
      .append(token)
      .append("\r\n\r\n");
  return out;
}

std::string post_request(std::string_view path, std::string_view token, std::string_view body) {
  std::string out = "POST ";
  out.append(path).append(" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ").append(token);
  out.append("\r\nContent-Type: application/json\r\nIdempotency-Key: ")
      .append(to_hex(random_array<16>()));
  out.append("\r\nContent-Length: ")
      .append(std::to_string(body.size()))
      .append("\r\n\r\n")
      .append(body);
  return out;
}

std::string member(std::string_view json, std::string_view name, std::size_t from) {
  const std::string key = "\"" + std::string(name) + "\":\"";
  const std::size_t at = json.find(key, from);
  if (at == std::string_view::npos) return {};
  const std::size_t start = at + key.size();
  return std::string(json.substr(start, json.find('"', start) - start));
}

double percentile(std::vector<double>& values, double percent) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(
      values.size() - 1,
      static_cast<std::size_t>(static_cast<double>(values.size()) * percent / 100))];
}

}  // namespace sealbook::bench
