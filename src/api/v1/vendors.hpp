// Vendors, and what the organisation agreed with them.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/ledger_enums.hpp"

namespace sealbook::api {

struct AgreementView {
  messages::AgreementKind kind = messages::AgreementKind::baa;
  messages::AgreementState state = messages::AgreementState::missing;
  std::optional<Instant> expires_at;
  static constexpr Field fields[] = {
      field<&AgreementView::kind>("kind", DataClass::operational, "What the organisation's regime asks for: baa or dpa."),
      field<&AgreementView::state>("state", DataClass::operational, "Whether there is one in force."),
      field<&AgreementView::expires_at>("expires_at", DataClass::operational, "Until when, or when it ended."),
  };
};
struct VendorView {
  std::string id, name;
  std::vector<std::string> services;
  AgreementView agreement;
  bool may_be_used = false;
  bool paused = false;
  static constexpr Field fields[] = {
      field<&VendorView::id>("id", DataClass::operational, "Its stable name: smtp, sms, …"),
      field<&VendorView::name>("name", DataClass::operational, "For people."),
      field<&VendorView::services>("services", DataClass::operational, "What it is used for."),
      field<&VendorView::agreement>("agreement", DataClass::operational, "The newest of the kind that is asked for."),
      field<&VendorView::may_be_used>("may_be_used", DataClass::operational, "Whether anything may be sent to it now."),
      field<&VendorView::paused>("paused", DataClass::operational, "Whether it is left alone for a while, after failures in a row."),
  };
};

struct VendorIdRequest {
  std::string id;
  static constexpr Field fields[] = {
      field<&VendorIdRequest::id>("id", DataClass::operational, "The vendor.", {.where = Where::path, .max = 20, .text = TextRule::slug}),
  };
};
struct GetVendor {
  using Request = VendorIdRequest;
  using Response = VendorView;
  static constexpr EndpointSpec spec = checked({
      .id = "getVendor", .method = Method::get, .path = "/v1/vendors/{id}", .summary = "Shows one vendor and its agreement.",
      .access = needs(Permission::vendor_manage), .rate = RateClass::admin});
};
struct ListVendorsResponse {
  std::vector<VendorView> vendors;
  static constexpr Field fields[] = {
      field<&ListVendorsResponse::vendors>("vendors", DataClass::operational, "All that the program knows of."),
  };
};
struct ListVendors {
  using Request = NoRequest;
  using Response = ListVendorsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listVendors", .method = Method::get, .path = "/v1/vendors", .summary = "Lists the vendors and their agreements.",
      .access = needs(Permission::vendor_manage), .rate = RateClass::admin});
};

struct RecordAgreementRequest {
  std::string id;
  messages::AgreementKind kind = messages::AgreementKind::baa;
  std::string region;
  std::optional<messages::TransferBasis> transfer_basis;
  std::optional<Instant> starts_at, expires_at;
  std::optional<std::string> document_sha256;
  static constexpr Field fields[] = {
      field<&RecordAgreementRequest::id>("id", DataClass::operational, "The vendor.", {.where = Where::path, .max = 20, .text = TextRule::slug}),
      field<&RecordAgreementRequest::kind>("kind", DataClass::operational, "baa or dpa."),
      field<&RecordAgreementRequest::region>("region", DataClass::operational, "Where the vendor keeps the data: two letters, such as US or DE.", {.min = 2, .max = 2}),
      field<&RecordAgreementRequest::transfer_basis>("transfer_basis", DataClass::operational, "On what a transfer out of the EEA rests."),
      field<&RecordAgreementRequest::starts_at>("starts_at", DataClass::operational, "Now when absent."),
      field<&RecordAgreementRequest::expires_at>("expires_at", DataClass::operational, "Never when absent."),
      field<&RecordAgreementRequest::document_sha256>("document_sha256", DataClass::operational, "Of the signed file, hexadecimal.", {.min = 64, .max = 64, .text = TextRule::token}),
  };
};
struct RecordedAgreementView {
  AgreementId id;
  std::string vendor;
  messages::AgreementKind kind = messages::AgreementKind::baa;
  Instant starts_at;
  std::optional<Instant> expires_at;
  static constexpr Field fields[] = {
      field<&RecordedAgreementView::id>("id", DataClass::operational, "Its public name."),
      field<&RecordedAgreementView::vendor>("vendor", DataClass::operational, "With whom."),
      field<&RecordedAgreementView::kind>("kind", DataClass::operational, "baa or dpa."),
      field<&RecordedAgreementView::starts_at>("starts_at", DataClass::operational, "From when."),
      field<&RecordedAgreementView::expires_at>("expires_at", DataClass::operational, "Until when."),
  };
};
struct RecordAgreement {
  using Request = RecordAgreementRequest;
  using Response = RecordedAgreementView;
  static constexpr EndpointSpec spec = checked({
      .id = "recordAgreement", .method = Method::post, .path = "/v1/vendors/{id}/agreement", .summary = "Records an agreement with a vendor.",
      .access = needs(Permission::vendor_manage), .audit = AuditAction::agreement_recorded, .rate = RateClass::admin,
      .success = 201, .idempotency = Idempotency::optional});
};
struct EndAgreement {
  using Request = VendorIdRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "endAgreement", .method = Method::delete_, .path = "/v1/vendors/{id}/agreement", .summary = "Ends the agreements with a vendor; nothing goes there from then on, if the regime asks for one.",
      .access = needs(Permission::vendor_manage), .audit = AuditAction::agreement_ended, .rate = RateClass::admin,
      .success = 204, .errors = {ErrorCode::state_conflict}});
};

std::span<const Endpoint> vendor_endpoints();

}  // namespace sealbook::api
