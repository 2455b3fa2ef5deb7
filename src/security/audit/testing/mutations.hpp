// Damage to a journal as someone would do it who holds every key but the checkpoint's: single bytes,
// whole files, and logs rebuilt without a contradiction in anything but the signatures.
//
// Used by verify_test.cpp (hundreds) and tests/prove/journal_mutations.cpp (ten thousand).
#pragma once

#include "security/audit/testing/file_damage.hpp"

namespace sealbook::audit::testing {

class Mutator : private FileDamage {
 public:
  Mutator(const SampleStates& states, std::uint64_t seed) : FileDamage(states, seed) {
    kinds_ = {{"edit a byte", [this](Mutation& m) { edit(m); }},
              {"truncate a file", [this](Mutation& m) { truncate(m); }},
              {"append to a file", [this](Mutation& m) { insert(m, true); }},
              {"insert bytes", [this](Mutation& m) { insert(m, false); }},
              {"cut bytes out", [this](Mutation& m) { cut(m); }},
              {"drop a file", [this](Mutation& m) { drop(m); }},
              {"swap two files", [this](Mutation& m) { swap_files(m); }},
              {"add a copy of a file", [this](Mutation& m) { add_copy(m); }},
              {"add a strange file", [this](Mutation& m) { add_strange(m); }},
              {"put back an older file", [this](Mutation& m) { older_file(m); }},
              {"roll one log back", [this](Mutation& m) { older_log(m); }},
              {"roll everything back", [this](Mutation& m) { m.files = states_.oldest; touch_all(m); }},
              {"change an entry, rebuild", [this](Mutation& m) { rebuild(m, &Mutator::change_entry); }},
              {"drop an entry, rebuild", [this](Mutation& m) { rebuild(m, &Mutator::drop_entry); }},
              {"swap entries, rebuild", [this](Mutation& m) { rebuild(m, &Mutator::swap_entries); }},
              {"insert an entry, rebuild", [this](Mutation& m) { rebuild(m, &Mutator::insert_entry); }},
              {"truncate a log, rebuild", [this](Mutation& m) { rebuild(m, &Mutator::drop_tail); }},
              {"reseal a body, rebuild", [this](Mutation& m) { rebuild(m, &Mutator::reseal_body); }},
              {"change a time, rebuild", [this](Mutation& m) { rebuild(m, &Mutator::change_time); }},
              {"rebuild and sign with another key", [this](Mutation& m) { resign(m); }},
              {"change a publication, rebuild", [this](Mutation& m) { change_publication(m); }}};
  }

  std::size_t kinds() const { return kinds_.size(); }

  // The next damage of that kind; never one that leaves the journal as it was.
  Mutation make(std::size_t kind) {
    for (;;) {
      Mutation mutation{kinds_[kind].first, states_.present, {}, {}};
      kinds_[kind].second(mutation);
      if (mutation.files != states_.present) return mutation;
    }
  }

  // Whether a finding names a damaged file, or an index range that holds the first damaged entry.
  static bool names_it(const Mutation& mutation, const Finding& finding) {
    if (mutation.touched.contains(finding.file)) return true;
    const std::string log = finding.file.substr(0, finding.file.find('/'));
    const auto found = mutation.first_changed.find(log);
    if (found == mutation.first_changed.end() || !finding.first_index) return false;
    const auto at = found->second.lower_bound(*finding.first_index);
    return at != found->second.end() && (!finding.last_index || *at <= *finding.last_index);
  }

 private:
  struct Item {
    Bytes entry;
    EntryId id;
    std::uint64_t at = 0;
    Bytes sealed;
  };
  using Items = std::vector<Item>;
  using Change = std::uint64_t (Mutator::*)(const std::string& log, Items&);

  static std::uint64_t size_of(const JournalFiles& files, const std::string& log) {
    const auto note = parse_note(as_text(files.at(log + "/checkpoint")));
    return parse_checkpoint_text(note->text)->size;
  }
  Items items_of(const std::string& log) const {
    Items out;
    const std::uint64_t size = size_of(states_.present, log);
    for (std::uint64_t index = 0; index * tile_width < size; ++index) {
      const TileKey key{TileKind::entries, 0, index};
      const unsigned width = tile_width_at(key, size);
      std::vector<ByteView> entries;
      std::vector<BodyRecord> bodies(width);
      Hash256 chain;
      (void)split_entries(states_.present.at(log + "/" + tile_path(key, width)), width, entries);
      if (log != logs_log)
        (void)split_bodies(states_.present.at(log + "/" + tile_path({TileKind::bodies, 0, index}, width)), width, chain, bodies);
      for (unsigned i = 0; i < width; ++i)
        out.push_back({Bytes(entries[i].begin(), entries[i].end()), bodies[i].id, bodies[i].sequenced_at,
                       Bytes(bodies[i].sealed.begin(), bodies[i].sealed.end())});
    }
    return out;
  }
  // Writes a log anew from its items, so that nothing contradicts anything but the signatures.
  static LogTail write_log(JournalFiles& files, const std::string& log, const Items& items) {
    std::erase_if(files, [&](const auto& file) {
      return file.first.starts_with(log + "/") && !file.first.ends_with("/checkpoint");
    });
    const bool has_bodies = log != logs_log;
    LogTail tail(log, has_bodies ? LogTail::Bodies::beside : LogTail::Bodies::none);
    for (const Item& item : items) {
      if (has_bodies) tail.append(item.entry, {item.id, item.at, item.sealed});
      else tail.append(item.entry);
    }
    std::vector<TileWrite> tiles;
    tail.take_tiles(tiles);
    for (const TileWrite& tile : tiles) files[log + "/" + tile_path(tile.key, tile.width)] = tile.bytes;
    return tail;
  }

  void rebuild(Mutation& m, Change change) {
    const std::string log = some_log();
    Items items = items_of(log);
    const std::uint64_t first = (this->*change)(log, items);
    write_log(m.files, log, items);
    m.first_changed[log].insert(first);
  }
  std::uint64_t change_entry(const std::string&, Items& items) {
    const auto i = dice_.below(items.size());
    items[i].entry[5 + dice_.below(32)] ^= static_cast<std::uint8_t>(1 + dice_.below(255));
    return i;
  }
  std::uint64_t drop_entry(const std::string&, Items& items) {
    const auto i = dice_.below(items.size());
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    return i;
  }
  std::uint64_t swap_entries(const std::string&, Items& items) {
    const auto a = dice_.below(items.size()), b = dice_.below(items.size());
    std::swap(items[a], items[b]);
    std::swap(items[a].at, items[b].at);  // times keep their order
    return std::min(a, b);
  }
  std::uint64_t insert_entry(const std::string& log, Items& items) {
    const auto i = dice_.below(items.size());
    const auto made = prepared_sample(states_.keys, *log_tenant(log));
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(i),
                 {Bytes(made->entry.begin(), made->entry.end()), made->id, items[i].at, made->sealed});
    return i;
  }
  std::uint64_t drop_tail(const std::string&, Items& items) {
    const auto left = dice_.below(items.size());
    items.resize(left);
    return left;
  }
  std::uint64_t reseal_body(const std::string& log, Items& items) {
    const auto i = dice_.below(items.size());
    const auto made = prepared_sample(states_.keys, *log_tenant(log));
    items[i].sealed = made->sealed;
    if (dice_.below(2)) items[i].id = made->id;
    return i;
  }
  std::uint64_t change_time(const std::string&, Items& items) {
    const auto i = dice_.below(items.size());
    const auto later = items.back().at + 1 + dice_.below(1'000'000);
    for (auto at = i; at < items.size(); ++at) items[at].at = later;
    return i;
  }
  void resign(Mutation& m) {
    const crypto::Ed25519SigningKey other(repeated_byte(dice_.byte()));
    const CheckpointSigner signer(states_.keys.signer.origin(), other);
    if (signer.instance_key() == states_.keys.signer.instance_key()) return;
    const std::string log = some_log();
    Items items = items_of(log);
    change_entry(log, items);
    const LogTail tail = write_log(m.files, log, items);
    const std::string text = signer.sign(log, tail.size(), tail.root());
    const ByteView bytes = as_bytes(text);
    m.files[log + "/checkpoint"].assign(bytes.begin(), bytes.end());
    touch_all(m);
  }
  void change_publication(Mutation& m) {
    Items items = items_of(std::string(logs_log));
    const auto i = dice_.below(items.size());
    auto leaf = parse_publication(items[i].entry);
    switch (dice_.below(4)) {
      case 0: leaf->size += 1 + dice_.below(3); break;
      case 1: leaf->root[dice_.below(32)] ^= 1; break;
      case 2: leaf->bodies[dice_.below(32)] ^= 1; break;
      default: leaf->published_at += 1 + dice_.below(1'000'000); break;
    }
    items[i].entry = encode(*leaf);
    write_log(m.files, std::string(logs_log), items);
    for (std::uint64_t at = i; at < items.size(); ++at) m.first_changed[std::string(logs_log)].insert(at);
  }

  std::vector<std::pair<std::string, std::function<void(Mutation&)>>> kinds_;
};

}  // namespace sealbook::audit::testing
