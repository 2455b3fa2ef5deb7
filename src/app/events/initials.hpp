// What a list shows of a name before somebody asks for it: initials, "M. G.".
#pragma once

#include "domain/directory/patient.hpp"

namespace sealbook::app::events {

SensitiveText initials_of(const HumanName& name);
SensitiveText full_name(const HumanName& name);

}  // namespace sealbook::app::events
