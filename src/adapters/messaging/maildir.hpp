// Maildir hands out the mails that a local delivery agent put into a Maildir (new/, cur/, tmp/),
// one by one, and files each under cur/ when it has been dealt with. A crash between shows a mail
// again.
//
// Threads: one reader per folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/sensitive.hpp"

namespace sealbook::adapters {

class Maildir {
 public:
  struct Item {
    std::string name;       // the file's name below new/
    SensitiveText message;  // empty when it is over the limit
    bool is_too_long = false;
  };

  explicit Maildir(std::filesystem::path folder, std::size_t most_bytes = 256 * 1024)
      : folder_(std::move(folder)), most_bytes_(most_bytes) {}

  // The next of the mails that are new, oldest first; nothing at the end, after which the folder is
  // looked at again. Fails with `unavailable` when it cannot be read. What is no regular file is
  // passed over.
  Result<std::optional<Item>> next();
  // Moves it to cur/ as seen. Fails with `unavailable`; next() then shows it again.
  Result<void> done(const Item& item);

 private:
  Result<void> look();
  std::filesystem::path folder_;
  std::size_t most_bytes_;
  std::vector<std::string> waiting_;  // newest first
  bool has_looked_ = false;           // at what is being handed out
};

}  // namespace sealbook::adapters
