// Small files of an instance (configuration, public key, what the demo remembers), replaced so that
// a power cut leaves the old or the new one, never half or nothing.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.hpp"

namespace sealbook::cli {

// Durable on return, its name included; mode 0600 unless `others_may_read` (0644). Fails with
// `unavailable`. Threads: one per path.
Result<void> replace_file(const std::filesystem::path& path, std::string_view text, bool others_may_read = false);

}  // namespace sealbook::cli
