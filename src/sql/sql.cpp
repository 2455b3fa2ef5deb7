#include "sql/sql.hpp"

#include "base/assert.hpp"

namespace sealbook::sql {

const Rows::Entry& Rows::at(std::size_t row, std::size_t column) const {
  ASSERT(column < columns_ && row < size());
  return cells_[row * columns_ + column];
}
std::int64_t Rows::integer(std::size_t row, std::size_t column) const {
  const Entry& entry = at(row, column);
  ASSERT(entry.kind == Kind::integer);
  return entry.value;
}
ByteView Rows::blob(std::size_t row, std::size_t column) const {
  const Entry& entry = at(row, column);
  ASSERT(entry.kind == Kind::blob);
  return {bytes_.data() + entry.value, entry.size};
}
std::string_view Rows::text(std::size_t row, std::size_t column) const {
  const Entry& entry = at(row, column);
  ASSERT(entry.kind == Kind::text);
  return as_text(ByteView(bytes_.data() + entry.value, entry.size));
}
void Rows::add_bytes(Kind kind, ByteView value) {
  cells_.push_back({kind, static_cast<std::uint32_t>(value.size()), static_cast<std::int64_t>(bytes_.size())});
  bytes_.insert(bytes_.end(), value.begin(), value.end());
}
void Rows::add(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) add_integer(*integer);
  else if (const auto* blob = std::get_if<Bytes>(&cell)) add_blob(*blob);
  else if (const auto* text = std::get_if<std::string>(&cell)) add_text(*text);
  else add_null();
}

}  // namespace sealbook::sql
