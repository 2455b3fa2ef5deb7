// Vendors and what was agreed with them (CONTROLS VEN-01): a fixed list, each missing until somebody
// with the right to records an agreement. The gate asks `missing_for`.
#pragma once

#include "app/call_context.hpp"
#include "storage/tables/agreements.hpp"

namespace sealbook::app {

using storage::AgreementRow;

// What a regime still misses with a vendor.
enum class Missing : std::uint8_t { nothing, agreement, transfer_basis };
Missing missing_for(std::int64_t regimes, std::string_view vendor, const std::vector<AgreementRow>& rows, Instant now);

struct SeenVendor {
  const messages::Vendor* vendor = nullptr;
  messages::AgreementKind kind = messages::AgreementKind::baa;  // the one that is asked for, or shown
  messages::AgreementState state = messages::AgreementState::missing;
  std::optional<Instant> expires;
  std::optional<AgreementId> agreement;
  bool may_be_used = false;  // by this organisation, now
  bool is_paused = false;    // it failed again and again, and is left alone for a while
};
Result<SeenVendor> read_vendor(CallContext& ctx, std::string_view id);
Result<std::vector<SeenVendor>> list_vendors(CallContext& ctx);

struct RecordAgreement {
  std::string vendor;
  messages::AgreementKind kind = messages::AgreementKind::baa;
  std::string region;
  messages::TransferBasis basis = messages::TransferBasis::none;
  std::optional<Instant> starts;  // now
  std::optional<Instant> expires;
  std::optional<std::string> document_sha256;  // 64 hexadecimal digits
};
Result<Work<AgreementRow>> record_agreement(CallContext& ctx, const RecordAgreement& command);
// Ends every agreement with the vendor that is in force. Fails with state_conflict when there is none.
Result<Work<std::int64_t>> end_agreements(CallContext& ctx, std::string_view vendor);

}  // namespace sealbook::app
