// TenantKeys and InstanceKeys: the unwrapped keys of one tenant, and of the instance.
//
// Each key is independently random and wrapped on its own (docs/formats/keyring.md), so that one
// can be rotated or destroyed without the others. Immutable: a rotation makes a new object; share
// as std::shared_ptr<const …>. Threads: any.
#pragma once

#include <memory>
#include <vector>

#include "base/id.hpp"
#include "security/crypto/data_key.hpp"
#include "security/crypto/signature.hpp"
#include "security/keys/blind_index.hpp"

namespace sealbook::keys {

using crypto::DataKey;
using crypto::KeyId;

// The generations of one domain's data key: seal with the newest, open with whichever the blob
// names.
class DataKeySet {
 public:
  const DataKey& current() const { return *newest_first_.front(); }
  std::shared_ptr<const DataKey> share_current() const { return newest_first_.front(); }
  const DataKey* find(KeyId id) const;

 private:
  friend class KeyUnwrapper;
  std::vector<std::shared_ptr<const DataKey>> newest_first_;
};

class TenantKeys {
 public:
  TenantId tenant() const { return tenant_; }

  const DataKeySet& audit() const { return audit_; }              // journal bodies
  const DataKeySet& operational() const { return operational_; }  // sealed values about nobody
  const Secret& offer_key() const { return offer_; }              // signs offers
  const Secret& cursor_key() const { return cursor_; }            // signs page cursors
  const crypto::HmacSha256Key& offer_mac() const { return *offer_mac_; }    // the same, ready
  const crypto::HmacSha256Key& cursor_mac() const { return *cursor_mac_; }
  // Makes the text of personal links and their codes (docs/formats/link.md): derived from the tenant
  // key, so that it lasts as long as the tenant does.
  const crypto::HmacSha256Key& link_mac() const { return *link_mac_; }
  const BlindIndexKeys& blind_index() const { return blind_index_; }
  // The pseudonym of a person in the journal: HMAC-SHA256(newest pseudonym key, subject id).
  Hash256 pseudonym(ByteView subject_id) const { return pseudonym_->mac(subject_id); }

 private:
  friend class KeyUnwrapper;
  TenantKeys() = default;

  TenantId tenant_;
  std::unique_ptr<const crypto::HmacSha512Key> wrapping_;  // the tenant key; wraps person keys
  DataKeySet audit_;
  DataKeySet operational_;
  Secret offer_;
  Secret cursor_;
  std::unique_ptr<const crypto::HmacSha256Key> offer_mac_;
  std::unique_ptr<const crypto::HmacSha256Key> cursor_mac_;
  std::unique_ptr<const crypto::HmacSha256Key> link_mac_;
  BlindIndexKeys blind_index_;
  std::unique_ptr<const crypto::HmacSha256Key> pseudonym_;
};

class InstanceKeys {
 public:
  const DataKeySet& audit() const { return audit_; }                     // the instance's own log
  const crypto::Ed25519SigningKey& checkpoint_key() const { return *checkpoint_; }
  const Secret& store_page_key() const { return store_pages_; }          // 32 bytes, embedded store

 private:
  friend class KeyUnwrapper;
  InstanceKeys() = default;

  DataKeySet audit_;
  std::unique_ptr<const crypto::Ed25519SigningKey> checkpoint_;
  Secret store_pages_;
};

}  // namespace sealbook::keys
