#include "net/head_parser.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>
#include <cstring>
#include <limits>

namespace sealbook::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

std::string_view plain(BeastView view) { return {view.data(), view.size()}; }

// A chunk's size line is a few digits; without extensions it has no reason to be longer.
constexpr std::size_t max_chunk_line = 64;

constexpr std::string_view singletons[] = {"host",         "content-length", "transfer-encoding",
                                           "content-type", "authorization",  "idempotency-key",
                                           "if-match",     "expect",         "cookie"};

bool is_singleton(std::string_view name) {
  return std::ranges::any_of(singletons,
                             [name](std::string_view s) { return same_header_name(name, s); });
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Receives the grammar's events; the views point into the bytes that were put.
class Parser final : public http::basic_parser<true> {
 public:
  explicit Parser(HttpRequest& request) : request_(request) {}
  bool refused_chunk = false;
  bool bad_singleton = false;
  bool too_many = false;
  std::size_t max_headers = 0;
  int http_version = 0;  // 11 for HTTP/1.1

 private:
  void on_request_impl(http::verb, BeastView method, BeastView target, int version,
                       error_code&) override {
    http_version = version;
    request_.method = plain(method);
    request_.target = plain(target);
  }
  void on_response_impl(int, BeastView, int, error_code&) override {}
  void on_field_impl(http::field, BeastView name, BeastView value, error_code& ec) override {
    if (is_header_done()) return refuse(refused_chunk, ec);  // a trailer
    if (request_.headers.size() >= max_headers) return refuse(too_many, ec);
    if (is_singleton(plain(name)) && request_.header(plain(name))) return refuse(bad_singleton, ec);
    request_.headers.push_back({plain(name), plain(value)});
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(BeastView body, error_code&) override {
    request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, BeastView extensions, error_code& ec) override {
    if (!extensions.empty()) refuse(refused_chunk, ec);
  }
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView body, error_code&) override {
    request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_finish_impl(error_code&) override {}

  static void refuse(bool& why, error_code& ec) {
    why = true;
    ec = http::error::bad_field;
  }
  HttpRequest& request_;
};

// Whether the first line ends in a version, so that 505 is the honest answer to it.
bool names_a_version(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\r'));
  const std::size_t space = line.rfind(' ');
  if (std::ranges::count(line, ' ') != 2) return false;
  const std::string_view version = line.substr(space + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return version.size() == 8 && version.starts_with("HTTP/") && digit(version[5]) &&
         version[6] == '.' && digit(version[7]);
}

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-';
}

// Splits "name:port" or "[v6]:port"; an empty name when it is neither.
std::string_view host_name(std::string_view host) {
  std::string_view name;
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos || end < 3) return {};
    name = host.substr(0, end + 1);
    const auto hex = [](char c) { return is_host_char(c) || c == ':'; };
    if (!std::ranges::all_of(name.substr(1, end - 1), hex)) return {};
  } else {
    name = host.substr(0, host.find(':'));
    if (!std::ranges::all_of(name, is_host_char)) return {};
  }
  const std::string_view rest = host.substr(name.size());
  if (!rest.empty() && (rest.size() > 6 || rest.front() != ':' || !all_digits(rest.substr(1))))
    return {};
  return name;
}

}  // namespace

struct RequestParser::State {
  std::optional<Parser> parser;
  bool expects_continue = false;
  std::size_t body_bound = 0;
};

HeadScanner::State HeadScanner::scan(std::string_view data) {
  while (true) {
    const std::size_t lf = data.find('\n', scanned_);
    scanned_ = lf == std::string_view::npos ? data.size() : lf;
    const std::string_view line = data.substr(line_, scanned_ - line_);
    // A CR stands only right before the LF; a line never starts with a space (obs-fold).
    const std::size_t cr = line.find('\r');
    if (cr != std::string_view::npos && cr + 1 != line.size()) return State::bad;
    if (line.starts_with(' ') || line.starts_with('\t')) return State::bad;
    if (lf == std::string_view::npos) return State::more;
    if (cr == std::string_view::npos) return State::bad;
    if (line.size() == 1) {  // the blank line; one before the request line is not for us to skip
      end_ = lf + 1;
      return line_ == 0 ? State::bad : State::found;
    }
    line_ = scanned_ = lf + 1;
  }
}

RequestParser::RequestParser(const HttpServerConfig& config)
    : config_(config), state_(std::make_unique<State>()) {}
RequestParser::~RequestParser() = default;

const Refusal* RequestParser::parse_head(std::string_view head, HttpRequest& request) {
  request = HttpRequest{};
  request.headers.reserve(12);
  request.head = std::make_unique_for_overwrite<char[]>(head.size());
  std::memcpy(request.head.get(), head.data(), head.size());
  Parser& parser = state_->parser.emplace(request);
  state_->expects_continue = false;
  state_->body_bound = 0;
  parser.max_headers = config_.limits.header_count;
  parser.header_limit(static_cast<std::uint32_t>(head.size()) + 1);
  parser.body_limit(boost::none);

  error_code ec;
  const std::size_t used = parser.put({request.head.get(), head.size()}, ec);
  if (parser.bad_singleton) return &refusals::duplicate_header;
  if (parser.too_many) return &refusals::too_many_headers;
  if (ec == http::error::bad_version && names_a_version(head)) return &refusals::bad_version;
  if (ec == http::error::bad_content_length || ec == http::error::bad_transfer_encoding)
    return &refusals::bad_framing;
  if (ec || !parser.is_header_done() || used != head.size()) return &refusals::bad_request;
  if (parser.http_version != 11) return &refusals::bad_version;
  if (const Refusal* refusal = check_target(request)) return refusal;
  return check_framing(request);
}

const Refusal* RequestParser::check_target(HttpRequest& request) const {
  const auto allowed = [](char c) {
    return c > 0x20 && c < 0x7f && c != '#' && c != '\\' && c != '"' && c != '<' && c != '>';
  };
  if (!std::ranges::all_of(request.target, allowed)) return &refusals::bad_target;
  const auto host = request.header("host");
  if (!host) return &refusals::bad_host;
  if (request.target.starts_with("https://")) {  // absolute form (RFC 9112 section 3.2.2)
    const std::string_view rest = request.target.substr(8);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos || !same_header_name(rest.substr(0, slash), *host))
      return &refusals::bad_target;
    request.target = rest.substr(slash);
  }
  if (!request.target.starts_with('/')) return &refusals::bad_target;
  request.path = request.target.substr(0, request.target.find('?'));
  if (request.path.size() < request.target.size())
    request.query = request.target.substr(request.path.size() + 1);
  return check_host(*host);
}

const Refusal* RequestParser::check_host(std::string_view host) const {
  const std::string_view name = host_name(host);
  if (name.empty()) return &refusals::bad_host;
  if (config_.hosts.empty()) return nullptr;
  const auto ours = [name](const std::string& known) { return same_header_name(known, name); };
  return std::ranges::any_of(config_.hosts, ours) ? nullptr : &refusals::misdirected;
}

const Refusal* RequestParser::check_framing(const HttpRequest& request) {
  const auto length = request.header("content-length");
  const auto coding = request.header("transfer-encoding");
  if (coding && length) return &refusals::bad_framing;
  if (coding && !same_header_name(*coding, "chunked")) return &refusals::unknown_coding;
  if (length && !all_digits(*length)) return &refusals::bad_framing;
  std::uint64_t size = 0;
  if (length) std::from_chars(length->data(), length->data() + length->size(), size);
  const bool has_body = coding || size > 0;
  if (has_body && (request.method == "GET" || request.method == "HEAD"))
    return &refusals::unexpected_body;

  const std::size_t limit = body_limit(request.path);
  if (size > limit) {
    const auto type = request.header("content-type");
    return !type || type->find("json") != std::string_view::npos ? &refusals::json_too_large
                                                                 : &refusals::body_too_large;
  }
  state_->parser->body_limit(limit);
  state_->body_bound = coding ? limit : static_cast<std::size_t>(size);
  if (const auto expectation = request.header("expect")) {
    if (!same_header_name(*expectation, "100-continue")) return &refusals::bad_expectation;
    state_->expects_continue = has_body;
  }
  return nullptr;
}

std::size_t RequestParser::body_limit(std::string_view path) const {
  std::size_t limit = config_.limits.body_bytes;
  std::size_t longest = 0;
  for (const BodyLimit& override_ : config_.limits.body_overrides) {
    const std::string_view prefix = override_.path_prefix;
    const bool below = path.starts_with(prefix) &&
                       (path.size() == prefix.size() || path[prefix.size()] == '/' ||
                        prefix.ends_with('/'));
    if (prefix.size() <= longest || !below) continue;
    longest = override_.path_prefix.size();
    limit = override_.max_bytes;
  }
  return limit;
}

const Refusal* RequestParser::take_body(std::string_view data, HttpRequest& request,
                                        std::size_t& used) {
  Parser& parser = *state_->parser;
  used = 0;
  while (!parser.is_done() && used < data.size()) {
    error_code ec;
    const std::size_t taken = parser.put({data.data() + used, data.size() - used}, ec);
    used += taken;
    if (ec == http::error::need_more) {
      return parser.chunked() && data.size() - used > max_chunk_line ? &refusals::bad_chunk
                                                                     : nullptr;
    }
    if (ec == http::error::body_limit) {
      const auto type = request.header("content-type");
      return !type || type->find("json") != std::string_view::npos ? &refusals::json_too_large
                                                                   : &refusals::body_too_large;
    }
    if (ec) return &refusals::bad_chunk;
  }
  return nullptr;
}

bool RequestParser::complete() const { return state_->parser->is_done(); }
bool RequestParser::keep_alive() const { return state_->parser->keep_alive(); }
bool RequestParser::expects_continue() const { return state_->expects_continue; }
std::size_t RequestParser::body_bound() const { return state_->body_bound; }

}  // namespace sealbook::net
