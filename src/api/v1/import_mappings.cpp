#include "api/v1/import_mappings.hpp"

#include "api/v1/answering.hpp"
#include "app/imports/mappings.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
using app::imports::Mapping;
using Words = std::map<std::string, std::string>;

std::vector<MappedName> names_view(const Words& words) {
  std::vector<MappedName> names;
  for (const auto& [from, to] : words) names.push_back({from, to});
  return names;
}
Words words_of(const std::vector<MappedName>& names) {
  Words words;
  for (const MappedName& name : names) words[name.from] = name.to;
  return words;
}

MappingView view(const Mapping& mapping) {
  MappingView v;
  v.id = mapping.id;
  v.version = mapping.version;
  v.name = mapping.name;
  for (const auto& [column, field] : mapping.rules.columns) v.columns.push_back({column, field});
  v.date_order = mapping.rules.dates.order;
  v.excel_1904 = mapping.rules.dates.serial == importing::SerialSystem::since_1904;
  v.calling_code = mapping.rules.calling_code;
  v.source = mapping.rules.source;
  v.practitioners = names_view(mapping.rules.practitioners);
  v.services = names_view(mapping.rules.services);
  v.locations = names_view(mapping.rules.locations);
  return v;
}

Result<Work<MappingView>> create(CallContext& ctx, const CreateMappingRequest& r) {
  Mapping mapping;
  mapping.name = r.name;
  for (std::size_t i = 0; i < r.columns.size(); ++i) {
    const std::string key = importing::header_key(r.columns[i].column);
    const std::string pointer = "/columns/" + std::to_string(i) + "/column";
    if (key.empty()) return fail(invalid_field(pointer, "format", "A column's name has a letter or a digit."));
    if (!mapping.rules.columns.emplace(key, r.columns[i].field).second)
      return fail(invalid_field(pointer, "unique", "This column is mapped twice."));
  }
  if (r.date_order) mapping.rules.dates.order = *r.date_order;
  mapping.rules.order_given = mapping.rules.dates.order != importing::DateOrder::unknown;
  if (r.excel_1904) mapping.rules.dates.serial = importing::SerialSystem::since_1904;
  mapping.rules.calling_code = r.calling_code.value_or("");
  if (r.source) mapping.rules.source = *r.source;
  mapping.rules.practitioners = words_of(r.practitioners);
  mapping.rules.services = words_of(r.services);
  mapping.rules.locations = words_of(r.locations);
  return answering(app::imports::add_mapping(ctx, mapping), view);
}

Result<MappingView> get(CallContext& ctx, const MappingIdRequest& r) {
  TRY(mapping, app::imports::read_mapping(ctx, r.id));
  return view(mapping);
}

Result<ListMappingsResponse> list(CallContext& ctx, const NoRequest&) {
  TRY(mappings, app::imports::list_mappings(ctx));
  ListMappingsResponse response;
  for (const Mapping& mapping : mappings) response.mappings.push_back(view(mapping));
  return response;
}

NoContent nothing(const Mapping&) { return {}; }

Result<Work<NoContent>> close(CallContext& ctx, const MappingIdRequest& r) {
  return answering(app::imports::close_mapping(ctx, r.id), nothing);
}

constexpr Endpoint rows[] = {bind_write<CreateMapping, create>(), bind_read<ListMappings, list>(),
                             bind_read<GetMapping, get>(), bind_write<CloseMapping, close>()};

}  // namespace

std::span<const Endpoint> import_mapping_endpoints() { return rows; }

}  // namespace sealbook::api
