// expect: path must start with /v1/
#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {
constexpr EndpointSpec wrong = checked({.id = "wrong", .method = Method::get, .path = "/things",
    .summary = "Shows a thing.", .access = needs(Permission::patient_view)});
}
