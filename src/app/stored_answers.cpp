#include "app/stored_answers.hpp"

#include "base/cbor.hpp"
#include "security/crypto/sbe1.hpp"
#include "storage/tables/idempotency.hpp"

namespace sealbook::app {
namespace {

constexpr std::uint16_t answer_layout = 1;
enum : std::uint64_t { field_body = 1, field_location, field_etag };

crypto::SealContext context_of(const CallContext& ctx, const Hash256& key_hash) {
  return {ctx.app.environment, ctx.tenant ? ctx.tenant->id() : TenantId(), "idempotency", DataClass::phi, key_hash,
          ctx.principal.account.bytes(), 1};
}

const crypto::DataKey* key_for(const CallContext& ctx, crypto::KeyId id) {
  return ctx.tenant ? ctx.tenant->keys()->operational().find(id) : ctx.app.keyring.instance().audit().find(id);
}

Result<std::optional<FoundAnswer>> open_row(const CallContext& ctx, const std::optional<storage::IdempotencyRow>& row) {
  if (!row) return std::optional<FoundAnswer>();
  TRY(header, crypto::parse_header(row->sealed));
  const crypto::DataKey* key = key_for(ctx, header.key_id);
  if (key == nullptr) return fail(ErrorCode::integrity);
  TRY(plain, crypto::open(*key, context_of(ctx, row->key_hash), row->sealed));
  FoundAnswer found{row->seq, row->body_hash, row->created, {}};
  CborReader in(plain);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(field, in.key());
    TRY(text, in.text());
    if (field == field_body) found.answer.body = text;
    if (field == field_location) found.answer.location = text;
    if (field == field_etag) found.answer.etag = text;
  }
  ENSURE(in.finish());
  wipe(plain.data(), plain.size());
  return std::optional(std::move(found));
}

// The pipeline looks before anybody guards the call: a store that is away is an answer here.
template <class Find>
Result<std::optional<FoundAnswer>> look(CallContext& ctx, Find&& find) try {
  return open_row(ctx, ctx.read(find));
} catch (const sql::EngineError& broken) {
  Error error = make_error(ErrorCode::unavailable, "The store cannot be read just now.");
  error.cause = broken.what();
  return fail(std::move(error));
}

}  // namespace

Result<std::optional<FoundAnswer>> find_answer(CallContext& ctx, std::int64_t seq) {
  return look(ctx, [seq](storage::Snapshot& s) { return storage::idempotency::find_by_seq(s, seq); });
}

Result<std::optional<FoundAnswer>> find_answer(CallContext& ctx, const Hash256& key_hash) {
  return look(ctx, [&](storage::Snapshot& s) {
    return storage::idempotency::find_by_key(s, ctx.principal.account, key_hash);
  });
}

Result<std::int64_t> keep_answer(const CallContext& ctx, storage::Transaction& tx, const Hash256& key_hash,
                                 const Hash256& body_hash, int status, const StoredAnswer& answer) {
  Bytes plain;
  CborWriter(plain).map(3).key(field_body).text(answer.body).key(field_location).text(answer.location)
      .key(field_etag).text(answer.etag);
  const crypto::DataKey& key = ctx.tenant ? ctx.tenant->keys()->operational().current()
                                          : ctx.app.keyring.instance().audit().current();
  storage::IdempotencyRow row;
  row.account = ctx.principal.account;
  row.key_hash = key_hash;
  row.body_hash = body_hash;
  row.status = status;
  row.created = tx.now();
  row.sealed = crypto::seal(key, context_of(ctx, key_hash), answer_layout, plain);
  wipe(plain.data(), plain.size());
  const auto seq = storage::idempotency::insert(tx, row);
  if (!seq) return fail(ErrorCode::stale_version);
  return *seq;
}

}  // namespace sealbook::app
