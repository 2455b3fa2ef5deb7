// One call on its way through the pipeline. Shared by the threads that carry it, one at a time.
#pragma once

#include "api/endpoint/endpoint.hpp"
#include "app/call_context.hpp"
#include "base/json.hpp"
#include "net/http_server.hpp"

namespace sealbook::api {

struct PipelineCall {
  PipelineCall(app::App& app, net::HttpRequest&& r, net::Responder&& s)
      : request(std::move(r)), responder(std::move(s)), context{.app = app, .tenant = {}, .principal = {},
        .decision = {}, .now = {}, .request = {}, .if_match = {}, .endpoint_id = {}, .entries = {}, .explain = {}} {}

  net::HttpRequest request;
  net::Responder responder;
  app::CallContext context;
  std::string canonical_path;           // when the request used another name of it
  const Endpoint* endpoint = nullptr;
  std::vector<PathParameter> parameters;
  std::optional<JsonValue> body;
  RawInput raw;  // of another type than JSON
  std::vector<std::int64_t> versions;   // of If-Match; the context has the first
  bool signed_in = false;
  std::string allow;                    // of a 405
  int retry_after_s = 1;
  int prepared_times = 0;

  struct Idempotency {
    Hash256 key_hash{};
    Hash256 body_hash{};
    std::int64_t seq = 0;  // of the row that record() wrote
  };
  std::optional<Idempotency> idempotency;

  EncodedWork work;
  EncodedAnswer answer;
};

}  // namespace sealbook::api
