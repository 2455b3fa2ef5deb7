#include "app/calendar/uid.hpp"

#include "security/crypto/hash.hpp"

namespace sealbook::app {

std::string calendar_uid(const TenantId& tenant, const AppointmentId& appointment) {
  Hash256 hash = crypto::sha256({as_bytes("sealbook calendar uid"), tenant.bytes(), appointment.bytes()});
  hash[6] = static_cast<std::uint8_t>(0x80 | (hash[6] & 0x0F));
  hash[8] = static_cast<std::uint8_t>(0x80 | (hash[8] & 0x3F));
  std::string text = to_hex(ByteView(hash).first(16));
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

}  // namespace sealbook::app
