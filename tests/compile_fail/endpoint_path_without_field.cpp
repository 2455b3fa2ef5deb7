// expect: a \{parameter\} of the path has no field with Where::path
#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {
struct Row {
  using Request = NoRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({.id = "wrong", .method = Method::get, .path = "/v1/things/{id}",
      .summary = "Shows a thing.", .access = needs(Permission::patient_view), .success = 204});
};
Result<NoContent> handler(app::CallContext&, const NoRequest&);
constexpr Endpoint wrong = bind_read<Row, handler>();
}
