// EgressGate is the one place that lets something leave the program: it mints the EgressPermit that
// net/ and adapters/ ask for (DECISIONS 21), or says by a coded reason why not.
//
// It judges the installation's environment, the organisation's regime against its vendor's agreement
// and region, and the person's opt-outs and suspended addresses. Pure: the facts are loaded by the
// caller right before, so that an opt-out or an expired agreement counts for what is queued already.
// Threads: any.
#pragma once

#include <expected>
#include <string_view>

#include "app/messages/agreements.hpp"
#include "base/egress_permit.hpp"
#include "domain/messages/ledger.hpp"
#include "storage/tables/contact_blocks.hpp"

namespace sealbook::app {

struct EgressQuestion {
  TenantId tenant;
  std::int64_t regimes = 0;
  std::string_view vendor;
  messages::Purpose purpose = messages::Purpose::reminder;
  std::string_view environment;
  Instant now;
  const std::vector<AgreementRow>& agreements;
  // The person's history of blocks, and the address in question: as text, and as every blind index
  // that a row could have been written with.
  const std::vector<storage::ContactBlockRow>& blocks;
  std::string_view address;
  const std::vector<storage::ContactIndex>& contact;
};

class EgressGate {
 public:
  static std::expected<EgressPermit, messages::Refusal> ask(const EgressQuestion& question);
};

// Whether the person's history stops this contact for this purpose, and why; `none`: it does not.
messages::Refusal blocked_by(const std::vector<storage::ContactBlockRow>& blocks,
                             const std::vector<storage::ContactIndex>& contact, messages::Purpose purpose);

}  // namespace sealbook::app
