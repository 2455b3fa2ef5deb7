#include "app/links/codes.hpp"

#include <string>

#include "app/messages/prepare_mail.hpp"

namespace sealbook::app::links {
namespace {

constexpr std::uint64_t codes = 100'000'000;  // eight digits

}  // namespace

SensitiveText code_text(const crypto::HmacSha256Key& link_key, const LinkId& link, const RawId& code) {
  const Hash256 mac = link_key.mac({as_bytes("sealbook code 1"), link.bytes(), code});
  // 64 bits over 10^8: no code is more likely than another by more than 10^-11.
  std::string digits = std::to_string(load_u64(mac.data()) % codes);
  digits.insert(0, 8 - digits.size(), '0');
  return SensitiveText(std::move(digits));
}

Result<SensitiveText> code_text(App& app, const Tenant& tenant, const LinkId& link) {
  std::optional<storage::CodeRow> code;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    const auto row = storage::links::find(s, link);
    if (row) code = storage::link_codes::newest(s, row->patient, link);
  });
  if (!code || code->used || code->expires <= app.store.now())
    return fail(ErrorCode::not_found, "There is no code to send.");
  return code_text(*tenant.keys(), link, code->id);
}

bool same_code(const SensitiveText& typed, const SensitiveText& code) {
  std::string digits;
  for (const char c : typed.reveal())
    if (c != ' ' && c != '-') digits.push_back(c);
  return constant_time_equal(as_bytes(digits), as_bytes(code.reveal()));
}

const Contact* code_contact(const Person& person, const keys::TenantKeys& keys) {
  return choose_contact(person.record, keys, person.blocks, messages::Purpose::code);
}

}  // namespace sealbook::app::links
