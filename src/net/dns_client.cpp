#include "net/dns_client.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <unbound.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace sealbook::net {
namespace {

constexpr int type_mx = 15, type_txt = 16, class_in = 1;
constexpr std::chrono::seconds patience{10};

std::unexpected<Error> bad_resolver() {
  return fail(invalid_field("/resolver", "address",
                            "Write a resolver as 192.0.2.1:53 or [2001:db8::1]:53."));
}

// "192.0.2.1:53" as libunbound wants it: "192.0.2.1@53".
std::optional<std::string> forward_text(std::string_view resolver) {
  std::string_view host = resolver, port = "53";
  if (resolver.starts_with('[')) {
    const std::size_t end = resolver.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    host = resolver.substr(1, end - 1);
    const std::string_view rest = resolver.substr(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) return std::nullopt;
    if (!rest.empty()) port = rest.substr(1);
  } else if (const std::size_t colon = resolver.find(':'); colon != std::string_view::npos) {
    host = resolver.substr(0, colon);
    port = resolver.substr(colon + 1);
  }
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc() || end != port.data() + port.size() || number == 0 || number > 65535)
    return std::nullopt;
  unsigned char parsed[16];
  const std::string address(host);
  if (inet_pton(AF_INET, address.c_str(), parsed) != 1 &&
      inet_pton(AF_INET6, address.c_str(), parsed) != 1)
    return std::nullopt;
  return address + "@" + std::to_string(number);
}

struct FreeResult {
  void operator()(ub_result* result) const { ub_resolve_free(result); }
};
using Answer = std::unique_ptr<ub_result, FreeResult>;

// What the callback of a look-up leaves.
struct Waiting {
  bool is_done = false;
  int error = 0;
  Answer answer;
};

void arrived(void* to, int error, ub_result* result) {
  auto& waiting = *static_cast<Waiting*>(to);
  waiting.is_done = true;
  waiting.error = error;
  waiting.answer.reset(result);
}

std::unexpected<Error> no_answer(const std::string& name, std::string cause) {
  Error error = make_error(ErrorCode::unavailable, name + " could not be looked up.");
  error.cause = std::move(cause);
  return fail(std::move(error));
}

// A name in wire form (RFC 1035 3.1), not compressed: libunbound has expanded it.
std::optional<std::string> host_text(std::string_view wire) {
  std::string out;
  while (!wire.empty()) {
    const auto length = static_cast<unsigned char>(wire.front());
    if (length == 0) return out;
    if (length > 63 || wire.size() <= length) return std::nullopt;
    if (!out.empty()) out += '.';
    out += wire.substr(1, length);
    wire.remove_prefix(1 + length);
  }
  return std::nullopt;
}

}  // namespace

void DnsClient::Free::operator()(ub_ctx* context) const { ub_ctx_delete(context); }

Result<DnsClient> DnsClient::make(std::string_view resolver) {
  std::unique_ptr<ub_ctx, Free> context(ub_ctx_create());
  if (!context) return fail(ErrorCode::unavailable, "The resolver cannot be started.");
  ub_ctx_async(context.get(), 1);  // a thread, not a process
  // A resolver on the machine itself is as good as another.
  ub_ctx_set_option(context.get(), "do-not-query-localhost:", "no");
  if (resolver.empty()) {
    if (ub_ctx_resolvconf(context.get(), nullptr) != 0)
      return fail(ErrorCode::unavailable, "This machine names no DNS resolver.");
    return DnsClient(std::move(context));
  }
  const auto forward = forward_text(resolver);
  if (!forward || ub_ctx_set_fwd(context.get(), forward->c_str()) != 0) return bad_resolver();
  // Who names a resolver means what it says: also about the zone for tests, which libunbound would
  // answer by itself (RFC 6761 6.2). After this the context takes no more settings.
  ub_ctx_zone_add(context.get(), "test.", "transparent");
  return DnsClient(std::move(context));
}

Result<std::vector<std::string>> DnsClient::look_up(const std::string& name, int type) {
  Waiting waiting;
  int id = 0;
  if (const int error =
          ub_resolve_async(context_.get(), name.c_str(), type, class_in, &waiting, &arrived, &id))
    return no_answer(name, ub_strerror(error));
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!waiting.is_done) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd readable{ub_fd(context_.get()), POLLIN, 0};
    if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count())) <= 0) {
      ub_cancel(context_.get(), id);
      return no_answer(name, "no answer in time");
    }
    ub_process(context_.get());
  }
  if (waiting.error != 0 || !waiting.answer) return no_answer(name, ub_strerror(waiting.error));
  const ub_result& answer = *waiting.answer;
  constexpr int no_error = 0, no_such_name = 3;
  if (answer.bogus != 0) return no_answer(name, "the answer's signature is wrong");
  if (answer.rcode != no_error && answer.rcode != no_such_name)
    return no_answer(name, "the resolver answered with code " + std::to_string(answer.rcode));
  std::vector<std::string> records;
  for (int i = 0; answer.data != nullptr && answer.data[i] != nullptr; ++i)
    records.emplace_back(answer.data[i], static_cast<std::size_t>(answer.len[i]));
  return records;
}

Result<std::vector<std::string>> DnsClient::texts(const std::string& name) {
  TRY(records, look_up(name, type_txt));
  std::vector<std::string> out;
  for (std::string_view record : records) {
    std::string text;
    while (!record.empty()) {
      const auto length = static_cast<unsigned char>(record.front());
      text += record.substr(1, length);
      record.remove_prefix(std::min<std::size_t>(1 + length, record.size()));
    }
    out.push_back(std::move(text));
  }
  return out;
}

Result<std::vector<MailExchanger>> DnsClient::mail_exchangers(const std::string& name) {
  TRY(records, look_up(name, type_mx));
  std::vector<MailExchanger> out;
  for (const std::string_view record : records) {
    if (record.size() < 3) continue;
    const auto host = host_text(record.substr(2));
    const unsigned preference =
        static_cast<unsigned char>(record[0]) * 256u + static_cast<unsigned char>(record[1]);
    if (host) out.push_back({preference, *host});
  }
  return out;
}

}  // namespace sealbook::net
