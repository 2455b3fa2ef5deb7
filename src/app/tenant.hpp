// Tenant is what this node holds in memory of one tenant; Tenants finds them.
//
// The store is the truth: everything here is rebuilt at start and changed only after a commit, in
// commit order. Threads: any. Tenants are never removed while the server runs.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

#include "app/organisation.hpp"
#include "app/patients/patient_directory.hpp"
#include "app/templates/shelf.hpp"
#include "security/keys/tenant_keys.hpp"
#include "storage/transaction.hpp"

namespace sealbook::app {

// Regime profiles (DECISIONS 28); a tenant has a set of them and the strictest wins.
enum class Regime : std::uint8_t { baseline = 1, healthcare = 2, gdpr = 4, education = 8, research = 16 };

struct TenantProfile {
  std::string slug;
  std::string name;
  std::string message_name;  // neutral: what a message may call the organisation
  std::string phone;         // call-back number of every message
  std::int64_t regime = static_cast<std::int64_t>(Regime::baseline);
  std::int64_t version = 1;
};

class Tenant {
 public:
  Tenant(storage::TenantRef ref, TenantProfile profile, std::shared_ptr<const keys::TenantKeys> keys)
      : ref_(ref), profile_(std::make_shared<const TenantProfile>(std::move(profile))), keys_(std::move(keys)),
        organisation_(std::make_shared<const Organisation>()),
        templates_(std::make_shared<const templates::Shelf>()) {}

  const storage::TenantRef& ref() const { return ref_; }
  const TenantId& id() const { return ref_.id; }
  std::shared_ptr<const TenantProfile> profile() const { return profile_.load(); }
  std::shared_ptr<const keys::TenantKeys> keys() const { return keys_.load(); }
  std::shared_ptr<const Organisation> organisation() const { return organisation_.load(); }

  // Replaces the organisation by a changed copy. Called after a commit.
  void change(const std::function<void(Organisation&)>& edit);
  // The same for the templates of its messages.
  std::shared_ptr<const templates::Shelf> templates() const { return templates_.load(); }
  void change_templates(const std::function<void(templates::Shelf&)>& edit);
  void set_profile(TenantProfile profile) { profile_ = std::make_shared<const TenantProfile>(std::move(profile)); }

  // People's names, for reception's search. Filled when first needed; see patient_directory.hpp.
  PatientDirectory& people() { return people_; }
  std::once_flag& people_loaded() { return people_loaded_; }

 private:
  storage::TenantRef ref_;
  std::atomic<std::shared_ptr<const TenantProfile>> profile_;
  std::atomic<std::shared_ptr<const keys::TenantKeys>> keys_;
  std::atomic<std::shared_ptr<const Organisation>> organisation_;
  std::atomic<std::shared_ptr<const templates::Shelf>> templates_;
  std::mutex change_mutex_;
  PatientDirectory people_;
  std::once_flag people_loaded_;
};

class Tenants {
 public:
  void add(std::shared_ptr<Tenant> tenant);
  std::shared_ptr<Tenant> find(const TenantId& id) const;
  std::shared_ptr<Tenant> find_by_no(std::int64_t no) const;
  std::shared_ptr<Tenant> find_by_slug(std::string_view slug) const;
  std::vector<std::shared_ptr<Tenant>> all() const;

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<TenantId, std::shared_ptr<Tenant>> by_id_;
  std::unordered_map<std::int64_t, std::shared_ptr<Tenant>> by_no_;
};

}  // namespace sealbook::app
