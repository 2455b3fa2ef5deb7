#include "app/messages/gate.hpp"

#include <algorithm>
#include <map>

namespace sealbook::app {
namespace {

using messages::Refusal;
using storage::BlockReason;

// Only a production installation writes to real addresses; example names are reserved (RFC 2606).
bool is_example_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == address.npos) return false;
  std::string domain(address.substr(at + 1));
  std::ranges::transform(domain, domain.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const std::string_view name : {"example.test", "example.com", "example.org", "example.net"})
    if (domain == name || domain.ends_with("." + std::string(name))) return true;
  return domain.ends_with(".test") || domain.ends_with(".example");
}

}  // namespace

Refusal blocked_by(const std::vector<storage::ContactBlockRow>& blocks, const std::vector<storage::ContactIndex>& contact,
                   messages::Purpose purpose) {
  std::map<BlockReason, bool> state;  // rows are in order: the newest wins
  for (const auto& row : blocks)
    if (std::ranges::find(contact, row.contact) != contact.end()) state[row.reason] = row.blocked;
  if (state[BlockReason::bounced] || state[BlockReason::wrong_number]) return Refusal::suspended;
  // A code answers what the person has asked for a moment ago.
  if (purpose != messages::Purpose::code && (state[BlockReason::opted_out] || state[BlockReason::staff]))
    return Refusal::opted_out;
  return Refusal::none;
}

std::expected<EgressPermit, Refusal> EgressGate::ask(const EgressQuestion& q) {
  const messages::Vendor* vendor = messages::find_vendor(q.vendor);
  if (vendor == nullptr) return std::unexpected(Refusal::no_agreement);
  if (q.environment != "production" && !is_example_address(q.address)) return std::unexpected(Refusal::environment);
  switch (missing_for(q.regimes, q.vendor, q.agreements, q.now)) {
    case Missing::agreement: return std::unexpected(Refusal::no_agreement);
    case Missing::transfer_basis: return std::unexpected(Refusal::no_transfer_basis);
    case Missing::nothing: break;
  }
  if (const Refusal blocked = blocked_by(q.blocks, q.contact, q.purpose); blocked != Refusal::none)
    return std::unexpected(blocked);
  return EgressPermit(q.tenant, std::string(vendor->id), vendor->highest, q.now);
}

}  // namespace sealbook::app
