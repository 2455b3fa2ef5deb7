// What a caught mail says, for the demo's page: some headers and its plain text, decoded.
//
// It reads what sealbook's own mailer writes (RFC 5322, 2045, 2047: multipart, quoted-printable,
// base64, UTF-8) and shows anything else as it stands. It is not a mail reader for strangers' mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealbook::ui {

struct ShownMail {
  std::string from, to, subject, date;
  std::string text;                 // of the first text/plain part
  std::vector<std::string> others;  // media types of the other parts: "text/calendar"
};
ShownMail read_mail(std::string_view eml);

}  // namespace sealbook::ui
