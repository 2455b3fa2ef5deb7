#include "app/booking/patient_keys.hpp"

#include <mutex>

namespace sealbook::app {

void PatientKeys::put(const TenantId& tenant, const PatientId& patient, const crypto::KeyId& key) {
  const std::unique_lock lock(mutex_);
  if (entries_.size() >= capacity_) entries_.erase(entries_.begin());
  entries_.insert_or_assign(patient, Entry{tenant, key});
}

std::optional<crypto::KeyId> PatientKeys::find(const TenantId& tenant, const PatientId& patient) const {
  const std::shared_lock lock(mutex_);
  const auto found = entries_.find(patient);
  if (found == entries_.end() || found->second.tenant != tenant) return std::nullopt;
  return found->second.key;
}

void PatientKeys::forget(const PatientId& patient) {
  const std::unique_lock lock(mutex_);
  entries_.erase(patient);
}

}  // namespace sealbook::app
