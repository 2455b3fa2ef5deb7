// The deterministic CBOR body of an entry: docs/formats/audit-log.md, "The body".
#include "security/audit/body.hpp"

#include "base/cbor.hpp"

namespace sealbook::audit {
namespace {

// The keys of the body's map. Numbers are for ever.
enum Key : std::uint64_t {
  k_version = 0, k_action, k_outcome, k_actor_kind, k_account, k_role, k_permission, k_grant,
  k_resource_kind, k_resource, k_second_kind, k_second, k_subject, k_subject_count, k_subject_set,
  k_reason, k_error, k_version_before, k_version_after, k_rows, k_count, k_request, k_at,
};
constexpr std::uint64_t body_version = 1;

// Counts the pairs on the first pass and writes them on the second.
class PairWriter {
 public:
  explicit PairWriter(CborWriter* out) : out_(out) {}
  void uint(Key key, std::uint64_t value) {
    ++pairs_;
    if (out_) out_->key(key).uint(value);
  }
  void bytes(Key key, ByteView value) {
    ++pairs_;
    if (out_) out_->key(key).bytes(value);
  }
  template <class E>
  void code(Key key, E value) { uint(key, static_cast<std::uint64_t>(value)); }
  template <class E>
  void code(Key key, const std::optional<E>& value) {
    if (value) code(key, *value);
  }
  std::size_t pairs() const { return pairs_; }

 private:
  CborWriter* out_;
  std::size_t pairs_ = 0;
};

void write_resource(PairWriter& out, Key kind, Key id, const Resource& resource) {
  if (resource.kind == ResourceKind::none) return;
  out.code(kind, resource.kind);
  out.bytes(id, resource.id);
}

void write_pairs(PairWriter out, PairWriter* counted, const Body& body) {
  const AuditEntry& e = body.entry;
  out.uint(k_version, body_version);
  out.code(k_action, e.action);
  out.code(k_outcome, e.outcome);
  out.code(k_actor_kind, e.actor.kind);
  if (e.actor.kind == ActorKind::account) out.bytes(k_account, e.actor.account.bytes());
  out.code(k_role, e.role);
  out.code(k_permission, e.permission);
  out.code(k_grant, e.grant);
  write_resource(out, k_resource_kind, k_resource, e.resource);
  write_resource(out, k_second_kind, k_second, e.second);
  if (body.subject) out.bytes(k_subject, body.subject->bytes());
  if (body.subject_count > 1) {
    out.uint(k_subject_count, body.subject_count);
    out.bytes(k_subject_set, body.subject_set);
  }
  if (e.reason != AuditReason::none) out.code(k_reason, e.reason);
  out.code(k_error, e.error);
  if (e.version_before) out.uint(k_version_before, e.version_before);
  if (e.version_after) out.uint(k_version_after, e.version_after);
  if (e.rows) out.uint(k_rows, e.rows);
  if (e.count != 1) out.uint(k_count, e.count);
  if (e.request != RawId{}) out.bytes(k_request, e.request);
  out.uint(k_at, static_cast<std::uint64_t>(e.at.micros()));
  if (counted) *counted = out;
}

std::unexpected<Error> refused(std::string_view what) {
  Error error = make_error(ErrorCode::integrity, "A journal body is not what it should be.");
  error.cause = what;
  return fail(std::move(error));
}

// One member at a time; ranges are checked against the last enumerator.
class BodyReader {
 public:
  BodyReader(CborReader& in, Body& body) : in_(in), body_(body) {}

  Result<void> member(std::uint64_t key) {
    AuditEntry& e = body_.entry;
    switch (key) {
      case k_version: return version();
      case k_action: return code(e.action, AuditAction(action_rows.size() - 1));
      case k_outcome: return code(e.outcome, AuditOutcome::failed);
      case k_actor_kind: return code(e.actor.kind, ActorKind::link);
      case k_account: return id(e.actor.account);
      case k_role: return code(e.role.emplace(), Role::patient);
      case k_permission: return code(e.permission.emplace(), Permission(permission_count - 1));
      case k_grant: return code(e.grant.emplace(), Grant::with_case);
      case k_resource_kind: return code(e.resource.kind, ResourceKind::passkey);
      case k_resource: return fixed(e.resource.id);
      case k_second_kind: return code(e.second.kind, ResourceKind::passkey);
      case k_second: return fixed(e.second.id);
      case k_subject: return id(body_.subject.emplace());
      case k_subject_count: return number(body_.subject_count);
      case k_subject_set: return fixed(body_.subject_set);
      case k_reason: return code(e.reason, last_audit_reason);
      case k_error: return code(e.error.emplace(), ErrorCode(error_rows.size() - 1));
      case k_version_before: return number(e.version_before);
      case k_version_after: return number(e.version_after);
      case k_rows: return number(e.rows);
      case k_count: return number(e.count);
      case k_request: return fixed(e.request);
      case k_at: return instant(e.at);
      default: return refused("unknown member");
    }
  }

 private:
  Result<void> version() {
    TRY(value, in_.uint());
    if (value != body_version) return refused("unknown body version");
    return {};
  }
  template <class E>
  Result<void> code(E& out, E last) {
    TRY(value, in_.uint());
    if (value > static_cast<std::uint64_t>(last)) return refused("unknown code");
    out = static_cast<E>(value);
    return {};
  }
  template <class N>
  Result<void> number(N& out) {
    TRY(value, in_.uint());
    if (value > std::numeric_limits<N>::max()) return refused("number out of range");
    out = static_cast<N>(value);
    return {};
  }
  Result<void> instant(Instant& out) {
    TRY(value, in_.uint());
    if (value >> 63 != 0) return refused("instant out of range");
    out = Instant::from_micros(static_cast<std::int64_t>(value));
    return {};
  }
  template <std::size_t N>
  Result<void> fixed(std::array<std::uint8_t, N>& out) {
    TRY(value, in_.bytes());
    if (value.size() != N) return refused("wrong length");
    std::copy(value.begin(), value.end(), out.begin());
    return {};
  }
  template <class Tag>
  Result<void> id(Id<Tag>& out) {
    RawId raw;
    ENSURE(fixed(raw));
    out = Id<Tag>::from_raw(raw);
    return {};
  }

  CborReader& in_;
  Body& body_;
};

}  // namespace

Bytes encode(const Body& body) {
  PairWriter counted(nullptr);
  write_pairs(PairWriter(nullptr), &counted, body);
  Bytes out;
  out.reserve(192);
  CborWriter writer(out);
  writer.map(counted.pairs());
  write_pairs(PairWriter(&writer), nullptr, body);
  return out;
}

Result<Body> decode_body(ByteView bytes) {
  Body body;
  CborReader in(bytes);
  BodyReader reader(in, body);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    ENSURE(reader.member(key));
  }
  ENSURE(in.finish());
  // One encoding per body: an absent member has no other spelling.
  const Bytes again = encode(body);
  if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) return refused("not canonical");
  return body;
}

}  // namespace sealbook::audit
