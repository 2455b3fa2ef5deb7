// Fuzzes the template language: whatever parses says no more than its channel and level, in one
// line where one line is due, whoever wrote it. The first byte chooses channel and language, the
// second the purpose; a subject ends at the first 0x1f.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "../tests/templates/canaries.hpp"
#include "domain/messages/plain_text.hpp"

using namespace sealbook;
using namespace sealbook::messages;

static const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

static bool is_clean(std::string_view text, bool many_lines) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c == '\n' && many_lines) continue;
    if (c == '\t') continue;
    if (is_unsafe(c)) return false;
  }
  return true;
}

// Long words that the author did not write.
static bool leaks(const std::string& text, const TemplateText& written, DetailLevel level) {
  for (const std::string_view word : canaries::leaks(text, written.channel, level))
    if (word.size() >= 8 && !written.body.contains(word) && !written.subject.contains(word))
      return true;
  return false;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MessageFacts facts = canaries::facts();
  if (size < 3) return 0;
  TemplateText text;
  text.channel = static_cast<Channel>(data[0] % 5);
  text.locale = static_cast<Locale>(data[0] / 5 % 2);
  text.purpose = static_cast<Purpose>(data[1] % 7);
  const std::string rest(data + 2, data + size);
  const auto cut = rest.find('\x1f');
  if (cut != std::string::npos) text.subject = rest.substr(0, cut);
  text.body = cut == std::string::npos ? rest : rest.substr(cut + 1);
  const auto made = Template::parse(text);
  if (!made) return 0;
  for (const DetailLevel level : {DetailLevel::neutral, DetailLevel::time}) {
    const auto message = render(*made, facts, level);
    if (!message) continue;
    const std::string& subject = message->subject.reveal();
    const std::string& body = message->text.reveal();
    if (!is_clean(subject, false) || !is_clean(body, true)) std::abort();
    if (!subject.contains("Harbour") && !body.contains("Harbour")) std::abort();
    if (leaks(subject + "\n" + body, text, level)) std::abort();
    if (text.channel == Channel::sms && sms_length(body) > 160) std::abort();
  }
  // No seed's own words hold a figure or a sign beside the comma.
  const bool deep = std::ranges::any_of(made->body(), [](const Part& part) {
    return std::ranges::any_of(part.text, [](char c) { return c > ' ' && c < 'A' && c != ','; });
  });
  if (planted && deep) __builtin_trap();
  return 0;
}
