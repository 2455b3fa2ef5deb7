// Fuzzes what lies in a journal's files. The first byte chooses:
//   'e'  an entry bundle; 'b'  a bundle of bodies; 'l'  a leaf of the log of logs; 'n'  a tile's name;
//        the second byte is a width. What parses is written back the same;
//   'B'  the CBOR body of an entry: one encoding per body;
//   'j'  a journal of one log whose bytes are damaged as the input says: nothing but the genuine
//        bytes verifies (this lies behind the signature: the journal is signed with the right key).
#include <cstdint>
#include <cstdlib>

#include "security/audit/body.hpp"
#include "security/audit/bundle.hpp"
#include "security/audit/log_tail.hpp"
#include "security/audit/testing/sample_journal.hpp"

using namespace sealbook;
using namespace sealbook::audit;

namespace {

const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

bool same(ByteView a, ByteView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

void check_entries(ByteView data) {
  std::vector<ByteView> entries;
  const auto used = split_entries(data.subspan(1), data[0], entries);
  if (!used) return;
  Bytes again;
  for (const ByteView entry : entries) append_entry(again, entry);
  require(entries.size() == data[0] && same(again, data.subspan(1, *used)));
}

void check_bodies(ByteView data) {
  Hash256 chain;
  std::vector<BodyRecord> records;
  const auto used = split_bodies(data.subspan(1), data[0], chain, records);
  if (!used) return;
  Bytes again;
  begin_bodies(again, chain);
  for (const BodyRecord& record : records) append_body(again, record);
  require(records.size() == data[0] && same(again, data.subspan(1, *used)));
  if (planted && records.size() >= 2 && records[1].sequenced_at < records[0].sequenced_at) __builtin_trap();
}

void check_leaf(ByteView data) {
  const auto leaf = parse_publication(data);
  if (leaf) require(same(encode(*leaf), data));
}

void check_name(ByteView data) {
  const auto tile = parse_tile_path(as_text(data));
  if (tile) require(tile_path(tile->key, tile->width) == as_text(data));
}

void check_body(ByteView data) {
  const auto body = decode_body(data);
  if (body) require(same(encode(*body), data));
}

// A log of three entries with one publication, made once.
struct SmallJournal {
  testing::SampleKeys keys;
  testing::JournalFiles files;

  SmallJournal() {
    const std::uint8_t sealed[] = {1, 2, 3};
    LogTail log("instance", LogTail::Bodies::beside);
    for (std::uint8_t i = 0; i < 3; ++i) {
      Bytes entry(tree_entry_size, i);
      std::copy_n("sbal1", 5, entry.begin());
      log.append(entry, {EntryId::from_raw({i}), i, sealed});
    }
    LogTail logs{std::string(logs_log), LogTail::Bodies::none};
    logs.append(encode(Publication{"instance", log.size(), log.root(), log.chain(), 9}));
    for (LogTail* tail : {&log, &logs}) {
      std::vector<TileWrite> tiles;
      tail->take_tiles(tiles);
      for (const TileWrite& tile : tiles) files[tail->log() + "/" + tile_path(tile.key, tile.width)] = tile.bytes;
      const std::string text = keys.signer.sign(tail->log(), tail->size(), tail->root());
      const ByteView bytes = as_bytes(text);
      files[tail->log() + "/checkpoint"].assign(bytes.begin(), bytes.end());
    }
  }
};

// Three bytes per change: which file, where, what to.
void check_journal(ByteView data) {
  static const SmallJournal journal;
  testing::JournalFiles files = journal.files;
  for (std::size_t at = 0; at + 3 <= data.size(); at += 3) {
    auto file = files.begin();
    std::advance(file, data[at] % files.size());
    Bytes& bytes = file->second;
    if (data[at + 1] == bytes.size()) bytes.push_back(data[at + 2]);
    else if (data[at + 1] < bytes.size()) bytes[data[at + 1]] = data[at + 2];
    else bytes.resize(std::min<std::size_t>(bytes.size(), data[at + 2]));
  }
  testing::MapView view(files);
  const auto report = verify_journal(view, journal.keys.signer.instance_key());
  require(report && report->ok() == (files == journal.files));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ByteView rest(data + 1, size - 1);
  switch (data[0]) {
    case 'e': check_entries(rest); break;
    case 'b': check_bodies(rest); break;
    case 'l': check_leaf(rest); break;
    case 'n': check_name(rest); break;
    case 'B': check_body(rest); break;
    case 'j': check_journal(rest); break;
    default: break;
  }
  return 0;
}
