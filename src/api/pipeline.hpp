// Pipeline is the one way in: every API call goes through its steps, in this order.
//
//   find row -> authenticate -> rate -> authorise -> decode -> prepare -> queue -> idempotency ->
//   record -> commit -> encode -> journal -> answer
//
// No endpoint has steps of its own. Reads that show personal data and all refusals of somebody who
// signed in are journaled before the answer leaves; when the journal cannot be written the answer
// is 503. Threads: handle() on any; the application outlives it.
#pragma once

#include <memory>

#include "api/endpoint/router.hpp"
#include "api/rate_limit.hpp"
#include "app/app.hpp"
#include "base/task_pool.hpp"
#include "net/http_server.hpp"

namespace sealbook::api {

struct PipelineCall;

class Pipeline final : public net::HttpHandler {
 public:
  // `rows` are the API; what is not below /v1/ goes to `pages`.
  static Result<std::unique_ptr<Pipeline>> make(app::App& app, std::span<const Endpoint> rows, RateLimits limits,
                                                net::HttpHandler& pages);
  ~Pipeline() override;

  void handle(net::HttpRequest request, net::Responder responder) override;
  // Who sends a large body must be known and allowed to before it is read.
  bool takes_body(const net::HttpRequest& head) override;
  bool is_known(const net::HttpRequest& head) override;

  // Journals the anonymous refusals counted since the last call, one entry per address prefix.
  void flush_anonymous_refusals();

 private:
  using Call = std::shared_ptr<PipelineCall>;
  Pipeline(app::App& app, Router router, RateLimits limits, net::HttpHandler& pages);

  Result<void> admit(PipelineCall& call);                    // find, authenticate, rate, authorise
  Result<void> authenticate(PipelineCall& call);
  // pipeline_sessions.cpp
  Result<void> authenticate_browser(PipelineCall& call);
  void greet(PipelineCall& call);
  static Result<void> ensure_enough(const PipelineCall& call);
  Result<void> ensure_fresh(const PipelineCall& call) const;
  Result<void> decode(PipelineCall& call);
  void prepare(const Call& call);
  void answer_read(const Call& call, EncodedAnswer answer);
  void record(const Call& call, EncodedWork work);
  void recorded(const Call& call, Result<void> result);
  void refuse(const Call& call, Error error);
  void send(const Call& call, EncodedAnswer answer);
  // idempotency.cpp
  Result<void> open_idempotency(PipelineCall& call);
  bool begin_idempotent(const Call& call);                   // false: answered or waiting elsewhere
  void replay(const Call& call, std::int64_t seq);
  bool replay_stored(const Call& call);
  Result<void> keep_answer(PipelineCall& call, storage::Transaction& tx, const EncodedAnswer& answer);

  struct AnonymousRefusals;
  app::App& app_;
  Router router_;
  RateLimiter limiter_;
  net::HttpHandler& pages_;
  std::unique_ptr<AnonymousRefusals> anonymous_;
  TaskPool follow_ups_;
  TaskPool slow_;  // prepares the calls of slow endpoints
};

}  // namespace sealbook::api
