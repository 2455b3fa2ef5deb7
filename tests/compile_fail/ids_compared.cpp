// expect: invalid operands to binary expression
#include "base/id.hpp"

bool wrong(const sealbook::AppointmentId& a, const sealbook::PatientId& b) { return a == b; }
