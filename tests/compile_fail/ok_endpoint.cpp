// The control: an endpoint as the house wants it.
#include "api/endpoint/endpoint.hpp"
#include "base/sensitive.hpp"

namespace sealbook::api {

struct PatientView {
  PatientId id;
  Sensitive<std::string> name;
  static constexpr Field fields[] = {
      field<&PatientView::id>("id", DataClass::operational, "The patient."),
      field<&PatientView::name>("name", DataClass::pii, "The name."),
  };
};
struct GetPatientRequest {
  PatientId id;
  static constexpr Field fields[] = {
      field<&GetPatientRequest::id>("id", DataClass::operational, "The patient.", {.where = Where::path})};
};
struct GetPatient {
  using Request = GetPatientRequest;
  using Response = PatientView;
  static constexpr EndpointSpec spec = checked({.id = "getPatient",
                                                .method = Method::get,
                                                .path = "/v1/patients/{id}",
                                                .summary = "Read one patient.",
                                                .access = needs(Permission::patient_view)});
};
Result<PatientView> get_patient(app::CallContext&, const GetPatientRequest&);
extern constexpr Endpoint row = bind_read<GetPatient, get_patient>();

}  // namespace sealbook::api
