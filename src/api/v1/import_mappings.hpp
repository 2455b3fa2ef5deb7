// Mappings for imports: how a source calls its columns, practitioners, services and places.
#pragma once

#include "api/v1/imports.hpp"

namespace sealbook::importing {
inline constexpr auto column_field_words = std::to_array<api::EnumName>({
    {"ignore", ColumnField::ignore}, {"given", ColumnField::given}, {"family", ColumnField::family},
    {"second_family", ColumnField::second_family}, {"preferred", ColumnField::preferred},
    {"birth_date", ColumnField::birth_date}, {"email", ColumnField::email}, {"phone", ColumnField::phone},
    {"address", ColumnField::address}, {"city", ColumnField::city}, {"region", ColumnField::region},
    {"postal_code", ColumnField::postal_code}, {"country", ColumnField::country}, {"language", ColumnField::language},
    {"identifier", ColumnField::identifier}, {"issuer", ColumnField::issuer}, {"external_id", ColumnField::external_id},
    {"needs", ColumnField::needs}, {"note", ColumnField::note}, {"old_id", ColumnField::old_id},
    {"starts", ColumnField::starts}, {"starts_time", ColumnField::starts_time}, {"ends", ColumnField::ends},
    {"ends_time", ColumnField::ends_time}, {"duration", ColumnField::duration},
    {"practitioner", ColumnField::practitioner}, {"service", ColumnField::service}, {"location", ColumnField::location},
    {"status", ColumnField::status}});
constexpr std::span<const api::EnumName> enum_names(ColumnField) { return column_field_words; }
}  // namespace sealbook::importing

namespace sealbook::api {

struct MappedColumn {
  std::string column;
  importing::ColumnField field = importing::ColumnField::ignore;
  static constexpr Field fields[] = {
      sealbook::api::field<&MappedColumn::column>("column", DataClass::operational, "What the header says; case, accents and punctuation do not count."),
      sealbook::api::field<&MappedColumn::field>("field", DataClass::operational, "What the column holds."),
  };
};
struct MappedName {
  std::string from, to;
  static constexpr Field fields[] = {
      field<&MappedName::from>("from", DataClass::operational, "What the old system calls it."),
      field<&MappedName::to>("to", DataClass::operational, "Its id here.", {.max = 40, .text = TextRule::token}),
  };
};

struct CreateMappingRequest {
  std::string name;
  std::vector<MappedColumn> columns;
  std::optional<importing::DateOrder> date_order;
  bool excel_1904 = false;
  std::optional<std::string> calling_code, source;
  std::vector<MappedName> practitioners, services, locations;
  static constexpr Field fields[] = {
      field<&CreateMappingRequest::name>("name", DataClass::operational, "What people call it.", {.max = 60}),
      field<&CreateMappingRequest::columns>("columns", DataClass::operational, "The columns that are read; empty: by their usual names.", {.presence = Presence::optional, .max = 100}),
      field<&CreateMappingRequest::date_order>("date_order", DataClass::operational, "How 03/04/1984 is meant."),
      field<&CreateMappingRequest::excel_1904>("excel_1904", DataClass::operational, "Serial numbers of dates count from 1904.", {.presence = Presence::optional}),
      field<&CreateMappingRequest::calling_code>("calling_code", DataClass::operational, "Of telephone numbers without one, such as 34.", {.max = 3, .text = TextRule::token}),
      field<&CreateMappingRequest::source>("source", DataClass::operational, "The system that old ids belong to.", {.max = 60}),
      field<&CreateMappingRequest::practitioners>("practitioners", DataClass::operational, "The old system's practitioners.", {.presence = Presence::optional, .max = 2000}),
      field<&CreateMappingRequest::services>("services", DataClass::operational, "Its services.", {.presence = Presence::optional, .max = 2000}),
      field<&CreateMappingRequest::locations>("locations", DataClass::operational, "Its places.", {.presence = Presence::optional, .max = 500}),
  };
};
struct MappingView {
  MappingId id;
  std::int64_t version = 1;
  std::string name;
  std::vector<MappedColumn> columns;
  importing::DateOrder date_order = importing::DateOrder::unknown;
  bool excel_1904 = false;
  std::string calling_code, source;
  std::vector<MappedName> practitioners, services, locations;
  static constexpr Field fields[] = {
      field<&MappingView::id>("id", DataClass::operational, "Its public name."),
      field<&MappingView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&MappingView::name>("name", DataClass::operational, "What people call it."),
      field<&MappingView::columns>("columns", DataClass::operational, "The columns that are read, by what counts of their names."),
      field<&MappingView::date_order>("date_order", DataClass::operational, "How 03/04/1984 is meant."),
      field<&MappingView::excel_1904>("excel_1904", DataClass::operational, "Serial numbers of dates count from 1904."),
      field<&MappingView::calling_code>("calling_code", DataClass::operational, "Of telephone numbers without one; empty: none."),
      field<&MappingView::source>("source", DataClass::operational, "The system that old ids belong to."),
      field<&MappingView::practitioners>("practitioners", DataClass::operational, "The old system's practitioners."),
      field<&MappingView::services>("services", DataClass::operational, "Its services."),
      field<&MappingView::locations>("locations", DataClass::operational, "Its places."),
  };
};
struct CreateMapping {
  using Request = CreateMappingRequest;
  using Response = MappingView;
  static constexpr EndpointSpec spec = checked({
      .id = "createImportMapping", .method = Method::post, .path = "/v1/import-mappings", .summary = "Saves how the columns of a kind of file are called.",
      .access = needs(Permission::participant_import), .audit = AuditAction::mapping_saved, .rate = RateClass::directory,
      .success = 201, .idempotency = Idempotency::optional, .location = "/v1/import-mappings/{id}"});
};
struct MappingIdRequest {
  MappingId id;
  static constexpr Field fields[] = {
      field<&MappingIdRequest::id>("id", DataClass::operational, "The mapping.", {.where = Where::path}),
  };
};
struct GetMapping {
  using Request = MappingIdRequest;
  using Response = MappingView;
  static constexpr EndpointSpec spec = checked({
      .id = "getImportMapping", .method = Method::get, .path = "/v1/import-mappings/{id}", .summary = "Shows one mapping.",
      .access = needs(Permission::participant_import)});
};
struct ListMappingsResponse {
  std::vector<MappingView> mappings;
  static constexpr Field fields[] = {
      field<&ListMappingsResponse::mappings>("mappings", DataClass::operational, "All of them."),
  };
};
struct ListMappings {
  using Request = NoRequest;
  using Response = ListMappingsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listImportMappings", .method = Method::get, .path = "/v1/import-mappings", .summary = "Lists the mappings.",
      .access = needs(Permission::participant_import)});
};
struct CloseMapping {
  using Request = MappingIdRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "closeImportMapping", .method = Method::delete_, .path = "/v1/import-mappings/{id}", .summary = "Takes a mapping out of use.",
      .access = needs(Permission::participant_import), .audit = AuditAction::mapping_saved, .success = 204});
};

std::span<const Endpoint> import_mapping_endpoints();

}  // namespace sealbook::api
