// The contents of one file: what is durable, and every unsynced write on top of it.
//
// Durable bytes lie in a file of the backing folder, which only sync() and settle() change. Writes
// and truncations since then are kept in memory, several versions of a page among them. On the cut
// each page ends, for itself, as the durable one, as any later version, or torn: 512-byte sectors of
// different versions. The size ends as any size the file had since the last sync, and a truncation
// that survives takes the older versions of what it cut off with it.
// Threads: none of its own; the caller locks. Errors of the backing folder throw std::system_error.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "luck.hpp"

namespace powercut {

inline constexpr std::size_t page_size = 4096;
inline constexpr std::size_t sector_size = 512;

struct PagesSettled {
  std::uint64_t unsynced = 0;  // pages that had an unsynced version
  std::uint64_t kept = 0;      // ended as the newest version
  std::uint64_t dropped = 0;   // ended as the durable one
  std::uint64_t older = 0;     // ended as a version in between
  std::uint64_t torn = 0;      // ended as a mixture
  std::uint64_t size_before = 0;
  std::uint64_t size_after = 0;
};

class FilePages {
 public:
  // `path` is an existing file; its present contents are durable.
  explicit FilePages(std::string path);
  ~FilePages();
  FilePages(const FilePages&) = delete;
  FilePages& operator=(const FilePages&) = delete;

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return sizes_.back().size; }
  bool has_unsynced() const { return sizes_.size() > 1 || !pages_.empty(); }

  // Reads up to the end of the file; returns the number of bytes.
  std::size_t read(std::uint64_t offset, std::span<std::uint8_t> out) const;
  void write(std::uint64_t offset, std::span<const std::uint8_t> data);
  void truncate(std::uint64_t size);  // or extend with zeros

  // Everything so far becomes durable.
  void sync();
  // The power fails: a random part of what is unsynced becomes durable, the rest is forgotten.
  PagesSettled settle(Luck& luck);

 private:
  using Page = std::array<std::uint8_t, page_size>;
  struct Version {
    std::uint64_t seq;
    std::unique_ptr<Page> bytes;
  };
  struct Size {
    std::uint64_t seq;
    std::uint64_t size;
  };

  const Version* newest(std::uint64_t page) const;
  // The newest truncation up to `until` that cuts the page off as a whole; 0 when there is none.
  std::uint64_t cut_off_at(std::uint64_t page, std::uint64_t until) const;
  Page current(std::uint64_t page) const;
  Page durable(std::uint64_t page) const;
  Page version_after_cuts(std::uint64_t page, const Version& version, std::uint64_t until) const;
  void put(std::uint64_t page, const Page& bytes);
  void put_durable(std::uint64_t page, const Page& bytes);
  void shape_durable(std::uint64_t until, std::uint64_t size);
  void forget_unsynced(std::uint64_t size);
  void settle_page(std::uint64_t page, std::uint64_t until, double kindness, Luck& luck, PagesSettled& sum);
  int open_durable(int flags) const;

  std::string path_;
  mutable int fd_ = -1;                            // of the durable file, once opened
  std::uint64_t seq_ = 0;
  std::vector<Size> sizes_;                        // the first is durable
  std::vector<Size> cuts_;                         // truncations that made the file shorter
  std::map<std::uint64_t, std::deque<Version>> pages_;
};

}  // namespace powercut
