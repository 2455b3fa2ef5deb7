// The words of the ledger of messages: how far one has come, and why it went no further.
//
// Numbers are stored: append, never renumber.
#pragma once

#include <cstdint>

namespace sealbook::messages {

enum class MessageState : std::uint8_t {
  claimed = 0,      // taken up; sending, or waiting for the next try
  handed_over = 1,  // the carrier has it
  withdrawn = 2,    // what it would have said holds no more
  refused = 3,      // it may not leave
  bounced = 4,      // it came back
  failed = 5,       // the carrier would not have it, or it was too late
};

// Why a message did not leave, or came back.
enum class Refusal : std::uint8_t {
  none = 0,
  superseded = 1,         // the visit has changed since; a later message says so
  undone = 2,             // taken back before anybody was told
  nothing_new = 3,        // what was told last still holds
  silent = 4,             // the organisation is silent until a moment (cut-over)
  no_agreement = 5,       // the vendor has no agreement in force that the regime asks for
  no_transfer_basis = 6,  // the vendor's region needs one
  no_address = 7,         // the person has no e-mail address that may be used
  opted_out = 8,
  suspended = 9,          // the address came back or was somebody else's
  no_mailer = 10,         // nothing carries mail on this installation
  not_renderable = 11,    // a fact is missing that the template needs
  link_gone = 12,         // the link was revoked, the code was used
  address_refused = 13,   // the carrier: this recipient will never work
  carrier_refused = 14,   // the carrier: for another reason
  unsafe_carrier = 15,    // no TLS, a wrong certificate
  too_late = 16,          // the visit has begun, or all tries were used
  erased = 17,            // the person's record cannot be opened any more
  environment = 18,       // a test environment writes to example addresses only
};

}  // namespace sealbook::messages
