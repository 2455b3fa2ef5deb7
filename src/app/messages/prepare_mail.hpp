// prepare_mail() makes the mail of one claimed message: opens the person's record, chooses the
// address, asks the gate, renders the template at the person's detail level, adds the calendar file
// where that level allows one.
//
// On a worker's thread, outside any transaction, right before sending: what the store says then is what
// counts (deliver.cpp says how old it may be). Says by a coded reason why nothing may be sent.
#pragma once

#include <expected>
#include <span>

#include "app/messages/blocks.hpp"
#include "app/messages/gate.hpp"
#include "app/messages/settings.hpp"
#include "ports/mailer.hpp"
#include "storage/tables/appointments.hpp"
#include "storage/tables/links.hpp"
#include "storage/tables/messages.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app {

// What all messages of one tenant share in one round.
struct RoundFacts {
  MessageSettings settings;
  std::vector<AgreementRow> agreements;
};
Result<RoundFacts> load_round(App& app, const Tenant& tenant);

// All that the store knows of one message, read at one moment.
struct KnownMessage {
  std::optional<storage::PatientRow> patient;
  std::vector<ContactBlockRow> blocks;
  std::optional<DetailLevel> preference;
  std::optional<storage::AppointmentRow> visit;
  std::optional<storage::LinkRow> link;
  bool link_stands = false;  // asked only of messages that are about their link
  Instant now;
};
// Of several messages in one snapshot: after each commit a snapshot opens its pages anew, so that one
// per message would cost more than everything else about it. Parallel to `rows`.
std::vector<KnownMessage> read_known(App& app, const Tenant& tenant, std::span<const storage::MessageRow> rows);

struct PreparedMail {
  EgressPermit permit;
  OutgoingMail mail;
};
// Fills the row's contact, level and locale as soon as they are known, also when it is refused then.
std::expected<PreparedMail, messages::Refusal> prepare_mail(App& app, const Tenant& tenant, const RoundFacts& facts,
                                                            storage::MessageRow& row, const KnownMessage& known);
// The same of one message, read now.
std::expected<PreparedMail, messages::Refusal> prepare_mail(App& app, const Tenant& tenant, const RoundFacts& facts,
                                                            storage::MessageRow& row);

// The first safe e-mail address of the record that nothing stops; else the first safe one, so that
// the reason can be told; null when there is none. Where the person's own account typed an address
// and nobody has proven it, a code may go and nothing else.
const Contact* choose_contact(const PatientRecord& record, const keys::TenantKeys& keys,
                              const std::vector<storage::ContactBlockRow>& blocks, messages::Purpose purpose);

}  // namespace sealbook::app
