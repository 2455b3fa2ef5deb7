#include "ui/assets.hpp"

#include "base/assert.hpp"
#include "embedded/web.hpp"

namespace sealbook::ui {

std::string_view asset(std::string_view name) {
  for (const auto& [path, content] : embedded::web())
    if (path == name) return content;
  ASSERT(false);
  return {};
}

}  // namespace sealbook::ui
