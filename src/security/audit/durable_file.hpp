// Files as the journal needs them: read whole, written and synced, renamed; errors as values.
//
// Every failure is ErrorCode::unavailable with the system's message as its cause. Threads: any.
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace sealbook::audit {

struct FileWrite {
  std::filesystem::path path;
  ByteView bytes;
};

// Creates or replaces the files and returns when their contents are durable (their names are not:
// see sync_folder). Mode 0600.
Result<void> write_durably(std::span<const FileWrite> files);
Result<void> sync_folder(const std::filesystem::path& folder);
// Creates missing folders, mode 0700; adds to `changed` every folder that got a new name.
Result<void> make_folders(const std::filesystem::path& folder, std::vector<std::filesystem::path>& changed);
Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to);
Result<void> remove_file(const std::filesystem::path& path);  // absent is fine
// Reads a whole regular file into `out`; false when there is none.
Result<bool> read_whole(const std::filesystem::path& path, Bytes& out);
// Names in a folder, files and folders alike; empty when there is no folder.
Result<std::vector<std::string>> names_in(const std::filesystem::path& folder);

}  // namespace sealbook::audit
