// Checks a whole journal: with the public key alone, or its bodies with the keys as well.
//
// Every byte of every file below the folder must follow from what the checkpoint of the log of logs
// signs: trees and tiles, all earlier published roots, the chain over the bodies, the order of times,
// and that there is no other file. The first thing wrong is named. A folder that was killed in the
// middle of a publication verifies (<folder>.next is read with it). Only a checkpoint from elsewhere
// (`pinned`) tells a genuine older state from the present one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "security/audit/note.hpp"

namespace sealbook::crypto {
class DataKey;
}

namespace sealbook::audit {

// The journal as a set of named byte strings: a folder, or a store that can list its rows under the
// same names ("<log>/tile/0/000.p/5", "<log>/checkpoint").
class JournalView {
 public:
  virtual ~JournalView() = default;
  virtual Result<std::vector<std::string>> names() = 0;
  // Replaces `out`; false when there is no such name.
  virtual Result<bool> read(const std::string& name, Bytes& out) = 0;
  // True when a crash left a publication half moved into place: narrower tiles of the one before it
  // may then still be there.
  virtual bool is_under_way() const { return false; }
};

// A folder with its <folder>.next laid over it when that holds a whole publication.
class FolderView final : public JournalView {
 public:
  FolderView(std::filesystem::path folder, NoteKey instance_key);
  Result<std::vector<std::string>> names() override;
  Result<bool> read(const std::string& name, Bytes& out) override;
  bool is_under_way() const override { return under_way_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path next_;
  NoteKey key_;
  bool under_way_ = false;
};

struct Finding {
  std::string file;                          // below the folder
  std::optional<std::uint64_t> first_index;  // of that log; the first that can be wrong
  std::optional<std::uint64_t> last_index;   // where the first wrong one lies at the latest
  std::string what;
  std::uint64_t proven = 0;                  // entries before this one follow from a signature
};
std::string to_text(const Finding& finding);

struct LogReport {
  std::string log;
  std::uint64_t entries = 0;
  Hash256 root{};
};

struct VerifyReport {
  std::vector<LogReport> logs;        // the log of logs is last
  std::uint64_t entries = 0;          // of all logs but the log of logs
  std::uint64_t publications = 0;     // leaves of the log of logs
  std::uint64_t bytes = 0;
  bool was_under_way = false;         // part of it was read from <folder>.next
  std::optional<Finding> wrong;
  bool ok() const { return !wrong; }
};

struct VerifyOptions {
  std::vector<std::string> pinned;  // signed checkpoints kept elsewhere, of any log
  // A journal without any file is whole. Only for who knows that nothing was ever published (the
  // store remembers no checkpoint); otherwise it is what a thorough attacker leaves.
  bool may_be_empty = false;
  std::function<void(std::uint64_t done, std::uint64_t all)> progress;  // entries
};

// Fails only when the journal cannot be read at all; what is wrong with it is in the report.
Result<VerifyReport> verify_journal(JournalView& view, const NoteKey& instance_key,
                                    const VerifyOptions& options = {});
// The folder of a server that is running may be checked as well.
Result<VerifyReport> verify_folder(const std::filesystem::path& folder, const NoteKey& instance_key,
                                   const VerifyOptions& options = {});

}  // namespace sealbook::audit
