// expect: a mutating endpoint must name its audit action
#include "api/endpoint/endpoint.hpp"

using namespace sealbook;
using namespace sealbook::api;

constexpr EndpointSpec wrong = checked({.id = "cancelAppointment",
                                        .method = Method::post,
                                        .path = "/v1/appointments/{id}/cancel",
                                        .summary = "Cancel.",
                                        .access = needs(Permission::appointment_cancel)});
