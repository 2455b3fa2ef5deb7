// SmtpDialogue follows what goes over the wire of one SMTP call: which command was sent last and
// what it was answered. It keeps the reply's numbers only: no address, no credential, no text of a
// server.
#pragma once

#include <string>
#include <string_view>

#include "net/mail/smtp_client.hpp"

namespace sealbook::net::mail {

class SmtpDialogue {
 public:
  // A command line of ours. Lines that are no command (the steps of a sign-in) change nothing.
  void sent(std::string_view line);
  // Reply lines of the server, whole ones.
  void received(std::string_view lines);
  void restart() { *this = {}; }

  SmtpStage stage() const { return stage_; }
  int code() const { return code_; }
  const std::string& enhanced() const { return enhanced_; }

 private:
  void take_line(std::string_view line);

  SmtpStage stage_ = SmtpStage::connect;
  bool is_over_ = false;  // we said QUIT: its reply is about nothing
  int code_ = 0;
  std::string enhanced_;
};

}  // namespace sealbook::net::mail
