// expect: no viable conversion from .*AppointmentTag.* to .*PatientTag|no viable conversion from .*AppointmentId.* to .*PatientId
#include "base/id.hpp"

sealbook::PatientId wrong(const sealbook::AppointmentId& id) { return id; }
