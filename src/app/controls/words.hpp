// Small sentences and table cells, put together from parts.
//
// Private to this folder. libstdc++ 12 has no std::format.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace sealbook::controls {

inline void append_part(std::string& to, std::string_view part) { to += part; }
template <std::integral T>
void append_part(std::string& to, T part) {
  to += std::to_string(part);
}

// words("The test ", id, " failed.")
template <class... Parts>
std::string words(const Parts&... parts) {
  std::string text;
  (append_part(text, parts), ...);
  return text;
}

// Spaces up to `width` bytes, behind or before the text.
inline std::string left(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}
inline std::string right(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

}  // namespace sealbook::controls
