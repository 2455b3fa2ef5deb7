// The store's stamp: which instance, environment and mode it was made for.
#pragma once

#include <optional>
#include <string>

#include "storage/transaction.hpp"

namespace sealbook::storage {

struct InstanceStamp {
  RawId id{};
  std::string environment;
  std::string mode;
  Instant created;
};

namespace instance {
void insert(sql::Connection& connection, const InstanceStamp& stamp);
std::optional<InstanceStamp> find(sql::Connection& connection);
}  // namespace instance

}  // namespace sealbook::storage
