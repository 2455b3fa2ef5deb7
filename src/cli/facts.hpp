// What can be measured of an installation, for the probes of controls (app/controls/probes.hpp).
//
// Everything is looked at when it is asked for; what cannot be seen from here stays empty, and no
// probe passes on it. Read-only. Threads: any, one call at a time per instance.
#pragma once

#include "app/controls/probes.hpp"
#include "cli/config.hpp"

namespace sealbook::cli {

class Instance;

// `instance`: the running one; null: the parts are opened read-only for the time of the call.
controls::Facts measure_facts(const Config& config, Instance* instance);

}  // namespace sealbook::cli
