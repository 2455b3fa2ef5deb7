// What comes back by mail: reports that a mail was not delivered (DSN, RFC 3461 to 3464), and
// replies to an invitation (text/calendar METHOD:REPLY, RFC 6047). Read within limits, believed in
// nothing: the token of the address it was sent to is what the ledger checks, and says which
// message it is about.
//
// Pure; any thread. Nothing of a mail is kept but what stands here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/sensitive.hpp"

namespace sealbook::adapters::inbound {

enum class InboundKind : std::uint8_t {
  delivery_report,  // multipart/report with message/delivery-status
  calendar_reply,   // a text/calendar part with METHOD:REPLY
  automatic,        // an out-of-office note or the like (RFC 3834)
  other,            // a person wrote, or something unknown
};

// Which address of ours it was sent to: bounce+TOKEN@…, reply+TOKEN@…
enum class TokenUse : std::uint8_t { none, bounce, reply };

enum class DeliveryAction : std::uint8_t {
  failed,
  delayed,
  delivered,
  relayed,
  expanded,
  unknown
};  // RFC 3464 2.3.3

struct RecipientReport {
  DeliveryAction action = DeliveryAction::unknown;
  std::string status;       // RFC 3463, "5.1.1"; empty when there is none that is well-formed
  SensitiveText recipient;  // the original one, else the final one; without its type

  bool is_permanent() const { return action == DeliveryAction::failed && status.starts_with('5'); }
  // The address itself will never work (5.1.x but for the sender's own 5.1.7 and 5.1.8).
  bool is_bad_address() const;
};

struct InboundMail {
  InboundKind kind = InboundKind::other;
  TokenUse token_use = TokenUse::none;
  std::string token;             // letters, digits, "-", "_"; at most 57 (RFC 5321 4.5.3.1.1)
  bool has_null_sender = false;  // Return-Path: <>, as every bounce has (RFC 5321 4.5.5)
  std::vector<RecipientReport> reports;
  std::string
      original_message_id;  // of the mail that came back, where it says so; without brackets
  SensitiveText calendar;   // calendar_reply: the part, decoded, UTF-8
};

// Fails with `invalid` when a limit is broken (256 KiB, 200 header fields, depth 6, 40 parts).
Result<InboundMail> parse(std::string_view message);

}  // namespace sealbook::adapters::inbound
