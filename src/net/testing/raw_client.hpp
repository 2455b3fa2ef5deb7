// RawClient speaks TLS to a server under test and sends whatever bytes it is given. Tests only.
//
// It verifies the server against the given CA, waits at most five seconds for an answer, and
// reports what came back as text, so that a test can send what no proper client would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sealbook::net::testing {

struct ClientOptions {
  std::string ca_path;
  int max_version = TLS1_3_VERSION;
  SSL_SESSION* resume = nullptr;  // borrowed
};

class RawClient {
 public:
  RawClient(std::uint16_t port, const ClientOptions& options)
      : context_(SSL_CTX_new(TLS_client_method())) {
    if (SSL_CTX_load_verify_locations(context_.get(), options.ca_path.c_str(), nullptr) != 1)
      throw std::runtime_error("no CA");
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_max_proto_version(context_.get(), options.max_version);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::signal(SIGPIPE, SIG_IGN);  // the server may hang up while we write
    const timeval limit{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_);
    SSL_set1_host(ssl_.get(), "localhost");
    if (options.resume != nullptr) SSL_set_session(ssl_.get(), options.resume);
    connected_ = SSL_connect(ssl_.get()) == 1;
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  SSL* ssl() { return ssl_.get(); }

  bool send(std::string_view bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const int n =
          SSL_write(ssl_.get(), bytes.data() + sent, static_cast<int>(bytes.size() - sent));
      if (n <= 0) return false;
      sent += static_cast<std::size_t>(n);
    }
    return true;
  }

  // One answer: header and as much body as Content-Length says. Empty when the server hung up.
  std::string read_answer(bool head_only = false) {
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
      if (!read_more()) return {};
    std::size_t length = 0;
    const std::size_t at = buffer_.find("Content-Length: ");
    if (at < end && !head_only)
      std::from_chars(buffer_.data() + at + 16, buffer_.data() + end, length);
    while (buffer_.size() < end + 4 + length)
      if (!read_more()) return {};
    std::string answer = buffer_.substr(0, end + 4 + length);
    buffer_.erase(0, end + 4 + length);
    return answer;
  }
  // Whether the server ends the connection now, rather than leaving it open.
  bool is_closed() { return !read_more() && !timed_out_; }

 private:
  bool read_more() {
    char piece[16 * 1024];
    const int n = SSL_read(ssl_.get(), piece, sizeof piece);
    if (n <= 0) {
      timed_out_ = SSL_get_error(ssl_.get(), n) == SSL_ERROR_WANT_READ;
      return false;
    }
    buffer_.append(piece, static_cast<std::size_t>(n));
    return true;
  }
  struct Free {
    void operator()(SSL_CTX* p) const { SSL_CTX_free(p); }
    void operator()(SSL* p) const { SSL_free(p); }
  };
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  int socket_ = -1;
  bool connected_ = false;
  bool timed_out_ = false;
  std::string buffer_;
};

}  // namespace sealbook::net::testing
