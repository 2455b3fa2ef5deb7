// Every struct that the rows mention, once, by name: what OpenAPI and TypeScript both list.
#pragma once

#include <map>
#include <string_view>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

// Fails when two different structs bear one name.
Result<std::map<std::string_view, Schema>> described_types(std::span<const Endpoint> rows);

// Those of them that requests are made of.
std::map<std::string_view, Schema> sent_types(std::span<const Endpoint> rows);

// The fields of one place, in the order of the struct.
std::vector<const Field*> fields_in(Schema schema, Where where);
bool is_required(const Field& field);
// Whether the answers of a row are JSON with members.
bool has_json_answer(const Endpoint& row);
// The errors that a row may answer: its own, and those that follow from what it is. Sorted.
std::vector<ErrorCode> errors_of(const Endpoint& row);

}  // namespace sealbook::api
