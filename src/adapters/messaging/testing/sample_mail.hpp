// A mail as the ledger would hand it over, about nobody.
#pragma once

#include "ports/mailer.hpp"

namespace sealbook::adapters::testing {

inline OutgoingMail sample_mail() {
  OutgoingMail mail;
  mail.message_id = "msg-1@clinic.example.test";
  mail.from_name = "Harbour Clinic";
  mail.from_address = "hello@clinic.example.test";
  mail.envelope_from = "bounce+abc123@clinic.example.test";
  mail.to = SensitiveText("pat@example.test");
  mail.subject = SensitiveText("A message from Harbour Clinic");
  mail.text = SensitiveText("There is a message for you.\nCall +1 202 555 0100.\n");
  mail.language = "en";
  return mail;
}

}  // namespace sealbook::adapters::testing
