// Every endpoint of the API, in one table: what the router, OpenAPI and the derived tests read.
#pragma once

#include <span>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

// The rows live as long as the process.
std::span<const Endpoint> all_endpoints();

}  // namespace sealbook::api
