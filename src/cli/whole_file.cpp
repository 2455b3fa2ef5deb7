#include "cli/whole_file.hpp"

#include <array>

#include "security/audit/durable_file.hpp"

namespace sealbook::cli {

namespace fs = std::filesystem;

Result<void> replace_file(const fs::path& path, std::string_view text, bool others_may_read) {
  fs::path fresh = path;
  fresh += ".new";
  const std::array files{audit::FileWrite{fresh, as_bytes(text)}};
  ENSURE(audit::write_durably(files));
  if (others_may_read) {
    std::error_code error;
    fs::permissions(fresh, fs::perms::group_read | fs::perms::others_read, fs::perm_options::add, error);
    if (error) return fail(ErrorCode::unavailable, "The permissions of " + fresh.string() + " cannot be set.");
  }
  ENSURE(audit::move_file(fresh, path));
  return audit::sync_folder(path.parent_path());
}

}  // namespace sealbook::cli
