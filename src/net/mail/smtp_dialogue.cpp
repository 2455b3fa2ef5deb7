#include "net/mail/smtp_dialogue.hpp"

#include <algorithm>
#include <utility>

namespace sealbook::net::mail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "5.1.1" (RFC 3463 2) and what ends it.
std::string enhanced_code(std::string_view text) {
  std::size_t at = 0, parts = 0;
  while (parts < 3) {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == begin || at - begin > 3) return {};
    ++parts;
    if (parts < 3 && (at >= text.size() || text[at++] != '.')) return {};
  }
  if (at < text.size() && text[at] != ' ') return {};
  return text[0] == '2' || text[0] == '4' || text[0] == '5' ? std::string(text.substr(0, at))
                                                            : std::string();
}

}  // namespace

void SmtpDialogue::sent(std::string_view line) {
  constexpr std::pair<std::string_view, SmtpStage> commands[] = {
      {"EHLO ", SmtpStage::login},       {"HELO ", SmtpStage::login},
      {"STARTTLS\r\n", SmtpStage::tls},  {"AUTH ", SmtpStage::login},
      {"MAIL FROM:", SmtpStage::sender}, {"RCPT TO:", SmtpStage::recipient},
      {"DATA\r\n", SmtpStage::content},
  };
  if (line.starts_with("QUIT")) is_over_ = true;
  for (const auto& [word, stage] : commands) {
    if (!line.starts_with(word)) continue;
    is_over_ = false;  // it was another connection's
    stage_ = stage;
    code_ = 0;
    enhanced_.clear();
    return;
  }
}

void SmtpDialogue::received(std::string_view lines) {
  while (!lines.empty() && !is_over_) {
    const std::size_t end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take_line(line);
  }
}

void SmtpDialogue::take_line(std::string_view line) {
  if (line.size() < 3 || !std::ranges::all_of(line.substr(0, 3), is_digit)) return;
  if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return;
  code_ = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  enhanced_ = line.size() > 4 ? enhanced_code(line.substr(4)) : std::string();
}

}  // namespace sealbook::net::mail
