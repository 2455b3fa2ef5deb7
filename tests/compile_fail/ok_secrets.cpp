// The control: what the files beside it do wrong, done right.
#include <string>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/sensitive.hpp"

namespace sealbook {
std::size_t right(Secret secret, const Sensitive<std::string>& name, TenantId tenant) {
  const Secret moved = std::move(secret);
  const TenantId same = tenant;
  return moved.size() + name.reveal().size() + (same == tenant ? 1U : 0U);
}
}  // namespace sealbook
