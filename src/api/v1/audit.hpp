// The journal: a tenant's own entries, and what proves them to somebody who trusts nobody.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/audit_enums.hpp"
#include "api/v1/directory_enums.hpp"

namespace sealbook::api {

struct JournalActorView {
  audit::ActorKind kind = audit::ActorKind::system;
  std::optional<AccountId> account_id;
  static constexpr Field fields[] = {
      field<&JournalActorView::kind>("kind", DataClass::operational, "Who it was: an account, nobody known, or the system."),
      field<&JournalActorView::account_id>("account_id", DataClass::operational, "The account."),
  };
};

struct JournalResourceView {
  audit::ResourceKind kind = audit::ResourceKind::none;
  std::optional<std::string> id;
  static constexpr Field fields[] = {
      field<&JournalResourceView::kind>("kind", DataClass::operational, "What kind of thing."),
      field<&JournalResourceView::id>("id", DataClass::phi, "Its public name; absent where there is none."),
  };
};

struct JournalEntryView {
  EntryId id;
  std::int64_t index = 0;
  Instant at, sequenced_at;
  JournalActorView actor;
  std::optional<Role> role;
  AuditAction action = AuditAction::none;
  std::string sentence;
  audit::AuditOutcome outcome = audit::AuditOutcome::allowed;
  std::optional<std::string> permission;
  std::optional<JournalResourceView> resource, second;
  std::int64_t subject_count = 0;
  std::vector<PatientId> subject_ids;
  std::optional<audit::AuditReason> reason;
  std::optional<std::string> error;
  std::optional<std::int64_t> version_before, version_after;
  std::int64_t rows = 0;
  std::int64_t count = 1;
  std::optional<std::string> request_id;
  static constexpr Field fields[] = {
      field<&JournalEntryView::id>("id", DataClass::operational, "Its public name; what an inclusion proof is asked for by."),
      field<&JournalEntryView::index>("index", DataClass::operational, "Its place in the tenant's log, from 0."),
      field<&JournalEntryView::at>("at", DataClass::operational, "When it took place."),
      field<&JournalEntryView::sequenced_at>("sequenced_at", DataClass::operational, "When it got its place in the log."),
      field<&JournalEntryView::actor>("actor", DataClass::operational, "Who did it."),
      field<&JournalEntryView::role>("role", DataClass::operational, "In which role."),
      field<&JournalEntryView::action>("action", DataClass::operational, "What was done, as a stable word."),
      field<&JournalEntryView::sentence>("sentence", DataClass::operational, "The same for people."),
      field<&JournalEntryView::outcome>("outcome", DataClass::operational, "Whether it was allowed, refused, or failed."),
      field<&JournalEntryView::permission>("permission", DataClass::operational, "The row of the role table that decided."),
      field<&JournalEntryView::resource>("resource", DataClass::phi, "What it was done to."),
      field<&JournalEntryView::second>("second", DataClass::phi, "What else was involved: a service, a new practitioner."),
      field<&JournalEntryView::subject_count>("subject_count", DataClass::operational, "How many people it is about."),
      field<&JournalEntryView::subject_ids>("subject_ids", DataClass::phi, "Those people, by opaque ids."),
      field<&JournalEntryView::reason>("reason", DataClass::phi, "Why, as a coded reason."),
      field<&JournalEntryView::error>("error", DataClass::operational, "Why it was refused or failed: the problem's stable word."),
      field<&JournalEntryView::version_before>("version_before", DataClass::operational, "The version before; absent: there was none."),
      field<&JournalEntryView::version_after>("version_after", DataClass::operational, "The version after."),
      field<&JournalEntryView::rows>("rows", DataClass::operational, "How many rows were shown or touched."),
      field<&JournalEntryView::count>("count", DataClass::operational, "How many events of the kind this entry stands for."),
      field<&JournalEntryView::request_id>("request_id", DataClass::operational, "The Request-Id that the caller was given."),
  };
};

struct ListJournalRequest {
  std::optional<Instant> from, to;
  std::optional<AccountId> actor;
  std::optional<AuditAction> action;
  std::optional<std::string> resource;
  std::optional<PatientId> subject;
  std::optional<std::string> cursor;
  std::int64_t limit = 50;
  static constexpr Field fields[] = {
      field<&ListJournalRequest::from>("from", DataClass::operational, "What took place at or after this.", {.where = Where::query}),
      field<&ListJournalRequest::to>("to", DataClass::operational, "And before this.", {.where = Where::query}),
      field<&ListJournalRequest::actor>("actor", DataClass::operational, "Done by this account.", {.where = Where::query}),
      field<&ListJournalRequest::action>("action", DataClass::operational, "Of this kind.", {.where = Where::query}),
      field<&ListJournalRequest::resource>("resource", DataClass::phi, "Done to this thing, by its public name.", {.where = Where::query, .max = 40, .text = TextRule::token}),
      field<&ListJournalRequest::subject>("subject", DataClass::phi, "About this person.", {.where = Where::query}),
      field<&ListJournalRequest::cursor>("cursor", DataClass::operational, "The `next` of the page before.", {.where = Where::query, .max = 400, .text = TextRule::token}),
      field<&ListJournalRequest::limit>("limit", DataClass::operational, "At most so many.", {.where = Where::query, .presence = Presence::optional, .min = 1, .max = 200}),
  };
};
struct ListJournalResponse {
  std::vector<JournalEntryView> entries;
  std::optional<std::string> next;
  static constexpr Field fields[] = {
      field<&ListJournalResponse::entries>("entries", DataClass::phi, "The newest first."),
      field<&ListJournalResponse::next>("next", DataClass::operational, "There may be more, even when a filter left this page short or empty: pass it as `cursor`."),
  };
};
struct ListJournalEntries {
  using Request = ListJournalRequest;
  using Response = ListJournalResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listJournalEntries", .method = Method::get, .path = "/v1/audit/entries", .summary = "Lists entries of the tenant's journal, the newest first.",
      .access = needs(Permission::audit_read), .audit = AuditAction::audit_read, .rate = RateClass::audit, .slow = true});
};

struct GetCheckpoint {
  using Request = NoRequest;
  using Response = RawBody;
  static constexpr EndpointSpec spec = checked({
      .id = "getCheckpoint", .method = Method::get, .path = "/v1/audit/checkpoint", .summary = "Gives the signed checkpoint of the tenant's log (C2SP).",
      .access = needs(Permission::audit_verify), .rate = RateClass::audit, .errors = {ErrorCode::not_found},
      .produces = "text/plain; charset=utf-8", .slow = true});
};

struct ProveEntryRequest {
  EntryId entry;
  std::optional<std::int64_t> index;
  static constexpr Field fields[] = {
      field<&ProveEntryRequest::entry>("entry", DataClass::operational, "The entry.", {.where = Where::query}),
      field<&ProveEntryRequest::index>("index", DataClass::operational, "Its place, if known: saves a search.", {.where = Where::query, .min = 0}),
  };
};
struct EntryProofView {
  EntryId entry_id;
  std::int64_t index = 0, size = 0;
  std::string entry;
  std::vector<std::string> hashes;
  std::string checkpoint;
  static constexpr Field fields[] = {
      field<&EntryProofView::entry_id>("entry_id", DataClass::operational, "The entry."),
      field<&EntryProofView::index>("index", DataClass::operational, "Its place in the log."),
      field<&EntryProofView::size>("size", DataClass::operational, "The size of the tree that the proof is for."),
      field<&EntryProofView::entry>("entry", DataClass::operational, "What is hashed into the tree: 37 bytes, base64."),
      field<&EntryProofView::hashes>("hashes", DataClass::operational, "RFC 6962 section 2.1.1, base64, the leaf's sibling first."),
      field<&EntryProofView::checkpoint>("checkpoint", DataClass::operational, "The signed checkpoint of that size."),
  };
};
struct ProveJournalEntry {
  using Request = ProveEntryRequest;
  using Response = EntryProofView;
  static constexpr EndpointSpec spec = checked({
      .id = "proveJournalEntry", .method = Method::get, .path = "/v1/audit/proofs/inclusion", .summary = "Proves that an entry is in the tenant's log.",
      .access = needs(Permission::audit_verify), .audit = AuditAction::audit_verified, .rate = RateClass::audit,
      .errors = {ErrorCode::not_found}, .slow = true});
};

struct ProveGrowthRequest {
  std::int64_t from = 0;
  std::optional<std::int64_t> to;
  static constexpr Field fields[] = {
      field<&ProveGrowthRequest::from>("from", DataClass::operational, "The size of an older checkpoint.", {.where = Where::query, .min = 0}),
      field<&ProveGrowthRequest::to>("to", DataClass::operational, "A newer size; absent: the present one.", {.where = Where::query, .min = 0}),
  };
};
struct GrowthProofView {
  std::int64_t from = 0, to = 0;
  std::vector<std::string> hashes;
  std::optional<std::string> checkpoint;
  static constexpr Field fields[] = {
      field<&GrowthProofView::from>("from", DataClass::operational, "The older size."),
      field<&GrowthProofView::to>("to", DataClass::operational, "The newer size."),
      field<&GrowthProofView::hashes>("hashes", DataClass::operational, "RFC 6962 section 2.1.2, base64."),
      field<&GrowthProofView::checkpoint>("checkpoint", DataClass::operational, "The signed checkpoint, when `to` is the present size."),
  };
};
struct ProveJournalGrowth {
  using Request = ProveGrowthRequest;
  using Response = GrowthProofView;
  static constexpr EndpointSpec spec = checked({
      .id = "proveJournalGrowth", .method = Method::get, .path = "/v1/audit/proofs/consistency", .summary = "Proves that the log only grew between two sizes.",
      .access = needs(Permission::audit_verify), .rate = RateClass::audit, .errors = {ErrorCode::not_found}, .slow = true});
};

struct TileRequest {
  std::string path;
  static constexpr Field fields[] = {
      field<&TileRequest::path>("path", DataClass::operational, "Level and number (c2sp.org/tlog-tiles): 0/x001/067, entries/000.p/5.", {.where = Where::path, .max = 60, .text = TextRule::token}),
  };
};
struct GetTile {
  using Request = TileRequest;
  using Response = RawBody;
  static constexpr EndpointSpec spec = checked({
      .id = "getTile", .method = Method::get, .path = "/v1/audit/tile/{path...}", .summary = "Gives a hash tile or an entry bundle of the tenant's log; also without /v1.",
      .access = needs(Permission::audit_verify), .rate = RateClass::audit, .errors = {ErrorCode::not_found},
      .produces = "application/octet-stream", .slow = true});
};

std::span<const Endpoint> audit_endpoints();

}  // namespace sealbook::api
