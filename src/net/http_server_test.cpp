#include "net/http_server.hpp"

#include <gtest/gtest.h>
#include <malloc.h>
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#include <sanitizer/allocator_interface.h>
#endif

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <thread>

#include "net/loop.hpp"
#include "net/testing/live_server.hpp"

namespace sealbook::net {
namespace {

using testing::LiveServer;
using testing::RawClient;
using namespace std::chrono_literals;

constexpr std::string_view get = "GET /a?b=c HTTP/1.1\r\nHost: localhost\r\n\r\n";

int status_of(std::string_view answer) {
  return answer.size() > 12 ? std::stoi(std::string(answer.substr(9, 3))) : 0;
}

// Memory that this process holds on its heap, in KiB. What a sanitizer keeps back after it was freed does
// not count, as it would in the resident size.
long held_kib() {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return static_cast<long>(__sanitizer_get_current_allocated_bytes() / 1024);
#else
  return static_cast<long>(mallinfo2().uordblks / 1024);
#endif
}

HttpLimits hasty() {
  HttpLimits limits;
  limits.handshake = limits.header = limits.body = limits.write = 300ms;
  limits.idle = 600ms;
  limits.linger = 300ms;
  return limits;
}

TEST(HttpServer, answers_request_after_request_on_one_connection) {
  LiveServer server;
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.connected());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(get));
    const std::string answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_TRUE(answer.ends_with("GET /a "));
    EXPECT_NE(answer.find("Request-Id: req_"), std::string::npos);
  }
  EXPECT_EQ(server.server->stats().requests, 3U);
}

TEST(HttpServer, pipelined_requests_are_answered_in_order) {
  LiveServer server;
  RawClient client(server.port(), server.trusting());
  std::string all;
  for (int i = 0; i < 100; ++i)
    all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(client.read_answer().ends_with("GET /" + std::to_string(i) + " "));
}

TEST(HttpServer, takes_bodies_in_pieces_and_in_chunks) {
  LiveServer server;
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nabc"));
  std::this_thread::sleep_for(20ms);
  ASSERT_TRUE(client.send("def"));
  EXPECT_TRUE(client.read_answer().ends_with("POST /p abcdef"));
  ASSERT_TRUE(client.send(
      "POST /p HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"));
  ASSERT_TRUE(client.send("1\r\nc\r\n0\r\n\r\n"));
  EXPECT_TRUE(client.read_answer().ends_with("POST /p abc"));
}

TEST(HttpServer, a_large_body_within_the_limit_arrives_whole) {
  LiveServer server;
  RawClient client(server.port(), server.trusting());
  const std::string body(256 * 1024, 'x');
  ASSERT_TRUE(
      client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 262144\r\n\r\n" + body));
  EXPECT_TRUE(client.read_answer().ends_with("POST /p " + body));
}

TEST(HttpServer, says_continue_when_it_is_expected_to) {
  LiveServer server;
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send(
      "POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.read_answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(client.send("ab"));
  EXPECT_TRUE(client.read_answer().ends_with("POST /p ab"));
}

TEST(HttpServer, head_is_answered_without_a_body) {
  LiveServer server;
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_NE(client.read_answer(true).find("Content-Length: 8\r\n"), std::string::npos);
  ASSERT_TRUE(client.send(get));
  EXPECT_TRUE(client.read_answer().ends_with("GET /a "));
}

TEST(HttpServer, closes_when_the_client_asks_for_it) {
  LiveServer server;
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
  EXPECT_NE(client.read_answer().find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpServer, refusals_are_problems_with_all_headers_and_end_the_connection) {
  LiveServer server;
  for (const auto& [bytes, status] :
       {std::pair<std::string, int>{"GET / HTTP/1.1\nHost: localhost\n\n", 400},
        {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nTransfer-Encoding: "
         "chunked\r\n\r\n0\r\n\r\nG",
         400},
        {"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", 505},
        {"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(17'000, 'a') + "\r\n\r\n", 431},
        {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 262145\r\n\r\n" +
             std::string(262'145, 'x'),
         400},
        {"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
         "chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n",
         400}}) {
    RawClient client(server.port(), server.trusting());
    ASSERT_TRUE(client.connected());
    client.send(bytes + "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string answer = client.read_answer();
    EXPECT_EQ(status_of(answer), status) << bytes.substr(0, 60);
    EXPECT_NE(answer.find("Content-Type: application/problem+json\r\n"), std::string::npos);
    EXPECT_NE(answer.find("Strict-Transport-Security: "), std::string::npos);
    EXPECT_NE(answer.find("Content-Security-Policy: "), std::string::npos);
    EXPECT_NE(answer.find("Request-Id: req_"), std::string::npos);
    EXPECT_NE(answer.find("\"type\":\"/problems/"), std::string::npos);
    EXPECT_TRUE(client.is_closed()) << bytes.substr(0, 60);
  }
  EXPECT_EQ(server.server->stats().requests, 0U);
  EXPECT_EQ(server.server->stats().refused_requests, 6U);
}

TEST(HttpServer, speaks_tls_1_3_only) {
  LiveServer server;
  testing::ClientOptions old = server.trusting();
  old.max_version = TLS1_2_VERSION;
  EXPECT_FALSE(RawClient(server.port(), old).connected());
  RawClient fresh(server.port(), server.trusting());
  ASSERT_TRUE(fresh.connected());
  EXPECT_STREQ(SSL_get_version(fresh.ssl()), "TLSv1.3");
  EXPECT_STREQ(SSL_get_cipher(fresh.ssl()), "TLS_AES_256_GCM_SHA384");
  EXPECT_EQ(server.server->stats().failed_handshakes, 1U);
}

TEST(HttpServer, resumes_a_session_without_early_data) {
  LiveServer server;
  RawClient first(server.port(), server.trusting());
  ASSERT_TRUE(first.send(get));
  first.read_answer();  // the ticket came before it
  SSL_SESSION* session = SSL_get1_session(first.ssl());
  EXPECT_EQ(SSL_SESSION_get_max_early_data(session), 0U);
  testing::ClientOptions options = server.trusting();
  options.resume = session;
  RawClient second(server.port(), options);
  EXPECT_TRUE(second.connected());
  EXPECT_EQ(SSL_session_reused(second.ssl()), 1);
  SSL_SESSION_free(session);
}

TEST(HttpServer, plain_http_is_closed_without_a_word) {
  LiveServer server;
  const int plain = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{.sin_family = AF_INET,
                      .sin_port = htons(server.port()),
                      .sin_addr = {htonl(INADDR_LOOPBACK)},
                      .sin_zero = {}};
  ASSERT_EQ(::connect(plain, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_GT(::send(plain, get.data(), get.size(), MSG_NOSIGNAL), 0);
  std::string got;
  char piece[512];
  for (ssize_t n; (n = ::recv(plain, piece, sizeof piece, 0)) > 0;)
    got.append(piece, static_cast<std::size_t>(n));
  ::close(plain);
  EXPECT_EQ(got.find("HTTP/"), std::string::npos);
  EXPECT_EQ(server.server->stats().requests, 0U);
}

TEST(HttpServer, a_slow_header_is_cut_with_408) {
  LiveServer server(hasty());
  RawClient client(server.port(), server.trusting());
  const auto start = std::chrono::steady_clock::now();
  for (const char c : get.substr(0, get.size() - 2)) {  // a byte at a time does not buy more time
    if (!client.send(std::string_view(&c, 1))) break;
    std::this_thread::sleep_for(30ms);
  }
  EXPECT_EQ(status_of(client.read_answer()), 408);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 4s);
  EXPECT_EQ(server.server->stats().deadline_closes, 1U);
}

TEST(HttpServer, a_slow_body_is_cut_with_408) {
  LiveServer server(hasty());
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc"));
  EXPECT_EQ(status_of(client.read_answer()), 408);
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpServer, an_idle_connection_is_ended_in_order) {
  LiveServer server(hasty());
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send(get));
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_TRUE(client.is_closed());  // within the client's five seconds
  EXPECT_EQ(server.server->stats().deadline_closes, 0U);
}

TEST(HttpServer, a_silent_handshake_is_cut) {
  LiveServer server(hasty());
  const int silent = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{.sin_family = AF_INET,
                      .sin_port = htons(server.port()),
                      .sin_addr = {htonl(INADDR_LOOPBACK)},
                      .sin_zero = {}};
  ASSERT_EQ(::connect(silent, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const timeval limit{.tv_sec = 5, .tv_usec = 0};
  ::setsockopt(silent, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  char byte;
  EXPECT_EQ(::recv(silent, &byte, 1, 0), 0);  // the end, not a time-out
  ::close(silent);
}

TEST(HttpServer, a_reader_that_does_not_read_is_cut) {
  LiveServer server(hasty(), [](const HttpRequest&, Responder responder) {
    responder.send(
        {.content_type = "text/plain", .body = std::string(64 * 1024 * 1024, 'x'), .headers = {}});
  });
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send(get));
  for (int i = 0; i < 100 && server.server->stats().open_connections != 0; ++i)
    std::this_thread::sleep_for(50ms);
  EXPECT_EQ(server.server->stats().open_connections, 0U);
  EXPECT_EQ(server.server->stats().deadline_closes, 1U);
}

TEST(HttpServer, many_slow_clients_cost_flat_memory) {
  HttpLimits limits;
  LiveServer server(limits);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 100; ++i)
    clients.push_back(std::make_unique<RawClient>(server.port(), server.trusting()));
  for (auto& client : clients) client->send("POST / HTTP/1.1\r\nHost: localhost\r\n");
  for (int i = 0; i < 100 && server.server->stats().open_connections < 100; ++i)
    std::this_thread::sleep_for(10ms);
  std::this_thread::sleep_for(200ms);  // the server's half of the last handshakes
  const long before = held_kib();
  for (int round = 0; round < 40; ++round)
    for (auto& client : clients) client->send("X: y\r\n");
  EXPECT_LT(held_kib() - before, 1024);
  EXPECT_EQ(server.server->stats().requests, 0U);
  ASSERT_TRUE(clients[0]->send("Content-Length: 0\r\n\r\n"));
  EXPECT_EQ(status_of(clients[0]->read_answer()), 200);
}

TEST(HttpServer, connections_have_a_limit_in_all_and_by_peer) {
  HttpLimits limits;
  limits.connections_per_peer = 2;
  LiveServer server(limits);
  auto first = std::make_unique<RawClient>(server.port(), server.trusting());
  const RawClient second(server.port(), server.trusting());
  ASSERT_TRUE(first->connected() && second.connected());
  EXPECT_FALSE(RawClient(server.port(), server.trusting()).connected());
  EXPECT_EQ(server.server->stats().refused_connections, 1U);
  first.reset();
  for (int i = 0; i < 100 && server.server->stats().open_connections == 2; ++i)
    std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(RawClient(server.port(), server.trusting()).connected());
}

TEST(HttpServer, a_large_body_is_read_only_from_whom_the_handler_takes_it) {
  HttpLimits limits;
  limits.body_bytes = 1000;
  limits.body_overrides = {{"/large", 1'000'000}};
  LiveServer server(limits);
  server.takes = [](const HttpRequest& head) { return head.header("Authorization").has_value(); };
  const std::string large = "POST /large HTTP/1.1\r\nHost: localhost\r\n";
  RawClient stranger(server.port(), server.trusting());
  ASSERT_TRUE(stranger.send(large + "Content-Length: 900000\r\n\r\n"));
  EXPECT_TRUE(stranger.read_answer().ends_with("POST /large ")) << "answered without its body";
  EXPECT_TRUE(stranger.is_closed());
  RawClient known(server.port(), server.trusting());
  ASSERT_TRUE(known.send(large + "Authorization: x\r\nContent-Length: 2000\r\n\r\n" +
                         std::string(2000, 'b')));
  EXPECT_TRUE(known.read_answer().ends_with("bbbb"));
  ASSERT_TRUE(known.send("POST /largest HTTP/1.1\r\nHost: localhost\r\nAuthorization: x\r\n"
                         "Content-Type: text/plain\r\nContent-Length: 2000\r\n\r\n"));
  EXPECT_EQ(status_of(known.read_answer()), 413) << "a path that only begins the same";
}

TEST(HttpServer, bodies_under_way_have_a_limit_together) {
  HttpLimits limits;
  limits.bodies_bytes = 150'000;
  LiveServer server(limits);
  const std::string head = "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n";
  RawClient first(server.port(), server.trusting());
  ASSERT_TRUE(first.send(head + std::string(99'999, 'x')));
  std::this_thread::sleep_for(100ms);
  RawClient second(server.port(), server.trusting());
  ASSERT_TRUE(second.send(head + std::string(99'999, 'x')));
  EXPECT_EQ(status_of(second.read_answer()), 503);
  ASSERT_TRUE(first.send("x"));
  EXPECT_EQ(status_of(first.read_answer()), 200);
  RawClient third(server.port(), server.trusting());
  ASSERT_TRUE(third.send(head + std::string(100'000, 'x')));
  EXPECT_EQ(status_of(third.read_answer()), 200) << "what was taken is given back";
}

TEST(HttpServer, a_body_that_is_only_announced_takes_nothing_from_others) {
  HttpLimits limits;
  limits.bodies_bytes = 150'000;
  LiveServer server(limits);
  const std::string head = "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n";
  std::vector<std::unique_ptr<RawClient>> waiting;
  for (int i = 0; i < 5; ++i) {
    waiting.push_back(std::make_unique<RawClient>(server.port(), server.trusting()));
    ASSERT_TRUE(waiting.back()->send(head));
  }
  std::this_thread::sleep_for(100ms);
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send(head + std::string(100'000, 'x')));
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST(HttpServer, what_strangers_send_takes_nothing_from_the_known) {
  HttpLimits limits;
  limits.bodies_bytes = 150'000;
  limits.strangers_bodies_bytes = 150'000;
  LiveServer server(limits);
  server.knows = [](const HttpRequest& head) { return head.header("Authorization").has_value(); };
  const std::string line = "POST /a HTTP/1.1\r\nHost: localhost\r\n";
  const std::string length = "Content-Length: 100000\r\n\r\n";
  RawClient stranger(server.port(), server.trusting());
  ASSERT_TRUE(stranger.send(line + length + std::string(99'999, 'x')));
  std::this_thread::sleep_for(100ms);
  RawClient another(server.port(), server.trusting());
  ASSERT_TRUE(another.send(line + length + std::string(99'999, 'x')));
  EXPECT_EQ(status_of(another.read_answer()), 503);
  RawClient known(server.port(), server.trusting());
  ASSERT_TRUE(known.send(line + "Authorization: x\r\n" + length + std::string(100'000, 'x')));
  EXPECT_EQ(status_of(known.read_answer()), 200);
}

TEST(HttpServer, a_half_sent_request_makes_room_when_all_is_full) {
  HttpLimits limits;
  limits.connections = 4;
  LiveServer server(limits);
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 4; ++i) {
    slow.push_back(std::make_unique<RawClient>(server.port(), server.trusting()));
    ASSERT_TRUE(slow.back()->send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1"));
    std::this_thread::sleep_for(50ms);
  }
  bool is_served = false;
  for (int i = 0; i < 20 && !is_served; ++i) {
    RawClient client(server.port(), server.trusting());
    is_served = client.connected() && client.send(get) && status_of(client.read_answer()) == 200;
    if (!is_served) std::this_thread::sleep_for(50ms);
  }
  EXPECT_TRUE(is_served);
  ASSERT_TRUE(slow.back()->send("23456789"));
  EXPECT_EQ(status_of(slow.back()->read_answer()), 200) << "the slowest goes first";
}

TEST(HttpServer, one_address_has_a_share_when_many_come) {
  HttpLimits limits;
  limits.connections = 16;
  limits.crowded_per_peer = 4;
  ConnectionCount count(limits);
  const auto peer = [](std::uint8_t last) {
    PeerAddress address{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, last}, 1};
    return address;
  };
  PeerAddress proxy = peer(1);
  proxy.bytes[12] = 127;
  using Entry = ConnectionCount::Entry;
  for (int i = 0; i < 8; ++i) EXPECT_EQ(count.try_enter(peer(1)), Entry::granted);
  EXPECT_EQ(count.try_enter(peer(1)), Entry::peer_has_enough) << "half of all is taken";
  EXPECT_EQ(count.largest(), (PeerAddress{peer(1).bytes, 0}));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(count.try_enter(peer(2)), Entry::granted);
  EXPECT_EQ(count.try_enter(peer(2)), Entry::peer_has_enough);
  EXPECT_EQ(count.try_enter(peer(3)), Entry::granted);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(count.try_enter(proxy), Entry::granted);
  EXPECT_EQ(count.try_enter(peer(4)), Entry::full);
}

TEST(HttpServer, few_of_one_address_may_be_silent) {
  HttpLimits limits;
  limits.silent_per_peer = 2;
  LiveServer server(limits);
  RawClient talking(server.port(), server.trusting());
  ASSERT_TRUE(talking.send(get));
  ASSERT_EQ(status_of(talking.read_answer()), 200);
  const RawClient first(server.port(), server.trusting()), second(server.port(), server.trusting());
  EXPECT_TRUE(first.connected() && second.connected());
  EXPECT_FALSE(RawClient(server.port(), server.trusting()).connected());
  EXPECT_TRUE(talking.send(get));
  EXPECT_EQ(status_of(talking.read_answer()), 200);
}

TEST(HttpServer, stop_does_not_wait_for_who_is_stuck) {
  LiveServer server;
  RawClient half_a_head(server.port(), server.trusting());
  ASSERT_TRUE(half_a_head.send("GET / HTTP/1.1\r\nHo"));
  RawClient half_a_body(server.port(), server.trusting());
  ASSERT_TRUE(half_a_body.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc"));
  std::this_thread::sleep_for(100ms);
  const auto start = std::chrono::steady_clock::now();
  server.server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 4s);
}

TEST(HttpServer, an_answer_may_come_from_another_thread) {
  std::vector<std::jthread> workers;
  std::mutex mutex;
  LiveServer server({}, [&](HttpRequest request, Responder responder) {
    const std::lock_guard lock(mutex);
    workers.emplace_back(
        [request = std::move(request), responder = std::move(responder)]() mutable {
          responder.send(
              {.content_type = "text/plain", .body = std::string(request.query), .headers = {}});
        });
  });
  RawClient client(server.port(), server.trusting());
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(client.send(get));
    ASSERT_TRUE(client.read_answer().ends_with("\r\n\r\nb=c"));
  }
}

TEST(HttpServer, a_responder_that_is_dropped_answers_500) {
  LiveServer server({}, [](const HttpRequest&, const Responder&) {});
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send(get));
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_NE(answer.find("/problems/internal"), std::string::npos);
}

TEST(HttpServer, a_responder_may_outlive_the_server) {
  std::optional<Responder> kept;
  std::mutex mutex;
  std::condition_variable came;
  {
    HttpLimits limits;
    limits.drain = 300ms;
    LiveServer server(limits, [&](const HttpRequest&, Responder responder) {
      const std::lock_guard lock(mutex);
      kept.emplace(std::move(responder));
      came.notify_one();
    });
    RawClient client(server.port(), server.trusting());
    ASSERT_TRUE(client.send(get));
    std::unique_lock lock(mutex);
    ASSERT_TRUE(came.wait_for(lock, 5s, [&] { return kept.has_value(); }));
  }
  kept->send({});
}

TEST(HttpServer, stop_lets_an_answer_under_way_finish) {
  std::optional<Responder> kept;
  std::mutex mutex;
  std::condition_variable came;
  LiveServer server({}, [&](const HttpRequest&, Responder responder) {
    const std::lock_guard lock(mutex);
    kept.emplace(std::move(responder));
    came.notify_one();
  });
  RawClient idle(server.port(), server.trusting());
  RawClient client(server.port(), server.trusting());
  ASSERT_TRUE(client.send(get));
  {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(came.wait_for(lock, 5s, [&] { return kept.has_value(); }));
  }
  const auto start = std::chrono::steady_clock::now();
  std::jthread stopping([&] { server.server->stop(); });
  EXPECT_TRUE(idle.is_closed());
  kept->send({.content_type = "text/plain", .body = "late", .headers = {}});
  const std::string answer = client.read_answer();
  EXPECT_TRUE(answer.ends_with("late"));
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(client.is_closed());
  stopping.join();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(HttpServer, a_new_certificate_is_taken_without_a_restart) {
  LiveServer server;
  const RawClient before(server.port(), server.trusting());
  ASSERT_TRUE(before.connected());
  for (const auto& file :
       {server.files.ca_certificate, server.files.server_certificate, server.files.server_key})
    std::filesystem::remove(file);
  EXPECT_FALSE(server.server->reload_certificate());  // nothing to read: the old one stays
  ASSERT_TRUE(ensure_self_signed(server.folder, server.clock));
  EXPECT_FALSE(
      RawClient(server.port(), server.trusting()).connected());  // signed by the old authority
  ASSERT_TRUE(server.server->reload_certificate());
  EXPECT_TRUE(RawClient(server.port(), server.trusting()).connected());
}

TEST(HttpServer, says_why_it_cannot_start) {
  const LiveServer server;
  HttpServerConfig config;
  config.certificate_path = server.files.server_certificate;
  config.key_path = server.files.server_key;
  config.port = server.port();
  LiveServer handler;
  HttpServer taken(config, handler, handler.clock);
  EXPECT_NE(taken.start().error().cause.find("in use"), std::string::npos);
  config.key_path = server.files.ca_certificate;
  HttpServer keyless(config, handler, handler.clock);
  EXPECT_NE(keyless.start().error().cause.find("cannot read the key"), std::string::npos);
}

}  // namespace
}  // namespace sealbook::net
