// The embedded files of web/, as they are.
#pragma once

#include <string_view>

namespace sealbook::ui {

// The file's bytes by its name below web/; an unknown name is a bug (ASSERT).
std::string_view asset(std::string_view name);

}  // namespace sealbook::ui
