// expect: a PATCH requires If-Match
#include "api/endpoint/endpoint.hpp"

using namespace sealbook;
using namespace sealbook::api;

constexpr EndpointSpec wrong = checked({.id = "changePatient",
                                        .method = Method::patch,
                                        .path = "/v1/patients/{id}",
                                        .summary = "Change.",
                                        .access = needs(Permission::patient_change),
                                        .audit = AuditAction::patient_changed});
