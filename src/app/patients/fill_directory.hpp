// Fills a tenant's directory of people from the store, on its first search.
//
// Opens every patient's names; takes minutes rather than seconds only beyond a million of them, and
// says in the log how far it is. Searches that come meanwhile wait. Threads: any.
#pragma once

#include "app/app.hpp"

namespace sealbook::app {

// A record that does not open is left out and logged by its id: one broken row does not take
// reception's search away. Throws what the store throws; the next search then tries again.
void ensure_filled(App& app, Tenant& tenant);

}  // namespace sealbook::app
