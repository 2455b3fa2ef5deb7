// Agreements with vendors. A row is written once; ending one sets `ended`, nothing else changes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/messages/vendors.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct AgreementRow {
  AgreementId id;
  std::string vendor;
  messages::AgreementKind kind = messages::AgreementKind::baa;
  std::string region;  // ISO 3166-1, where the vendor keeps the data
  messages::TransferBasis basis = messages::TransferBasis::none;
  Instant starts;
  std::optional<Instant> expires, ended;
  Instant recorded;
  AccountId account;
  std::optional<Hash256> document;  // SHA-256 of the signed file

  bool in_force(Instant now) const {
    return starts <= now && (!expires || now < *expires) && (!ended || now < *ended);
  }
};

namespace agreements {

void insert(Transaction& tx, const AgreementRow& row);
// False when it has ended already, or is not there.
bool end(Transaction& tx, const AgreementId& id, Instant when);
// All of the tenant, oldest first.
std::vector<AgreementRow> all(Snapshot& snapshot);

}  // namespace agreements
}  // namespace sealbook::storage
