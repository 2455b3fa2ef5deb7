#include "app/imports/mappings.hpp"

#include "app/sealing.hpp"
#include "base/cbor.hpp"
#include "base/random.hpp"
#include "storage/tables/imports.hpp"

namespace sealbook::app::imports {
namespace {

using importing::DateOrder;
using importing::ReadRules;
using importing::SerialSystem;
using storage::MappingRow;

using Words = std::map<std::string, std::string>;

void write_words(CborWriter& out, const Words& words) {
  out.array(words.size());
  for (const auto& [from, to] : words) out.array(2).text(from).text(to);
}

Result<void> read_words(CborReader& in, Words& words) {
  TRY(count, in.array());
  for (std::size_t i = 0; i < count; ++i) {
    TRY(size, in.array());
    if (size != 2) return fail(ErrorCode::integrity);
    TRY(from, in.text());
    TRY(to, in.text());
    words.emplace(from, to);
  }
  return {};
}

Bytes encode(const Mapping& mapping) {
  const ReadRules& rules = mapping.rules;
  Bytes body;
  CborWriter out(body);
  out.array(10).text(mapping.name);
  Words columns;
  for (const auto& [key, field] : rules.columns) columns.emplace(key, importing::to_text(field));
  write_words(out, columns);
  out.uint(static_cast<std::uint64_t>(rules.dates.order))
      .uint(static_cast<std::uint64_t>(rules.dates.serial));
  out.boolean(rules.order_given).text(rules.calling_code).text(rules.source);
  write_words(out, rules.practitioners);
  write_words(out, rules.services);
  write_words(out, rules.locations);
  return body;
}

Result<Mapping> decode(ByteView body) {
  Mapping mapping;
  ReadRules& rules = mapping.rules;
  CborReader in(body);
  TRY(size, in.array());
  if (size != 10) return fail(ErrorCode::integrity);
  TRY(name, in.text());
  mapping.name = std::string(name);
  Words columns;
  ENSURE(read_words(in, columns));
  for (const auto& [key, field] : columns)
    if (const auto known = importing::parse_column_field(field)) rules.columns.emplace(key, *known);
  TRY(order, in.uint());
  TRY(serial, in.uint());
  TRY(given, in.boolean());
  TRY(code, in.text());
  TRY(source, in.text());
  rules.dates = {static_cast<DateOrder>(order), static_cast<SerialSystem>(serial)};
  rules.order_given = given;
  rules.calling_code = std::string(code);
  rules.source = std::string(source);
  ENSURE(read_words(in, rules.practitioners));
  ENSURE(read_words(in, rules.services));
  ENSURE(read_words(in, rules.locations));
  ENSURE(in.finish());
  return mapping;
}

BodyPlace place_of(const MappingRow& row) {
  return {"import_mappings", DataClass::operational, row.id.bytes(), row.version};
}

Result<Mapping> open(CallContext& ctx, const MappingRow& row) {
  TRY(body, open_body(ctx.app, *ctx.tenant->keys(), place_of(row), row.sealed));
  TRY(mapping, decode(body));
  mapping.id = row.id;
  mapping.version = row.version;
  return mapping;
}

template <class IdType, class Known>
Result<void> ensure_ids(const Words& words, const char* pointer, Known known) {
  std::size_t i = 0;
  for (const auto& [from, to] : words) {
    const auto id = IdType::parse(to);
    if (!id || known(*id) == nullptr)
      return fail(invalid_field("/" + std::string(pointer) + "/" + std::to_string(i) + "/to",
                                "unknown", "This names nothing of this organisation."));
    ++i;
  }
  return {};
}

Result<void> ensure_known(const CallContext& ctx, const ReadRules& rules) {
  const auto organisation = ctx.tenant->organisation();
  ENSURE((ensure_ids<ResourceId>(rules.practitioners, "practitioners", [&](const ResourceId& id) {
    return organisation->find_resource(id);
  })));
  ENSURE((ensure_ids<ServiceId>(rules.services, "services", [&](const ServiceId& id) {
    return organisation->find_service(id);
  })));
  return ensure_ids<LocationId>(rules.locations, "locations", [&](const LocationId& id) {
    return organisation->find_location(id);
  });
}

Result<MappingRow> find_row(CallContext& ctx, const MappingId& id) {
  auto row = ctx.read([&](storage::Snapshot& s) { return storage::import_mappings::find(s, id); });
  if (!row || !row->active) return fail(ErrorCode::not_found, "There is no such mapping.");
  return std::move(*row);
}

}  // namespace

Result<Work<Mapping>> add_mapping(CallContext& ctx, const Mapping& mapping) {
  ENSURE(ensure_known(ctx, mapping.rules));
  Mapping made = mapping;
  made.id = new_id<MappingId>();
  made.version = 1;
  MappingRow row{made.id, 1, true, {}};
  row.sealed = seal_body(ctx.app, *ctx.tenant->keys(), place_of(row), encode(made));
  ctx.note(AuditAction::mapping_saved, audit::ResourceKind::mapping, row.id.raw()).version_after =
      1;
  return Work<Mapping>(
      [row = std::move(row), made = std::move(made)](storage::Transaction& tx) -> Result<Mapping> {
        storage::import_mappings::insert(tx, row);
        return made;
      });
}

Result<Work<Mapping>> close_mapping(CallContext& ctx, const MappingId& id) {
  TRY(row, find_row(ctx, id));
  TRY(mapping, open(ctx, row));
  row.version += 1;
  row.active = false;
  row.sealed = seal_body(ctx.app, *ctx.tenant->keys(), place_of(row), encode(mapping));
  auto& entry = ctx.note(AuditAction::mapping_saved, audit::ResourceKind::mapping, row.id.raw());
  entry.version_before = static_cast<std::uint64_t>(row.version - 1);
  entry.version_after = static_cast<std::uint64_t>(row.version);
  return Work<Mapping>([row = std::move(row),
                        mapping = std::move(mapping)](storage::Transaction& tx) -> Result<Mapping> {
    if (!storage::import_mappings::replace(tx, row)) return fail(ErrorCode::stale_version);
    return mapping;
  });
}

Result<Mapping> read_mapping(CallContext& ctx, const MappingId& id) {
  TRY(row, find_row(ctx, id));
  return open(ctx, row);
}

Result<std::vector<Mapping>> list_mappings(CallContext& ctx) {
  std::vector<Mapping> mappings;
  for (const MappingRow& row :
       ctx.read([](storage::Snapshot& s) { return storage::import_mappings::list(s); })) {
    TRY(mapping, open(ctx, row));
    mappings.push_back(std::move(mapping));
  }
  return mappings;
}

Result<Mapping> find_mapping(CallContext& ctx, const MappingId& id) {
  const auto row = find_row(ctx, id);
  if (!row) return fail(invalid_field("/mapping_id", "unknown", "There is no such mapping."));
  return open(ctx, *row);
}

Result<Mapping> find_mapping_named(CallContext& ctx, std::string_view name) {
  TRY(mappings, list_mappings(ctx));
  for (Mapping& mapping : mappings)
    if (mapping.name == name) return std::move(mapping);
  return fail(ErrorCode::not_found, "There is no mapping of that name.");
}

}  // namespace sealbook::app::imports
