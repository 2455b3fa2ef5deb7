// expect: a creating POST takes an Idempotency-Key
#include "api/endpoint/endpoint.hpp"

using namespace sealbook;
using namespace sealbook::api;

constexpr EndpointSpec wrong = checked({.id = "createPatient",
                                        .method = Method::post,
                                        .path = "/v1/patients",
                                        .summary = "Create.",
                                        .access = needs(Permission::patient_create),
                                        .audit = AuditAction::patient_created,
                                        .success = 201});
