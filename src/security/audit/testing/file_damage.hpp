// Damage to the files of a journal: bytes and whole files, as somebody without any key could do it.
// See mutations.hpp for what somebody with keys can do.
#pragma once

#include <functional>
#include <set>
#include <utility>

#include "security/audit/bundle.hpp"
#include "security/audit/log_tail.hpp"
#include "security/audit/testing/sample_journal.hpp"

namespace sealbook::audit::testing {

// A sequence of numbers that a seed decides (splitmix64), so that a failure can be repeated.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t bound) {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % bound;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(below(256)); }

 private:
  std::uint64_t state_;
};

// Three genuine states of one journal, in order; `pinned` is the checkpoint of the middle one.
struct SampleStates {
  SampleKeys keys;
  JournalFiles oldest, middle, present;
  std::string pinned;

  SampleStates() {
    const TemporaryFolder folder;
    FileTileStore tiles(folder.audit(), keys.signer.instance_key());
    MemoryJournalStore journal;
    ManualClock clock(Instant::from_seconds(1'795'000'000));
    Sequencer sequencer(tiles, journal, keys.signer, clock);
    if (!sequencer.start()) throw std::runtime_error("no sample journal");
    const auto grow = [&](const TenantId& log, int count) {
      for (int i = 0; i < count; ++i) {
        const CommittedEntry entry[] = {journal.add(log, prepared_sample(keys, log))};
        sequencer.committed(log, entry);
      }
    };
    const auto publish = [&] {
      clock.advance(std::chrono::seconds(1));
      if (!sequencer.flush()) throw std::runtime_error("no sample journal");
      return load_files(folder.audit());
    };
    grow({}, 3);
    grow(sample_tenant(1), 90);
    oldest = publish();
    for (const int count : {170, 40, 15}) {
      grow(sample_tenant(1), count);
      grow(sample_tenant(2), count / 2);
      middle = publish();
    }
    pinned = std::string(as_text(middle.at("logs/checkpoint")));
    grow({}, 9);
    for (const int count : {20, 200, 70}) {
      grow(sample_tenant(1), count);
      grow(sample_tenant(2), count);
      present = publish();
    }
  }
};

struct Mutation {
  std::string kind;
  JournalFiles files;
  std::set<std::string> touched;                                // files
  std::map<std::string, std::set<std::uint64_t>> first_changed;  // log -> candidates for the first wrong index
};


// What a Mutator starts from, and the damage that needs no understanding of a log.
class FileDamage {
 protected:
  FileDamage(const SampleStates& states, std::uint64_t seed) : states_(states), dice_(seed) {}

  std::string any_file(const Mutation& m) {
    auto it = m.files.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(dice_.below(m.files.size())));
    return it->first;
  }
  // A damaged file, and the entries that it is about.
  void touch(Mutation& m, const std::string& name) {
    m.touched.insert(name);
    const auto slash = name.find('/');
    const auto tile = parse_tile_path(std::string_view(name).substr(slash + 1));
    if (!tile) return;
    const std::uint64_t span = std::uint64_t{1} << (8 * tile->key.level);
    const std::uint64_t first = tile->key.index * tile_width * span;
    for (std::uint64_t i = 0; i < tile->width * span; ++i) m.first_changed[name.substr(0, slash)].insert(first + i);
  }
  void touch_all(Mutation& m) {
    for (const auto& [name, bytes] : states_.present) m.touched.insert(name);
  }

  void edit(Mutation& m) {
    const std::string name = any_file(m);
    Bytes& bytes = m.files[name];
    bytes[dice_.below(bytes.size())] ^= static_cast<std::uint8_t>(1 + dice_.below(255));
    touch(m, name);
  }
  void truncate(Mutation& m) {
    const std::string name = any_file(m);
    m.files[name].resize(dice_.below(m.files[name].size()));
    touch(m, name);
  }
  void insert(Mutation& m, bool at_end) {
    const std::string name = any_file(m);
    Bytes& bytes = m.files[name];
    const auto count = 1 + dice_.below(64);
    const auto at = at_end ? bytes.size() : dice_.below(bytes.size());
    for (std::uint64_t i = 0; i < count; ++i)
      bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), dice_.byte());
    touch(m, name);
  }
  void cut(Mutation& m) {
    const std::string name = any_file(m);
    Bytes& bytes = m.files[name];
    const auto from = dice_.below(bytes.size());
    const auto count = 1 + dice_.below(bytes.size() - from);
    bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.begin() + static_cast<std::ptrdiff_t>(from + count));
    touch(m, name);
  }
  void drop(Mutation& m) {
    const std::string name = any_file(m);
    m.files.erase(name);
    touch(m, name);
  }
  void swap_files(Mutation& m) {
    const std::string a = any_file(m), b = any_file(m);
    std::swap(m.files[a], m.files[b]);
    touch(m, a);
    touch(m, b);
  }
  void add_copy(Mutation& m) {
    const std::string from = any_file(m);
    const std::string beside = any_file(m);
    const TileKind kind = static_cast<TileKind>(dice_.below(3));
    const auto level = static_cast<std::uint8_t>(kind == TileKind::hashes ? dice_.below(3) : 0);
    const std::string name = beside.substr(0, beside.find('/')) + "/" +
                             tile_path({kind, level, dice_.below(5)}, 1 + static_cast<unsigned>(dice_.below(256)));
    if (m.files.contains(name)) return;
    m.files[name] = m.files[from];
    m.touched.insert(name);
  }
  void add_strange(Mutation& m) {
    constexpr const char* names[] = {"readme", "logs/checkpoint.old", "instance/.hidden", "instance/tile/0/000.p",
                                     "ten_x/", "LOGS/checkpoint", "instance/tile/0/x000/000", "instance/bodies/000.p/00"};
    const std::string name = names[dice_.below(std::size(names))];
    m.files[name] = Bytes(dice_.below(100), dice_.byte());
    touch(m, name);
  }
  void older_file(Mutation& m) {
    const JournalFiles& older = dice_.below(2) ? states_.middle : states_.oldest;
    auto it = older.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(dice_.below(older.size())));
    m.files[it->first] = it->second;
    touch(m, it->first);
  }
  void older_log(Mutation& m) {
    const JournalFiles& older = dice_.below(2) ? states_.middle : states_.oldest;
    const std::string name = any_file(m);
    const std::string log = name.substr(0, name.find('/') + 1);
    std::erase_if(m.files, [&](const auto& file) { return file.first.starts_with(log); });
    for (const auto& [file, bytes] : older)
      if (file.starts_with(log)) m.files[file] = bytes;
    for (const auto& [file, bytes] : states_.present)
      if (file.starts_with(log) || log == "logs/") m.touched.insert(file);
    for (const auto& [file, bytes] : older) m.touched.insert(file);
  }

  std::string some_log() {
    const std::string logs[] = {"instance", log_name(sample_tenant(1)), log_name(sample_tenant(2))};
    return logs[dice_.below(3)];
  }

  const SampleStates& states_;
  Dice dice_;
};

}  // namespace sealbook::audit::testing
