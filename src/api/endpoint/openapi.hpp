// The OpenAPI 3.1 document, written from the rows. The same rows give the same bytes.
//
// Operations bear x-permission or x-public-because, x-audit-action, x-step-up, x-rate-class; every
// property bears x-data-class.
#pragma once

#include <string>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

struct OpenApiInfo {
  std::string_view title = "sealbook";
  std::string_view version;  // of the program
};

// Fails when two structs of different fields bear one name; the cause says which.
Result<std::string> openapi_document(std::span<const Endpoint> rows, const OpenApiInfo& info);

}  // namespace sealbook::api
