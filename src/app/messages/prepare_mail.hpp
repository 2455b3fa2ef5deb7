// prepare_mail() makes the mail of one claimed message: opens the person's record, chooses the
// address, asks the gate, renders the template at the person's detail level, adds the calendar file
// where that level allows one.
//
// On a worker's thread, outside any transaction, right before sending: what it finds then is what
// counts. Says by a coded reason why nothing may be sent.
#pragma once

#include <expected>

#include "app/messages/blocks.hpp"
#include "app/messages/gate.hpp"
#include "app/messages/settings.hpp"
#include "ports/mailer.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app {

// What all messages of one tenant share in one round.
struct RoundFacts {
  MessageSettings settings;
  std::vector<AgreementRow> agreements;
};
Result<RoundFacts> load_round(App& app, const Tenant& tenant);

struct PreparedMail {
  EgressPermit permit;
  OutgoingMail mail;
};
// Fills the row's contact, level and locale as soon as they are known, also when it is refused then.
std::expected<PreparedMail, messages::Refusal> prepare_mail(App& app, const Tenant& tenant, const RoundFacts& facts,
                                                            storage::MessageRow& row);

// The first safe e-mail address of the record that nothing stops; else the first safe one, so that
// the reason can be told; null when there is none.
const Contact* choose_contact(const PatientRecord& record, const keys::TenantKeys& keys,
                              const std::vector<storage::ContactBlockRow>& blocks, messages::Purpose purpose);

}  // namespace sealbook::app
