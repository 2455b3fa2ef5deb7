// PatientKeys remembers which key belongs to which patient, so that booking for a known patient
// costs no read. A bounded cache: what is not here is read from the patient's row. Threads: any.
#pragma once

#include <optional>
#include <shared_mutex>
#include <unordered_map>

#include "base/id.hpp"
#include "security/crypto/data_key.hpp"

namespace sealbook::app {

class PatientKeys {
 public:
  explicit PatientKeys(std::size_t capacity = 200'000) : capacity_(capacity) {}
  void put(const TenantId& tenant, const PatientId& patient, const crypto::KeyId& key);
  std::optional<crypto::KeyId> find(const TenantId& tenant, const PatientId& patient) const;
  void forget(const PatientId& patient);

 private:
  struct Entry {
    TenantId tenant;
    crypto::KeyId key;
  };
  std::size_t capacity_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<PatientId, Entry> entries_;
};

}  // namespace sealbook::app
