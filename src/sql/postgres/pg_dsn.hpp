// Reading a PostgreSQL connection string: what it names, and whether it keeps to the rule that nothing
// crosses a network without TLS.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace sealbook::sql {

using PgSettings = std::vector<std::pair<std::string, std::string>>;  // keyword, value; may hold a password

// The settings of a connection string or URI, with sslmode set when the hosts ask for it. Fails with
// invalid, naming the setting and never its value.
Result<PgSettings> pg_settings(std::string_view dsn);

// The same connection string for another database of that server.
std::string with_database(std::string_view dsn, std::string_view name);

}  // namespace sealbook::sql
