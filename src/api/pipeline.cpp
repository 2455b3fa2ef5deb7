#include "api/pipeline.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "api/endpoint/etag.hpp"
#include "api/endpoint/problem.hpp"
#include "api/pipeline_call.hpp"
#include "app/perform.hpp"
#include "base/log.hpp"
#include "net/cookies.hpp"
#include "security/audit/entry.hpp"

namespace sealbook::api {
namespace {

constexpr int most_prepares = 16;  // a row that moves on so often is somebody else's loop
constexpr unsigned follow_up_threads = 2;
constexpr unsigned slow_threads = 4;

// Tiles are reached without the version too, as monitors of logs expect (c2sp.org/tlog-tiles).
constexpr std::string_view tile_prefix = "/audit/tile/";

using app::seal_entries;

std::optional<std::string_view> bearer_token(const net::HttpRequest& request) {
  const auto header = request.header("Authorization");
  constexpr std::string_view scheme = "Bearer ";
  if (!header || header->size() <= scheme.size()) return std::nullopt;
  for (std::size_t i = 0; i + 1 < scheme.size(); ++i)
    if (((*header)[i] | 0x20) != (scheme[i] | 0x20)) return std::nullopt;
  if ((*header)[scheme.size() - 1] != ' ') return std::nullopt;
  return header->substr(scheme.size());
}

// Without parameters: "text/csv; charset=utf-8" → "text/csv".
std::string_view media_type(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  const std::size_t end = type.find_last_not_of(' ');
  return type.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// Whether no other charset than these is named. JSON is UTF-8 (RFC 8259 8.1); a table says by its
// byte order mark when it is UTF-16.
bool is_unicode(const net::HttpRequest& request, bool is_json) {
  const std::string_view type = request.header("Content-Type").value_or("");
  for (std::size_t at = type.find(';'); at != std::string_view::npos; at = type.find(';', at + 1)) {
    std::string_view parameter = type.substr(at + 1, type.find(';', at + 1) - at - 1);
    while (parameter.starts_with(' ')) parameter.remove_prefix(1);
    while (parameter.ends_with(' ')) parameter.remove_suffix(1);
    const std::size_t equals = parameter.find('=');
    if (!net::same_header_name(parameter.substr(0, equals), "charset")) continue;
    std::string_view value = equals == std::string_view::npos ? "" : parameter.substr(equals + 1);
    if (value.size() > 1 && value.starts_with('"') && value.ends_with('"')) value = value.substr(1, value.size() - 2);
    if (!net::same_header_name(value, "utf-8") && (is_json || !net::same_header_name(value, "utf-16"))) return false;
  }
  return true;
}

// Whether the row's operation has a body of JSON, of required members or of others.
bool takes_json(const Endpoint& endpoint) {
  return endpoint.spec.consumes == "application/json" &&
         std::ranges::any_of(endpoint.request.fields, [](const Field& f) { return f.options.where == Where::body; });
}

// The type of the row's list that the request has; empty: none of them.
std::string_view consumed(std::string_view consumes, std::string_view content_type) {
  const std::string_view type = media_type(content_type);
  while (!consumes.empty()) {
    const std::string_view one = consumes.substr(0, consumes.find(','));
    if (net::same_header_name(one, type)) return one;
    consumes.remove_prefix(std::min(one.size() + 2, consumes.size()));
  }
  return {};
}

// Which refusals of somebody who signed in are worth an entry: those about rights and about races.
// What was malformed or over an allowance happened to nobody's data.
bool is_journaled(ErrorCode code) {
  switch (code) {
    case ErrorCode::forbidden: case ErrorCode::not_found: case ErrorCode::step_up_required:
    case ErrorCode::slot_taken: case ErrorCode::offer_stale: case ErrorCode::state_conflict:
    case ErrorCode::stale_version: case ErrorCode::precondition_failed: case ErrorCode::integrity:
      return true;
    default: return false;
  }
}

// A store that cannot be read is an answer, not the end of the program.
Result<EncodedCall> prepared_by(const Endpoint& endpoint, app::CallContext& context, const DecodeInput& input) try {
  return endpoint.prepare(context, input);
} catch (const sql::EngineError& broken) {
  Error error = make_error(ErrorCode::unavailable, "The store cannot be read just now.");
  error.cause = broken.what();
  return fail(std::move(error));
}

}  // namespace

// Refusals without an identity, counted per address prefix and minute (DECISIONS 17).
struct Pipeline::AnonymousRefusals {
  std::mutex mutex;
  std::map<std::array<std::uint8_t, 16>, std::uint32_t> counts;
  static constexpr std::size_t most_prefixes = 4096;
  void count(const net::PeerAddress& peer) {
    const std::lock_guard lock(mutex);
    const auto prefix = peer.prefix().bytes;
    if (counts.size() < most_prefixes || counts.contains(prefix)) ++counts[prefix];
  }
};

Result<std::unique_ptr<Pipeline>> Pipeline::make(app::App& app, std::span<const Endpoint> rows, RateLimits limits,
                                                 net::HttpHandler& pages) {
  TRY(router, Router::build(rows));
  return std::unique_ptr<Pipeline>(new Pipeline(app, std::move(router), limits, pages));
}

Pipeline::Pipeline(app::App& app, Router router, RateLimits limits, net::HttpHandler& pages)
    : app_(app), router_(std::move(router)), limiter_(limits), pages_(pages),
      anonymous_(std::make_unique<AnonymousRefusals>()), follow_ups_(follow_up_threads), slow_(slow_threads) {}

Pipeline::~Pipeline() = default;

void Pipeline::handle(net::HttpRequest request, net::Responder responder) {
  const bool is_tile = request.path.starts_with(tile_prefix);
  if (!is_tile && !request.path.starts_with("/v1/")) {
    pages_.handle(std::move(request), std::move(responder));
    return;
  }
  const auto call = std::make_shared<PipelineCall>(app_, std::move(request), std::move(responder));
  if (is_tile) {
    call->canonical_path = "/v1" + std::string(call->request.path);
    call->request.path = call->canonical_path;
  }
  call->context.now = app_.store.now();
  if (const auto raw = parse_id("req_", call->request.request_id)) call->context.request = *raw;
  auto admitted = admit(*call);
  if (admitted) admitted = decode(*call);
  if (!admitted) {
    refuse(call, std::move(admitted).error());
    return;
  }
  if (call->idempotency && !begin_idempotent(call)) return;
  if (call->endpoint->spec.slow) slow_.run([this, call] { prepare(call); });
  else prepare(call);
}

bool Pipeline::takes_body(const net::HttpRequest& head) {
  const auto found = router_.find(head.method, head.path);
  const auto* match = std::get_if<Router::Match>(&found);
  if (match == nullptr) return false;
  const auto token = bearer_token(head);
  const auto hash = token ? app::token_hash(*token) : std::nullopt;
  const auto holder = hash ? app_.tokens.find(*hash, app_.store.now()) : std::nullopt;
  if (!holder) return false;
  const auto& permission = match->endpoint->spec.access.permission;
  return !permission || decide(holder->principal, *permission).has_value();
}

// By what this node remembers: it is asked on an I/O thread.
bool Pipeline::is_known(const net::HttpRequest& head) {
  const Instant now = app_.store.now();
  const auto token = bearer_token(head);
  const auto hash = token ? app::token_hash(*token) : std::nullopt;
  if (hash) return app_.tokens.find(*hash, now).has_value();
  const auto cookie = net::find_cookie(head.header("Cookie").value_or(""), authn::session_cookie_name);
  const auto session = cookie ? authn::session_hash(*cookie) : std::nullopt;
  return session && app_.sessions.find(*session, now) != nullptr;
}

Result<void> Pipeline::admit(PipelineCall& call) {
  const auto found = router_.find(call.request.method, call.request.path);
  if (const auto* match = std::get_if<Router::Match>(&found)) {
    call.endpoint = match->endpoint;
    call.parameters = match->parameters;
  }
  const bool is_public = call.endpoint != nullptr && !call.endpoint->spec.access.public_because.empty();
  if (!is_public) ENSURE(authenticate(call));
  else if (call.endpoint->spec.changes() && call.request.header("Sec-Fetch-Site") &&
           !net::is_from_this_origin(call.request))
    return fail(ErrorCode::cross_site);
  if (const auto* wrong_method = std::get_if<Router::MethodNotAllowed>(&found)) {
    call.allow = wrong_method->allow;
    return fail(ErrorCode::method_not_allowed);
  }
  if (call.endpoint == nullptr) return fail(ErrorCode::not_found);
  const EndpointSpec& spec = call.endpoint->spec;
  call.context.endpoint_id = spec.id;
  if (spec.rate == RateClass::sign_in) greet(call);
  // Who has no account is held to an allowance by address, so that one cannot use up everybody's.
  const AccountId who = call.signed_in ? call.context.principal.account
                                       : AccountId::from_raw(call.request.peer.prefix().bytes);
  if (const auto wait = limiter_.take(who, spec.rate)) {
    call.retry_after_s = *wait;
    return fail(ErrorCode::rate_limited, "Too many requests; try again in " + std::to_string(*wait) + " s.");
  }
  ENSURE(ensure_enough(call));
  if (spec.access.permission) {
    TRY(decision, decide(call.context.principal, *spec.access.permission));
    call.context.decision = decision;
  }
  return ensure_fresh(call);
}

Result<void> Pipeline::authenticate(PipelineCall& call) {
  // One or the other: where there is an Authorization header, a cookie is not looked at.
  if (!call.request.header("Authorization")) return authenticate_browser(call);
  const auto token = bearer_token(call.request);
  const auto hash = token ? app::token_hash(*token) : std::nullopt;
  const auto holder = hash ? app_.tokens.find(*hash, call.context.now) : std::nullopt;
  if (!holder) return fail(ErrorCode::unauthenticated, "Send a valid token in the Authorization header.");
  call.signed_in = true;
  call.context.principal = holder->principal;
  if (holder->tenant_no != 0) call.context.tenant = app_.tenants.find_by_no(holder->tenant_no);
  return {};
}

Result<void> Pipeline::decode(PipelineCall& call) {
  const EndpointSpec& spec = call.endpoint->spec;
  TRY(condition, parse_if_match(call.request.header("If-Match")));
  if (spec.if_match == IfMatch::required && !condition)
    return fail(ErrorCode::precondition_failed, "Say in If-Match which version you saw.");
  if (condition && !condition->any) {
    call.versions = std::move(condition->versions);
    call.context.if_match = call.versions.empty() ? -1 : call.versions.front();
  }
  if (spec.idempotency != Idempotency::none) ENSURE(open_idempotency(call));
  const auto header = call.request.header("Content-Type");
  if (call.request.body.empty() && !(takes_json(*call.endpoint) && spec.method != Method::get)) return {};
  const auto type = call.request.body.empty() && !header ? spec.consumes : consumed(spec.consumes, header.value_or(""));
  const auto coding = call.request.header("Content-Encoding");
  if (type.empty() || (coding && !net::same_header_name(*coding, "identity")) ||
      (spec.consumes == "application/json" && !is_unicode(call.request, true)))
    return fail(ErrorCode::unsupported_media_type, "Send the body as " + std::string(spec.consumes) + ".");
  if (!is_unicode(call.request, false))
    return fail(ErrorCode::unsupported_media_type, "Send the body in UTF-8; another charset is not read here.");
  if (spec.consumes == "application/json") {
    TRY(body, parse_json(call.request.body));
    call.body = std::move(body);
  } else {
    call.raw = {type, call.request.body};
  }
  return {};
}

void Pipeline::prepare(const Call& call) {
  ++call->prepared_times;
  call->context.entries.clear();
  call->context.answer_headers.clear();
  call->context.explain = nullptr;
  const DecodeInput input{call->parameters, call->request.query, call->request.headers,
                          call->body ? &*call->body : nullptr, call->raw};
  auto prepared = prepared_by(*call->endpoint, call->context, input);
  // If-Match may list several versions: any of them will do (RFC 9110 13.1.1).
  while (!prepared && prepared.error().code == ErrorCode::precondition_failed && call->versions.size() > 1) {
    call->versions.erase(call->versions.begin());
    call->context.if_match = call->versions.front();
    call->context.entries.clear();
    prepared = prepared_by(*call->endpoint, call->context, input);
  }
  if (!prepared) {
    refuse(call, std::move(prepared).error());
    return;
  }
  if (auto* answer = std::get_if<EncodedAnswer>(&*prepared)) answer_read(call, std::move(*answer));
  else record(call, std::move(std::get<EncodedWork>(*prepared)));
}

void Pipeline::answer_read(const Call& call, EncodedAnswer answer) {
  if (call->context.entries.empty()) {
    send(call, std::move(answer));
    return;
  }
  call->answer = std::move(answer);
  app_.store.submit(
      call->context.store_ref(),
      [sealed = seal_entries(call->context)](storage::Transaction& tx) -> Result<void> {
        for (const auto& entry : sealed) tx.audit(entry);
        return {};
      },
      [this, call](Result<void> journaled) {
        if (journaled) send(call, std::move(call->answer));
        else refuse(call, std::move(journaled).error());
      });
}

void Pipeline::record(const Call& call, EncodedWork work) {
  call->work = std::move(work);
  app_.store.submit(
      call->context.store_ref(),
      [this, call, sealed = seal_entries(call->context)](storage::Transaction& tx) -> Result<void> {
        TRY(answer, call->work(tx));
        if (call->idempotency) ENSURE(keep_answer(*call, tx, answer));
        for (const auto& entry : sealed) tx.audit(entry);
        call->answer = std::move(answer);
        return {};
      },
      [this, call](Result<void> result) { recorded(call, std::move(result)); });
}

// Runs on an engine's thread: what takes longer than sending goes to the follow-ups.
void Pipeline::recorded(const Call& call, Result<void> result) {
  if (result) {
    if (call->idempotency)
      app_.idempotency.finish(call->idempotency->key_hash, call->idempotency->seq, call->context.now);
    send(call, std::move(call->answer));
    return;
  }
  const bool again = result.error().code == ErrorCode::stale_version && !call->context.if_match &&
                     call->prepared_times < most_prepares;
  follow_ups_.run([this, call, again, error = std::move(result).error()]() mutable {
    if (again) {
      const bool shared = call->idempotency && app_.store.database().engine() == sql::Engine::postgres;
      if (shared && replay_stored(call)) return;
      call->context.now = app_.store.now();
      prepare(call);
      return;
    }
    if (error.code == ErrorCode::stale_version && call->context.if_match)
      error = make_error(ErrorCode::precondition_failed, "Somebody changed it before you.");
    refuse(call, std::move(error));
  });
}

void Pipeline::refuse(const Call& call, Error error) {
  if (call->idempotency && call->prepared_times > 0) app_.idempotency.abandon(call->idempotency->key_hash);
  if (call->context.explain) call->context.explain(error);
  if (!error.cause.empty())
    log::error("request_failed", {{"request", log::LogText(call->request.request_id)}, {"code", error.code},
                                  {"cause", log::LogText(error.cause)}});
  const int own_wait_s = call->context.retry_after_s;
  const int retry_after_s = own_wait_s > 0 ? own_wait_s : call->retry_after_s;
  const auto answer = [call, error, retry_after_s] {
    auto response = error.code == ErrorCode::method_not_allowed
                        ? method_not_allowed_response(call->allow, call->request.request_id)
                        : problem_response(error, call->request.request_id, retry_after_s);
    call->responder.send(std::move(response));
  };
  if (!call->signed_in) {
    if (error.code == ErrorCode::unauthenticated) anonymous_->count(call->request.peer);
    answer();
    return;
  }
  if (!is_journaled(error.code)) {
    answer();
    return;
  }
  call->context.entries.clear();
  const bool named = call->endpoint != nullptr && call->endpoint->spec.audit != AuditAction::none;
  auto& entry = call->context.note(named ? call->endpoint->spec.audit : AuditAction::access_refused,
                                   audit::ResourceKind::none, {});
  const bool rights = error.code == ErrorCode::forbidden || error.code == ErrorCode::not_found ||
                      error.code == ErrorCode::step_up_required;
  entry.outcome = rights ? audit::AuditOutcome::refused : audit::AuditOutcome::failed;
  entry.error = error.code;
  if (call->endpoint != nullptr) entry.permission = call->endpoint->spec.access.permission;
  app_.store.submit(
      call->context.store_ref(),
      [sealed = seal_entries(call->context)](storage::Transaction& tx) -> Result<void> {
        for (const auto& each : sealed) tx.audit(each);
        return {};
      },
      [call, answer](Result<void> journaled) {
        if (journaled) answer();
        else call->responder.send(problem_response(journaled.error(), call->request.request_id));
      });
}

void Pipeline::send(const Call& call, EncodedAnswer answer) {
  net::HttpResponse response;
  response.status = call->endpoint->spec.success;
  const auto known = call->endpoint->spec.method == Method::get ? call->request.header("If-None-Match") : std::nullopt;
  if (known && names_etag(*known, answer.etag)) response.status = 304;
  if (response.status != 204 && response.status != 304) {
    response.content_type = std::string(call->endpoint->spec.produces);
    response.body = std::move(answer.body);
  }
  if (!answer.location.empty()) response.headers.emplace_back("Location", std::move(answer.location));
  for (auto& header : call->context.answer_headers) response.headers.push_back(std::move(header));
  if (!answer.etag.empty()) response.headers.emplace_back("ETag", std::move(answer.etag));
  call->responder.send(std::move(response));
}

void Pipeline::flush_anonymous_refusals() {
  std::map<std::array<std::uint8_t, 16>, std::uint32_t> counts;
  {
    const std::lock_guard lock(anonymous_->mutex);
    counts.swap(anonymous_->counts);
  }
  if (counts.empty()) return;
  std::vector<std::shared_ptr<const audit::PreparedEntry>> sealed;
  for (const auto& [prefix, count] : counts) {
    audit::AuditEntry entry;
    entry.action = AuditAction::access_refused_anonymous;
    entry.outcome = audit::AuditOutcome::refused;
    entry.actor.kind = audit::ActorKind::anonymous;
    entry.error = ErrorCode::unauthenticated;
    entry.count = count;
    entry.at = app_.store.now();
    sealed.push_back(std::make_shared<const audit::PreparedEntry>(
        audit::prepare(entry, app_.keyring.instance().audit().current(), {app_.environment, TenantId()})));
  }
  const auto written = app_.store.write({}, [sealed](storage::Transaction& tx) -> Result<void> {
    for (const auto& entry : sealed) tx.audit(entry);
    return {};
  });
  if (!written) log::warning("anonymous_refusals_not_journaled", {{"prefixes", sealed.size()}});
}

}  // namespace sealbook::api
