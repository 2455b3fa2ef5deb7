// expect: name a permission, or say why it is public
#include "api/endpoint/endpoint.hpp"

using namespace sealbook;
using namespace sealbook::api;

constexpr EndpointSpec wrong = checked({.id = "listAppointments",
                                        .method = Method::get,
                                        .path = "/v1/appointments",
                                        .summary = "List.",
                                        .access = open_to_public("")});
