// RequestParser reads one HTTP/1.1 request, strictly, from the bytes of a connection.
//
// Grammar and chunked coding are Boost.Beast's (instantiated in head_parser.cpp and nowhere else);
// what two readers could take differently is refused before or after: bare LF or CR, folded
// lines, whitespace around names, two lengths, two hosts, codings, absolute targets of other
// hosts. Threads: one. Reused for each request of a connection.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "net/http_server.hpp"
#include "net/refusal.hpp"

namespace sealbook::net {

// Looks for the blank line that ends a header, a piece at a time.
class HeadScanner {
 public:
  enum class State : std::uint8_t { more, found, bad };
  // `data` is the whole header so far; what was scanned before is not scanned again.
  State scan(std::string_view data);
  std::size_t end() const { return end_; }  // when found: the header's length with its blank line
  void reset() { *this = {}; }

 private:
  std::size_t line_ = 0;     // where the present line starts
  std::size_t scanned_ = 0;  // no '\n' between line_ and here
  std::size_t end_ = 0;
};

class RequestParser {
 public:
  explicit RequestParser(const HttpServerConfig& config);
  ~RequestParser();

  // Parses a complete header, blank line included, into `request` (which keeps a copy of it).
  // Returns null, or why it is refused.
  const Refusal* parse_head(std::string_view head, HttpRequest& request);
  // After parse_head: takes body bytes into request.body; `used` says how many.
  const Refusal* take_body(std::string_view data, HttpRequest& request, std::size_t& used);
  bool complete() const;
  bool keep_alive() const;
  bool expects_continue() const;
  // The most that the body can come to: its length, or the limit when it is chunked. 0: none.
  std::size_t body_bound() const;

 private:
  struct State;
  const Refusal* check_framing(const HttpRequest& request);
  const Refusal* check_target(HttpRequest& request) const;
  const Refusal* check_host(std::string_view host) const;
  std::size_t body_limit(std::string_view path) const;

  const HttpServerConfig& config_;
  std::unique_ptr<State> state_;
};

}  // namespace sealbook::net
