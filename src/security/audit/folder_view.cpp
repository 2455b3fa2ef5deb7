#include <system_error>

#include "security/audit/durable_file.hpp"
#include "security/audit/staging.hpp"
#include "security/audit/verify.hpp"

namespace sealbook::audit {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> unreadable(const std::error_code& error) {
  Error out = make_error(ErrorCode::unavailable, "The journal's folder cannot be read.");
  out.cause = error.message();
  return fail(std::move(out));
}

}  // namespace

FolderView::FolderView(fs::path folder, NoteKey instance_key)
    : folder_(std::move(folder)), next_(staging_folder(folder_)), key_(std::move(instance_key)) {
  const auto staged = staged_publication(folder_, key_);
  under_way_ = staged && *staged;
}

Result<std::vector<std::string>> FolderView::names() {
  std::vector<std::string> out;
  std::error_code error;
  fs::recursive_directory_iterator it(folder_, error);
  if (error == std::errc::no_such_file_or_directory) return out;
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    // Whatever is not a folder is a name: a link or a pipe has no place here and will be refused.
    if (it->is_directory(error) && !it->is_symlink(error)) continue;
    out.push_back(it->path().lexically_relative(folder_).generic_string());
  }
  if (error) return unreadable(error);
  if (!under_way_) return out;
  TRY(staged, names_in(next_));
  for (const std::string& name : staged)
    if (is_journal_name(published_name(name))) out.push_back(published_name(name));
  return out;
}

Result<bool> FolderView::read(const std::string& name, Bytes& out) {
  if (under_way_) {
    TRY(is_staged, read_whole(next_ / staged_name(name), out));
    if (is_staged) return true;
  }
  return read_whole(folder_ / name, out);
}

}  // namespace sealbook::audit
