#include "pages.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace powercut {
namespace {

// More versions of a page than these are not told apart; the oldest but one makes room.
constexpr std::size_t versions_kept = 6;

[[noreturn]] void broken(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

FilePages::FilePages(std::string path) : path_(std::move(path)) {
  struct stat found {};
  if (::stat(path_.c_str(), &found) != 0) broken(path_);
  sizes_.push_back({0, static_cast<std::uint64_t>(found.st_size)});
}

FilePages::~FilePages() {
  if (fd_ >= 0) ::close(fd_);
}

int FilePages::open_durable(int flags) const {
  if (fd_ < 0) fd_ = ::open(path_.c_str(), flags | O_CLOEXEC);
  if (fd_ < 0) broken(path_);
  return fd_;
}

const FilePages::Version* FilePages::newest(std::uint64_t page) const {
  const auto found = pages_.find(page);
  return found == pages_.end() ? nullptr : &found->second.back();
}

std::uint64_t FilePages::cut_off_at(std::uint64_t page, std::uint64_t until) const {
  std::uint64_t seq = 0;
  for (const auto& cut : cuts_)
    if (cut.seq <= until && cut.size <= page * page_size) seq = std::max(seq, cut.seq);
  return seq;
}

FilePages::Page FilePages::durable(std::uint64_t page) const {
  Page bytes{};
  if (page * page_size >= sizes_.front().size) return bytes;
  std::size_t have = 0;
  while (have < page_size) {
    const auto got = ::pread(open_durable(O_RDWR), bytes.data() + have, page_size - have,
                             static_cast<off_t>(page * page_size + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) broken(path_);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

FilePages::Page FilePages::current(std::uint64_t page) const {
  const auto* version = newest(page);
  const auto cut = cut_off_at(page, seq_);
  if (version && version->seq > cut) return *version->bytes;
  return cut != 0 ? Page{} : durable(page);
}

std::size_t FilePages::read(std::uint64_t offset, std::span<std::uint8_t> out) const {
  if (offset >= size()) return 0;
  const auto wanted = std::min<std::uint64_t>(out.size(), size() - offset);
  std::uint64_t done = 0;
  while (done < wanted) {
    const auto at = offset + done;
    const auto within = at % page_size;
    const auto count = std::min<std::uint64_t>(wanted - done, page_size - within);
    const auto bytes = current(at / page_size);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(within), count, out.begin() + static_cast<std::ptrdiff_t>(done));
    done += count;
  }
  return done;
}

void FilePages::put(std::uint64_t page, const Page& bytes) {
  auto& versions = pages_[page];
  versions.push_back({seq_, std::make_unique<Page>(bytes)});
  if (versions.size() > versions_kept) versions.erase(versions.begin() + 1);
}

void FilePages::write(std::uint64_t offset, std::span<const std::uint8_t> data) {
  if (data.empty()) return;
  ++seq_;
  std::uint64_t done = 0;
  while (done < data.size()) {
    const auto at = offset + done;
    const auto within = at % page_size;
    const auto count = std::min<std::uint64_t>(data.size() - done, page_size - within);
    auto bytes = count == page_size ? Page{} : current(at / page_size);
    std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(done), count, bytes.begin() + static_cast<std::ptrdiff_t>(within));
    put(at / page_size, bytes);
    done += count;
  }
  if (offset + data.size() > size()) sizes_.push_back({seq_, offset + data.size()});
}

void FilePages::truncate(std::uint64_t size) {
  if (size == this->size()) return;
  ++seq_;
  if (size < this->size()) {
    // The page that is cut in two keeps its head; whole pages behind it are cut off by the list.
    if (const auto within = size % page_size; within != 0) {
      auto bytes = current(size / page_size);
      std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(within), bytes.end(), std::uint8_t{0});
      put(size / page_size, bytes);
    }
    cuts_.push_back({seq_, size});
  }
  sizes_.push_back({seq_, size});
}

void FilePages::put_durable(std::uint64_t page, const Page& bytes) {
  std::size_t done = 0;
  while (done < page_size) {
    const auto put = ::pwrite(open_durable(O_RDWR), bytes.data() + done, page_size - done,
                              static_cast<off_t>(page * page_size + done));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) broken(path_);
    done += static_cast<std::size_t>(put);
  }
}

// Gives the durable file the shape that the truncations up to `until` leave, before pages follow.
void FilePages::shape_durable(std::uint64_t until, std::uint64_t size) {
  auto shortest = sizes_.front().size;
  for (const auto& cut : cuts_)
    if (cut.seq <= until) shortest = std::min(shortest, cut.size);
  const int fd = open_durable(O_RDWR);
  if (shortest < sizes_.front().size && ::ftruncate(fd, static_cast<off_t>(shortest)) != 0) broken(path_);
  if (::ftruncate(fd, static_cast<off_t>(size)) != 0) broken(path_);
}

void FilePages::forget_unsynced(std::uint64_t size) {
  // Pages are written whole; what stands behind the end of the file goes.
  if (::ftruncate(open_durable(O_RDWR), static_cast<off_t>(size)) != 0) broken(path_);
  pages_.clear();
  cuts_.clear();
  sizes_.assign(1, {0, size});
  seq_ = 0;
}

void FilePages::sync() {
  if (!has_unsynced()) return;
  const auto end = size();
  shape_durable(seq_, end);
  for (const auto& [page, versions] : pages_) {
    if (page * page_size >= end || versions.back().seq < cut_off_at(page, seq_)) continue;
    put_durable(page, *versions.back().bytes);
  }
  forget_unsynced(end);
}

// A version as the truncations after it, up to `until`, leave it.
FilePages::Page FilePages::version_after_cuts(std::uint64_t page, const Version& version,
                                              std::uint64_t until) const {
  auto bytes = *version.bytes;
  for (const auto& cut : cuts_) {
    if (cut.seq <= version.seq || cut.seq > until || cut.size / page_size != page) continue;
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(cut.size % page_size), bytes.end(), std::uint8_t{0});
  }
  return bytes;
}

void FilePages::settle_page(std::uint64_t page, std::uint64_t until, double kindness, Luck& luck,
                            PagesSettled& sum) {
  const auto cut = cut_off_at(page, until);
  std::vector<Page> choices;  // the durable one first, the newest last
  choices.push_back(cut != 0 ? Page{} : durable(page));
  for (const auto& version : pages_.at(page))
    if (version.seq > cut) choices.push_back(version_after_cuts(page, version, until));
  ++sum.unsynced;
  if (choices.size() == 1 || !luck.chance(kindness)) {
    // Not the newest: nothing of it, an older version, or a mixture of sectors. A page in a file that
    // loses everything is never mixed.
    if (kindness == 0.0 || choices.size() == 1 || luck.chance(0.5)) {
      const auto which = kindness == 0.0 ? 0 : luck.below(std::max<std::size_t>(1, choices.size() - 1));
      ++(which == 0 ? sum.dropped : sum.older);
      put_durable(page, choices[which]);
      return;
    }
    Page mixed;
    for (std::size_t at = 0; at < page_size; at += sector_size)
      std::copy_n(choices[luck.below(choices.size())].begin() + static_cast<std::ptrdiff_t>(at), sector_size,
                  mixed.begin() + static_cast<std::ptrdiff_t>(at));
    ++sum.torn;
    put_durable(page, mixed);
    return;
  }
  ++sum.kept;
  put_durable(page, choices.back());
}

PagesSettled FilePages::settle(Luck& luck) {
  PagesSettled sum{.size_before = size(), .size_after = size()};
  if (!has_unsynced()) return sum;
  const double kindness = draw_kindness(luck);
  const auto& end = luck.chance(kindness) ? sizes_.back()
                    : kindness == 0.0     ? sizes_.front()
                                          : sizes_[luck.below(sizes_.size())];
  const auto [until, length] = end;
  shape_durable(until, length);
  for (const auto& [page, versions] : pages_) {
    if (page * page_size < length) settle_page(page, until, kindness, luck, sum);
    else ++sum.unsynced, ++sum.dropped;
  }
  forget_unsynced(length);
  sum.size_after = length;
  return sum;
}

}  // namespace powercut
