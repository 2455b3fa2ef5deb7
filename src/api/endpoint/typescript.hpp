// TypeScript types and a small typed client (fetch, no dependency), written from the rows.
#pragma once

#include <string>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

// Fails as openapi_document does.
Result<std::string> typescript_client(std::span<const Endpoint> rows);

}  // namespace sealbook::api
