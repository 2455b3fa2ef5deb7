// The pipeline's Idempotency-Key step: the same key and body get the same answer, once the work.
#include "api/endpoint/problem.hpp"
#include "api/pipeline.hpp"
#include "api/pipeline_call.hpp"
#include "app/stored_answers.hpp"
#include "security/crypto/hash.hpp"

namespace sealbook::api {
namespace {

constexpr std::size_t longest_key = 255;

bool is_key(std::string_view key) {
  if (key.empty() || key.size() > longest_key) return false;
  for (const char c : key)
    if (c <= 0x20 || c >= 0x7F) return false;
  return true;
}

void append_part(Bytes& to, ByteView part) {
  append_u32(to, static_cast<std::uint32_t>(part.size()));
  append(to, part);
}

Error key_reused() {
  Error error = make_error(ErrorCode::idempotency_key_reused);
  error.fields.push_back({"/Idempotency-Key", "reused", "This key came with another request before."});
  return error;
}

EncodedAnswer encoded(app::StoredAnswer&& stored) {
  return {std::move(stored.body), std::move(stored.location), std::move(stored.etag)};
}

}  // namespace

Result<void> Pipeline::open_idempotency(PipelineCall& call) {
  const auto header = call.request.header("Idempotency-Key");
  if (!header) {
    if (call.endpoint->spec.idempotency == Idempotency::required)
      return fail(invalid_field("/Idempotency-Key", "required", "This request needs an Idempotency-Key header."));
    return {};
  }
  if (!is_key(*header))
    return fail(invalid_field("/Idempotency-Key", "format", "An Idempotency-Key is 1 to 255 visible ASCII characters."));
  Bytes key, body;
  append_part(key, call.context.principal.tenant.bytes());
  append_part(key, call.context.principal.account.bytes());
  append_part(key, as_bytes(call.endpoint->spec.id));
  append_part(key, as_bytes(*header));
  append_part(body, as_bytes(call.request.path));
  append_part(body, as_bytes(call.request.body));
  if (!call.request.query.empty()) append_part(body, as_bytes(call.request.query));
  call.idempotency.emplace(crypto::sha256(key), crypto::sha256(body));
  return {};
}

bool Pipeline::begin_idempotent(const Call& call) {
  const auto& id = *call->idempotency;
  const auto begun = app_.idempotency.begin(id.key_hash, id.body_hash, [this, call](std::optional<std::int64_t> seq) {
    follow_ups_.run([this, call, seq] {
      if (seq) replay(call, *seq);
      else if (begin_idempotent(call)) prepare(call);
    });
  });
  using State = app::IdempotencyIndex::State;
  switch (begun.state) {
    case State::started:
      // Another node may have answered it.
      return app_.store.database().engine() != sql::Engine::postgres || !replay_stored(call);
    case State::answered: replay(call, begun.seq); return false;
    case State::waiting: return false;
    case State::other_body:
      call->idempotency.reset();
      refuse(call, key_reused());
      return false;
  }
  return false;
}

void Pipeline::replay(const Call& call, std::int64_t seq) {
  auto found = app::find_answer(call->context, seq);
  call->idempotency.reset();
  if (found && *found) send(call, encoded(std::move((*found)->answer)));
  else refuse(call, found ? make_error(ErrorCode::unavailable, "The stored answer is gone; ask again.")
                          : std::move(found).error());
}

bool Pipeline::replay_stored(const Call& call) {
  const Hash256 key_hash = call->idempotency->key_hash;
  auto found = app::find_answer(call->context, key_hash);
  if (!found) {
    app_.idempotency.abandon(key_hash);  // whoever waits for it tries for themselves
    call->idempotency.reset();
    refuse(call, std::move(found).error());
    return true;
  }
  if (!*found) return false;
  app_.idempotency.finish(key_hash, (*found)->seq, (*found)->created);
  const bool same = (*found)->body_hash == call->idempotency->body_hash;
  call->idempotency.reset();
  if (same) send(call, encoded(std::move((*found)->answer)));
  else refuse(call, key_reused());
  return true;
}

Result<void> Pipeline::keep_answer(PipelineCall& call, storage::Transaction& tx, const EncodedAnswer& answer) {
  auto& id = *call.idempotency;
  // A key that another node answered in the meantime: preparing again finds its answer.
  TRY(seq, app::keep_answer(call.context, tx, id.key_hash, id.body_hash, call.endpoint->spec.success,
                            {answer.body, answer.location, answer.etag}));
  id.seq = seq;
  return {};
}

}  // namespace sealbook::api
