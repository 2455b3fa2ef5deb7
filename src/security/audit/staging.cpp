#include "security/audit/staging.hpp"

#include <algorithm>

#include "security/audit/checkpoint.hpp"
#include "security/audit/durable_file.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {

std::filesystem::path staging_folder(const std::filesystem::path& folder) {
  // "DIR/audit/" and "DIR/audit" are the same folder.
  const std::filesystem::path bare = folder.has_filename() ? folder : folder.parent_path();
  return bare.parent_path() / (bare.filename().string() + ".next");
}

std::string staged_name(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '/', '~');
  return out;
}

std::string published_name(std::string_view staged) {
  std::string out(staged);
  std::ranges::replace(out, '~', '/');
  return out;
}

bool is_journal_name(std::string_view name) {
  const auto slash = name.find('/');
  if (slash == 0 || slash == std::string_view::npos) return false;
  for (const char c : name.substr(0, slash))
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  const std::string_view path = name.substr(slash + 1);
  return path == "checkpoint" || parse_tile_path(path).has_value();
}

Result<bool> staged_publication(const std::filesystem::path& folder, const NoteKey& instance_key) {
  const std::string name = std::string(logs_log) + "/checkpoint";
  const NoteKey key = log_key(instance_key, logs_log);
  Bytes text;
  TRY(is_staged, read_whole(staging_folder(folder) / staged_name(name), text));
  if (!is_staged) return false;
  const auto staged = open_checkpoint_exactly(as_text(text), key);
  if (!staged) return false;
  TRY(is_published, read_whole(folder / name, text));
  if (!is_published) return true;
  const auto published = open_checkpoint_exactly(as_text(text), key);
  return published && staged->size > published->size;
}

}  // namespace sealbook::audit
