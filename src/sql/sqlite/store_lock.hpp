// StoreLock makes a store's file belong to one process: an advisory lock on `<file>-lock`, which the
// system drops when the process dies. The file names the holder's process id, for the error's text.
#pragma once

#include <filesystem>

namespace sealbook::sql {

class StoreLock {
 public:
  // Throws EngineError: busy when another opener holds it, io when the file cannot be made.
  explicit StoreLock(const std::filesystem::path& store);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace sealbook::sql
