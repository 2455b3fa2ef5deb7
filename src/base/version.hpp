// The program's version (semver.org). CMakeLists.txt reads it here.
#pragma once

#include <string_view>

namespace sealbook {

inline constexpr std::string_view program_version = "0.1.0";

}  // namespace sealbook
