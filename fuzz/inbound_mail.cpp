// Fuzzes what anybody can send to our bounce address: the reader of mails and of delivery reports.
// Whatever is read keeps its promises: bounded tokens, well-formed codes, parts inside the message.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "adapters/messaging/inbound.hpp"
#include "base/cbor.hpp"
#include "net/mail/mime_reader.hpp"

using namespace sealbook;

namespace {

const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

void check_part(const net::mail::MimePart& part, std::string_view whole, std::size_t depth) {
  require(depth <= net::mail::MimeLimits{}.most_depth);
  require(part.body.empty() ||
          (part.body.data() >= whole.data() &&
           part.body.data() + part.body.size() <= whole.data() + whole.size()));
  if (const auto text = part.decoded()) require(text->size() <= part.body.size() + 1);
  for (const auto& inside : part.parts) check_part(inside, whole, depth + 1);
}

void check_mail(const adapters::inbound::InboundMail& mail) {
  require(mail.token.size() <= 57 && mail.reports.size() <= 16 &&
          mail.original_message_id.size() <= 200);
  require((mail.token_use == adapters::inbound::TokenUse::none) == mail.token.empty());
  require(is_valid_utf8(mail.calendar.reveal()));
  for (const auto& report : mail.reports)
    require(report.status.size() <= 11 && report.recipient.reveal().size() <= 320);
  // A report that no seed holds: it lies behind the parts, their fields and the code's form.
  const bool is_deep = std::ranges::any_of(mail.reports, [](const auto& report) {
    return report.is_permanent() && report.status != "5.2.1";
  });
  if (planted && is_deep && !mail.original_message_id.empty()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  if (const auto top = net::mail::read_mime(text)) check_part(*top, text, 1);
  if (const auto mail = adapters::inbound::parse(text)) check_mail(*mail);
  return 0;
}
