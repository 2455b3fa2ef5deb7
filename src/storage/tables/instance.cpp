#include "storage/tables/instance.hpp"

#include <algorithm>

namespace sealbook::storage::instance {
namespace {

constexpr sql::Statement insert_stamp{"instance.insert",
    "INSERT INTO instance (id, environment, mode, clock_offset, created) VALUES ($1, $2, $3, 0, $4)"};
constexpr sql::Statement find_stamp{"instance.find", "SELECT id, environment, mode, created FROM instance"};

}  // namespace

void insert(sql::Connection& connection, const InstanceStamp& stamp) {
  connection.enqueue(insert_stamp, ByteView(stamp.id), stamp.environment, stamp.mode, stamp.created);
}

std::optional<InstanceStamp> find(sql::Connection& connection) {
  const sql::Rows rows = connection.query(find_stamp);
  if (rows.empty()) return std::nullopt;
  InstanceStamp stamp{{}, std::string(rows.text(0, 1)), std::string(rows.text(0, 2)), rows.instant(0, 3)};
  ASSERT(rows.blob(0, 0).size() == stamp.id.size());
  std::ranges::copy(rows.blob(0, 0), stamp.id.begin());
  return stamp;
}

}  // namespace sealbook::storage::instance
