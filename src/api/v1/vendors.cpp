#include "api/v1/vendors.hpp"

#include "api/v1/answering.hpp"
#include "app/messages/agreements.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

VendorView view_of(const app::SeenVendor& v) {
  return {std::string(v.vendor->id), std::string(v.vendor->name), {std::string(v.vendor->service)},
          {v.kind, v.state, v.expires}, v.may_be_used, v.is_paused};
}
RecordedAgreementView recorded_view(const storage::AgreementRow& a) { return {a.id, a.vendor, a.kind, a.starts, a.expires}; }
NoContent nothing(const std::int64_t&) { return {}; }

Result<VendorView> get(CallContext& ctx, const VendorIdRequest& r) {
  TRY(vendor, app::read_vendor(ctx, r.id));
  return view_of(vendor);
}
Result<ListVendorsResponse> list(CallContext& ctx, const NoRequest&) {
  TRY(vendors, app::list_vendors(ctx));
  ListVendorsResponse response;
  for (const auto& vendor : vendors) response.vendors.push_back(view_of(vendor));
  return response;
}
Result<Work<RecordedAgreementView>> record(CallContext& ctx, const RecordAgreementRequest& r) {
  return answering(app::record_agreement(ctx, {r.id, r.kind, r.region, r.transfer_basis.value_or(messages::TransferBasis::none),
                                               r.starts_at, r.expires_at, r.document_sha256}),
                   recorded_view);
}
Result<Work<NoContent>> end(CallContext& ctx, const VendorIdRequest& r) {
  return answering(app::end_agreements(ctx, r.id), nothing);
}

constexpr Endpoint rows[] = {bind_read<ListVendors, list>(), bind_read<GetVendor, get>(),
                             bind_write<RecordAgreement, record>(), bind_write<EndAgreement, end>()};

}  // namespace

std::span<const Endpoint> vendor_endpoints() { return rows; }

}  // namespace sealbook::api
