// The plain rules of services and schedules as stored: deterministic CBOR with stable numeric ids.
// They hold numbers and ids only; what people typed (names) lies in the row's sealed blob.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/scheduling/hours.hpp"
#include "domain/scheduling/service.hpp"

namespace sealbook::storage {

Bytes encode_rules(const scheduling::Service& service);
// Fills everything but id, version and name. Fails with integrity.
Result<void> decode_rules(ByteView body, scheduling::Service& service);

Bytes encode_hours(const scheduling::Schedule& schedule);
// Fills weekly hours, overrides and validity. Fails with integrity.
Result<void> decode_hours(ByteView body, scheduling::Schedule& schedule);

// A run of ids, 16 bytes each.
template <class IdType>
Bytes encode_ids(const std::vector<IdType>& ids) {
  Bytes out;
  out.reserve(ids.size() * 16);
  for (const IdType& id : ids) append(out, id.bytes());
  return out;
}
template <class IdType>
std::vector<IdType> decode_ids(ByteView run) {
  std::vector<IdType> ids;
  for (std::size_t at = 0; at + 16 <= run.size(); at += 16) ids.push_back(IdType::from_bytes(run.subspan(at, 16)));
  return ids;
}

}  // namespace sealbook::storage
