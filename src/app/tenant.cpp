#include "app/tenant.hpp"

#include <algorithm>
#include <mutex>

namespace sealbook::app {

void Tenant::change(const std::function<void(Organisation&)>& edit) {
  const std::lock_guard lock(change_mutex_);
  auto copy = std::make_shared<Organisation>(*organisation_.load());
  edit(*copy);
  organisation_.store(std::move(copy));
}

void Tenant::change_templates(const std::function<void(templates::Shelf&)>& edit) {
  const std::lock_guard lock(change_mutex_);
  auto copy = std::make_shared<templates::Shelf>(*templates_.load());
  edit(*copy);
  templates_.store(std::move(copy));
}

void Tenants::add(std::shared_ptr<Tenant> tenant) {
  const std::unique_lock lock(mutex_);
  by_no_[tenant->ref().no] = tenant;
  by_id_[tenant->id()] = std::move(tenant);
}

std::shared_ptr<Tenant> Tenants::find(const TenantId& id) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::shared_ptr<Tenant> Tenants::find_by_no(std::int64_t no) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_no_.find(no);
  return found == by_no_.end() ? nullptr : found->second;
}

std::shared_ptr<Tenant> Tenants::find_by_slug(std::string_view slug) const {
  const std::shared_lock lock(mutex_);
  for (const auto& [id, tenant] : by_id_)
    if (tenant->profile()->slug == slug) return tenant;
  return nullptr;
}

std::vector<std::shared_ptr<Tenant>> Tenants::all() const {
  std::vector<std::shared_ptr<Tenant>> out;
  const std::shared_lock lock(mutex_);
  for (const auto& [id, tenant] : by_id_) out.push_back(tenant);
  std::ranges::sort(out, {}, [](const auto& t) { return t->ref().no; });
  return out;
}

}  // namespace sealbook::app
