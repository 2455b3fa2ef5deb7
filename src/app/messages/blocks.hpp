// Opt-outs and suspended addresses: who wants no more messages, and which address does not reach
// its person (CONTROLS MSG-11, GDP-01). Append-only; effective for everything that is queued,
// because the gate looks right before each sending. About one person's use of an address: whoever
// else has the same one goes on getting messages. Only the reader of an address who says that they
// are not that person binds it for everybody, until staff say by an opt-in of that reason that it
// is somebody's. An address that is somebody else's ends what was proven through it.
#pragma once

#include "app/call_context.hpp"
#include "app/messages/tokens.hpp"
#include "domain/directory/patient.hpp"
#include "storage/tables/contact_blocks.hpp"

namespace sealbook::app {

using storage::BlockReason;
using storage::ContactBlockRow;
using storage::ContactIndex;

// The blind indexes that a row about this contact may bear, the current one first; empty when the
// value has no normal form.
std::vector<ContactIndex> indexes_of(const keys::TenantKeys& keys, const Contact& contact);

// Staff enter it, or the person itself through its account: `contact` is one of the record's.
struct BlockContact {
  PatientId patient;
  SensitiveText contact;
  BlockReason reason = BlockReason::opted_out;
  bool blocked = true;
};
Result<Work<ContactBlockRow>> block_contact(CallContext& ctx, const BlockContact& command);

// One click (RFC 8058): the address that the message went to gets no more of this organisation for
// that person. `somebody_else`: whoever reads it says that they are not the person; then a task
// asks for the right address. Says nothing about whether the token named anything.
enum class Unsubscribe : std::uint8_t { no_more, somebody_else };
Result<void> unsubscribe(App& app, std::string_view token, Unsubscribe why = Unsubscribe::no_more);

}  // namespace sealbook::app
