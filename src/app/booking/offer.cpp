#include "app/booking/offer.hpp"

#include "base/assert.hpp"

namespace sealbook::app {
namespace {

constexpr std::uint8_t offer_version = 1;
constexpr std::size_t mac_size = 16;
constexpr std::size_t fixed_size = 16 + 4 + 16 + 4 + 4 + 4 + 1 + 1 + 1 + 16 + 1;
constexpr std::size_t max_named = 16;

std::unexpected<Error> not_an_offer() {
  return fail(invalid_field("/offer", "format", "This is not an offer of this organisation."));
}

}  // namespace

Bytes encode_offer(const Offer& offer) {
  ASSERT(offer.named.size() <= max_named);
  Bytes body;
  body.reserve(fixed_size + offer.named.size() * 16 + 1 + mac_size);
  append(body, offer.service.bytes());
  append_u32(body, offer.service_version);
  append(body, offer.location.bytes());
  append_u32(body, static_cast<std::uint32_t>(offer.starts.minutes()));
  append_u32(body, static_cast<std::uint32_t>(offer.duration_minutes));
  append_u32(body, static_cast<std::uint32_t>(offer.expires.seconds()));
  body.push_back(static_cast<std::uint8_t>(offer.audience));
  body.push_back(offer.flags.bits());
  body.push_back(offer.override_reason);
  append(body, offer.account.bytes());
  body.push_back(static_cast<std::uint8_t>(offer.named.size()));
  for (const ResourceId& id : offer.named) append(body, id.bytes());
  return body;
}

Result<Offer> decode_offer(ByteView body) {
  if (body.size() < fixed_size) return not_an_offer();
  const std::uint8_t* at = body.data();
  const auto id = [&at]<class IdType>(IdType) {
    const IdType value = IdType::from_bytes(ByteView(at, 16));
    at += 16;
    return value;
  };
  const auto number = [&at] {
    const std::uint32_t value = load_u32(at);
    at += 4;
    return value;
  };
  Offer offer;
  offer.service = id(ServiceId());
  offer.service_version = number();
  offer.location = id(LocationId());
  offer.starts = Instant::from_seconds(std::int64_t{number()} * 60);
  offer.duration_minutes = static_cast<std::int32_t>(number());
  offer.expires = Instant::from_seconds(number());
  const std::uint8_t audience = *at++;
  if (audience > static_cast<std::uint8_t>(scheduling::Audience::staff)) return not_an_offer();
  offer.audience = static_cast<scheduling::Audience>(audience);
  const std::uint8_t flags = *at++;
  offer.flags = scheduling::Flags::from_bits(flags);
  if (offer.flags.bits() != flags) return not_an_offer();
  offer.override_reason = *at++;
  offer.account = id(AccountId());
  const std::size_t named = *at++;
  if (named > max_named || body.size() != fixed_size + named * 16) return not_an_offer();
  for (std::size_t i = 0; i < named; ++i) offer.named.push_back(id(ResourceId()));
  return offer;
}

std::string seal_offer(const keys::TenantKeys& keys, const Offer& offer) {
  Bytes body{offer_version};
  append(body, encode_offer(offer));
  const Hash256 mac = keys.offer_mac().mac(body);
  append(body, ByteView(mac).first(mac_size));
  return to_base64url(body);
}

Result<Offer> open_offer(const keys::TenantKeys& keys, std::string_view text, Instant now) {
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() < 1 + fixed_size + mac_size || (*bytes)[0] != offer_version) return not_an_offer();
  const ByteView all(*bytes);
  const ByteView signed_part = all.first(all.size() - mac_size);
  const Hash256 mac = keys.offer_mac().mac(signed_part);
  if (!constant_time_equal(ByteView(mac).first(mac_size), all.last(mac_size))) return not_an_offer();
  TRY(offer, decode_offer(signed_part.subspan(1)));
  if (offer.expires <= now) return fail(ErrorCode::offer_stale, "That offer has expired; search again.");
  return offer;
}

}  // namespace sealbook::app
