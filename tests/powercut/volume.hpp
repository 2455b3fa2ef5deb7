// One folder as the machine sees it while the power is on, and what of it survives the cut.
//
// A Volume reads a backing folder, serves its files from memory of what is unsynced over what is
// durable, and in the end writes back one tree: everything (keep_everything) or what a power cut
// leaves (cut). In between the backing folder's own names stay as they were.
// Owner, mode and times of a file are kept as they are at the end; only contents, sizes and names
// can be lost. Threads: none of its own; the caller locks. Errors are errno values; a backing folder
// that fails throws std::system_error.
#pragma once

#include <sys/stat.h>

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "luck.hpp"
#include "names.hpp"
#include "pages.hpp"

namespace powercut {

inline constexpr NodeId root_node = 1;  // as FUSE has it

struct Node {
  NodeId id = 0;
  NodeId parent = 0;  // of folders
  mode_t mode = 0;
  uid_t uid = 0;
  gid_t gid = 0;
  nlink_t links = 0;
  timespec accessed{};
  timespec modified{};
  timespec changed{};
  std::string target;                // of symbolic links
  Entries entries;                   // of folders, as seen while the power is on
  std::unique_ptr<FilePages> pages;  // of files

  bool is_folder() const { return S_ISDIR(mode); }
};

struct VolumeRules {
  bool ignore_fsync = false;        // answer that it is durable, and do nothing
  bool names_follow_files = false;  // an fsync of a file makes its names durable, as ext4 does
};

// What a cut did, as lines for people and counts for programs.
struct CutReport {
  std::vector<std::string> lines;
  std::uint64_t pages_unsynced = 0;
  std::uint64_t pages_kept = 0;
  std::uint64_t pages_lost = 0;  // dropped, older or torn
  std::uint64_t pages_torn = 0;
  std::uint64_t sizes_lost = 0;
  std::uint64_t names_kept = 0;
  std::uint64_t names_lost = 0;
};

template <class T>
using OrErrno = std::expected<T, int>;

class Volume {
 public:
  Volume(std::string backing, VolumeRules rules);

  const std::string& backing() const { return backing_; }
  Node* find(NodeId id);

  OrErrno<Node*> lookup(Node& folder, std::string_view name);
  OrErrno<Node*> make(Node& folder, std::string_view name, mode_t mode, uid_t uid, gid_t gid,
                      std::string target = {});
  OrErrno<void> link(Node& node, Node& folder, std::string_view name);
  OrErrno<void> remove(Node& folder, std::string_view name, bool as_folder);
  // `flags` as of renameat2: 0, RENAME_NOREPLACE or RENAME_EXCHANGE.
  OrErrno<void> rename(Node& from, std::string_view name, Node& to, std::string_view new_name, unsigned flags);

  void write(Node& file, std::uint64_t offset, std::span<const std::uint8_t> data);
  void truncate(Node& file, std::uint64_t size);
  void sync_file(Node& file);
  void sync_folder(Node& folder);

  void keep_everything();
  CutReport cut(Luck& luck);

 private:
  Node& add(mode_t mode, uid_t uid, gid_t gid);
  void load(Node& folder, const std::string& path);
  void record(std::vector<NameStep> steps, bool moves_folder = false);
  bool lies_within(const Node& folder, const Node& ancestor);
  void drop_link(Node& node);
  void settle_files(Luck& luck, CutReport& report);
  void settle_names(Luck& luck, CutReport& report);
  std::string path_of(NodeId folder, const std::string& name);
  void write_back();
  void write_tree(NodeId folder, const std::string& path, std::vector<NodeId>& above);

  std::string backing_;
  VolumeRules rules_;
  std::map<NodeId, Node> nodes_;
  std::map<NodeId, std::string> last_path_;  // for reports
  Names names_;
  NodeId next_ = root_node;
};

}  // namespace powercut
