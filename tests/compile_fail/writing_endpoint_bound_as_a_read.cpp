// expect: a mutating endpoint is bound with bind_write
#include "api/endpoint/endpoint.hpp"

using namespace sealbook;
using namespace sealbook::api;

struct CancelAppointment {
  using Request = NoRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({.id = "cancelAppointment",
                                                .method = Method::post,
                                                .path = "/v1/appointments/cancel",
                                                .summary = "Cancel.",
                                                .access = needs(Permission::appointment_cancel),
                                                .audit = AuditAction::appointment_cancelled,
                                                .success = 204});
};
Result<NoContent> cancel(app::CallContext&, const NoRequest&);
constexpr Endpoint row = bind_read<CancelAppointment, cancel>();
