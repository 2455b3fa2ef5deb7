// Mailer hands one e-mail to whoever carries it: an SMTP submission service, or the demo's folder.
//
// send() blocks until the other side has taken responsibility or has not: called on a worker's
// thread, outside any transaction. It retries nothing itself; the outbox does, by the verdict.
// Threads: any number of calls at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/egress_permit.hpp"
#include "base/sensitive.hpp"

namespace sealbook {

struct MailAttachment {
  std::string file_name;     // fixed by us, never made from data: "appointment.ics"
  std::string content_type;  // "text/calendar; charset=utf-8; method=REQUEST"
  SensitiveText content;     // UTF-8
};

struct OutgoingMail {
  std::string message_id;     // without angle brackets; the same at each try of one message
  std::string from_name;      // the tenant's message_name
  std::string from_address;
  std::string envelope_from;  // where returned mail goes; names the message, not the person
  std::string reply_to;       // empty: none
  SensitiveText to;           // one address
  SensitiveText subject;      // one line
  SensitiveText text;         // the body, lines ended by \n
  std::string language;       // BCP 47, for Content-Language
  SensitiveText unsubscribe_url;  // RFC 8058 one-click; empty: no header
  std::vector<MailAttachment> attachments;
};

enum class MailVerdict : std::uint8_t {
  accepted,         // the other side has it
  try_later,        // 4xx, a time-out, no connection
  address_refused,  // this recipient will never work (5.1.x)
  refused,          // 5xx for another reason
  unsafe,           // no TLS, a wrong certificate, a stripped STARTTLS: nothing was sent
};

struct MailOutcome {
  MailVerdict verdict = MailVerdict::try_later;
  int smtp_code = 0;           // 0: it did not come to one
  std::string reason;          // a short sentence of ours: never what the other side said
};

class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual std::string_view vendor() const = 0;  // "smtp"; what the permit has to name
  // The service failed again and again, so that calls answer try_later for a while without being made.
  virtual bool is_paused() const { return false; }
  virtual MailOutcome send(const EgressPermit& permit, const OutgoingMail& mail) = 0;
};

}  // namespace sealbook
