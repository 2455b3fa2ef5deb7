#include "app/messages/tokens.hpp"

namespace sealbook::app {
namespace {

constexpr std::size_t mac_size = 12;
constexpr std::size_t token_size = 4 + 16 + mac_size;

Bytes mac_of(const Tenant& tenant, TokenUse use, const MessageId& id) {
  const std::uint8_t purpose = static_cast<std::uint8_t>(use);
  const Hash256 mac = tenant.keys()->cursor_mac().mac(
      {as_bytes("sealbook message 1"), ByteView(&purpose, 1), tenant.id().bytes(), id.bytes()});
  return Bytes(mac.begin(), mac.begin() + mac_size);
}

}  // namespace

std::string message_token(const Tenant& tenant, TokenUse use, const MessageId& id) {
  Bytes bytes;
  const auto no = static_cast<std::uint32_t>(tenant.ref().no);
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(no >> shift));
  append(bytes, id.bytes());
  append(bytes, mac_of(tenant, use, id));
  return to_base64url(bytes);
}

std::optional<NamedMessage> open_message_token(App& app, TokenUse use, std::string_view token) {
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() != token_size) return std::nullopt;
  std::uint32_t no = 0;
  for (std::size_t i = 0; i < 4; ++i) no = (no << 8) | (*bytes)[i];
  const ByteView view(*bytes);
  const auto id = MessageId::from_bytes(view.subspan(4, 16));
  auto tenant = app.tenants.find_by_no(no);
  if (!tenant || !constant_time_equal(mac_of(*tenant, use, id), view.subspan(20))) return std::nullopt;
  return NamedMessage{std::move(tenant), id};
}

}  // namespace sealbook::app
