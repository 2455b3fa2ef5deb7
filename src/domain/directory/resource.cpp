#include "domain/directory/resource.hpp"

#include <array>

namespace sealbook {
namespace {
constexpr std::array<std::string_view, 3> kind_texts{"practitioner", "room", "device"};
}

std::string_view to_text(ResourceKind kind) { return kind_texts[static_cast<std::size_t>(kind)]; }

std::optional<ResourceKind> parse_resource_kind(std::string_view text) {
  for (std::size_t i = 0; i < kind_texts.size(); ++i)
    if (kind_texts[i] == text) return static_cast<ResourceKind>(i);
  return std::nullopt;
}

}  // namespace sealbook
