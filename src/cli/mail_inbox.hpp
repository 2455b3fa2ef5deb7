// The place where returned mail waits, for the job that reads it: the Maildir that [mail] names.
#pragma once

#include <optional>

#include "cli/config.hpp"
#include "worker/jobs.hpp"

namespace sealbook::cli {

// Nothing when no Maildir is configured. A mail that cannot be read, or is no report and no reply,
// is handed out as `other`, so that it is filed away.
std::optional<worker::Inbox> make_inbox(const Config& config);

}  // namespace sealbook::cli
