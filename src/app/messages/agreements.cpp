#include "app/messages/agreements.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

using messages::AgreementKind;
using messages::AgreementState;

bool has(std::int64_t regimes, Regime regime) { return (regimes & static_cast<std::int64_t>(regime)) != 0; }

const AgreementRow* in_force(std::string_view vendor, AgreementKind kind, const std::vector<AgreementRow>& rows,
                             Instant now) {
  for (const AgreementRow& row : rows)
    if (row.vendor == vendor && row.kind == kind && row.in_force(now)) return &row;
  return nullptr;
}

SeenVendor seen(const messages::Vendor& vendor, std::int64_t regimes, const std::vector<AgreementRow>& rows,
                Instant now) {
  SeenVendor out{&vendor, has(regimes, Regime::healthcare) ? AgreementKind::baa : AgreementKind::dpa,
                 AgreementState::missing, {}, {}, missing_for(regimes, vendor.id, rows, now) == Missing::nothing};
  for (const AgreementRow& row : rows) {
    if (row.vendor != vendor.id || row.kind != out.kind || row.starts > now) continue;
    if (out.state == AgreementState::in_force && !row.in_force(now)) continue;
    out.state = row.in_force(now) ? AgreementState::in_force : AgreementState::expired;
    out.expires = row.ended ? row.ended : row.expires;
    out.agreement = row.id;
  }
  return out;
}

// Of the carrier that is in use here, as this server sees it.
bool is_paused(const App& app, const messages::Vendor& vendor) {
  return app.mailer != nullptr && app.mailer->vendor() == vendor.id && app.mailer->is_paused();
}

Result<std::optional<Hash256>> parse_hash(const std::optional<std::string>& text) {
  if (!text) return std::optional<Hash256>();
  const auto bytes = from_hex(*text);
  if (!bytes || bytes->size() != 32)
    return fail(invalid_field("/document_sha256", "format", "A SHA-256 has 64 hexadecimal digits."));
  Hash256 hash{};
  std::ranges::copy(*bytes, hash.begin());
  return std::optional(hash);
}

}  // namespace

Missing missing_for(std::int64_t regimes, std::string_view vendor, const std::vector<AgreementRow>& rows, Instant now) {
  if (has(regimes, Regime::healthcare) && in_force(vendor, AgreementKind::baa, rows, now) == nullptr)
    return Missing::agreement;
  const bool needs_dpa = has(regimes, Regime::gdpr) || has(regimes, Regime::education) || has(regimes, Regime::research);
  if (!needs_dpa) return Missing::nothing;
  const AgreementRow* dpa = in_force(vendor, AgreementKind::dpa, rows, now);
  if (dpa == nullptr) return Missing::agreement;
  if (has(regimes, Regime::gdpr) && !messages::is_in_eea(dpa->region) && dpa->basis == messages::TransferBasis::none)
    return Missing::transfer_basis;
  return Missing::nothing;
}

Result<SeenVendor> read_vendor(CallContext& ctx, std::string_view id) {
  const messages::Vendor* vendor = messages::find_vendor(id);
  if (vendor == nullptr) return unknown_row("vendor");
  const auto rows = ctx.read([](storage::Snapshot& s) { return storage::agreements::all(s); });
  auto out = seen(*vendor, ctx.tenant->profile()->regime, rows, ctx.now);
  out.is_paused = is_paused(ctx.app, *vendor);
  return out;
}

Result<std::vector<SeenVendor>> list_vendors(CallContext& ctx) {
  const auto rows = ctx.read([](storage::Snapshot& s) { return storage::agreements::all(s); });
  std::vector<SeenVendor> out;
  for (const auto& vendor : messages::vendors) {
    out.push_back(seen(vendor, ctx.tenant->profile()->regime, rows, ctx.now));
    out.back().is_paused = is_paused(ctx.app, vendor);
  }
  return out;
}

Result<Work<AgreementRow>> record_agreement(CallContext& ctx, const RecordAgreement& command) {
  if (messages::find_vendor(command.vendor) == nullptr) return unknown_row("vendor");
  AgreementRow row;
  row.id = new_id<AgreementId>();
  row.vendor = command.vendor;
  row.kind = command.kind;
  row.region = command.region;
  for (char& c : row.region)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  row.basis = command.basis;
  row.starts = command.starts.value_or(ctx.now);
  row.expires = command.expires;
  row.recorded = ctx.now;
  row.account = ctx.principal.account;
  const bool is_code = row.region.size() == 2 && std::ranges::all_of(row.region, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code) return fail(invalid_field("/region", "format", "A region is two letters, such as US or DE."));
  if (row.expires && *row.expires <= row.starts)
    return fail(invalid_field("/expires_at", "range", "An agreement expires after it starts."));
  TRY(hash, parse_hash(command.document_sha256));
  row.document = hash;
  ctx.note(AuditAction::agreement_recorded, audit::ResourceKind::agreement, row.id.raw()).version_after = 1;
  return Work<AgreementRow>([row](storage::Transaction& tx) -> Result<AgreementRow> {
    storage::agreements::insert(tx, row);
    return row;
  });
}

Result<Work<std::int64_t>> end_agreements(CallContext& ctx, std::string_view vendor) {
  if (messages::find_vendor(vendor) == nullptr) return unknown_row("vendor");
  std::vector<AgreementId> ids;
  for (const AgreementRow& row : ctx.read([](storage::Snapshot& s) { return storage::agreements::all(s); }))
    if (row.vendor == vendor && row.in_force(ctx.now)) ids.push_back(row.id);
  if (ids.empty()) return fail(ErrorCode::state_conflict, "There is no agreement in force with this vendor.");
  for (const AgreementId& id : ids) ctx.note(AuditAction::agreement_ended, audit::ResourceKind::agreement, id.raw());
  return Work<std::int64_t>([ids](storage::Transaction& tx) -> Result<std::int64_t> {
    for (const AgreementId& id : ids) storage::agreements::end(tx, id, tx.now());
    return static_cast<std::int64_t>(ids.size());
  });
}

}  // namespace sealbook::app
