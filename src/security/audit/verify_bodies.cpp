#include "security/audit/verify_bodies.hpp"

#include "security/audit/bundle.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {
namespace {

struct BodiesCheck {
  JournalView& view;
  std::string_view environment;
  const AuditKeyOf& key_of;
  const OnEntry& on_entry;

  // Opens the bodies of one bundle.
  std::optional<Finding> bundle(const std::string& log, const TenantId& tenant, std::uint64_t index, unsigned width) {
    const std::string name = log + "/" + tile_path({TileKind::bodies, 0, index}, width);
    const std::uint64_t first = index * tile_width;
    const auto entries = view.read(log + "/" + tile_path({TileKind::entries, 0, index}, width), entry_bytes);
    const auto bodies = view.read(name, body_bytes);
    if (!entries || !*entries || !bodies || !*bodies) return Finding{name, first, first + width - 1, "is missing"};
    Hash256 chain;
    if (!split_entries(entry_bytes, width, leaves) || !split_bodies(body_bytes, width, chain, records))
      return Finding{name, first, first + width - 1, "cannot be read"};
    for (unsigned i = 0; i < width; ++i)
      if (auto wrong = body(name, tenant, first + i, leaves[i], records[i])) return wrong;
    return std::nullopt;
  }

  std::optional<Finding> body(const std::string& name, const TenantId& tenant, std::uint64_t index, ByteView leaf,
                              const BodyRecord& record) {
    TreeEntry expected;
    if (leaf.size() != expected.size()) return Finding{name, index, index, "has an entry of the wrong length"};
    std::copy(leaf.begin(), leaf.end(), expected.begin());
    const crypto::DataKey* key = key_of(tenant, record.sealed);
    if (!key) return Finding{name, index, index, "is sealed with a key that is not there"};
    const auto opened = open_entry(record.id, expected, record.sealed, *key, {environment, tenant});
    if (!opened) return Finding{name, index, index, opened.error().cause.empty() ? opened.error().detail : opened.error().cause};
    if (on_entry) on_entry(tenant, index, *opened);
    return std::nullopt;
  }

  Bytes entry_bytes, body_bytes;
  std::vector<ByteView> leaves;
  std::vector<BodyRecord> records;
};

}  // namespace

Result<VerifyReport> verify_bodies(JournalView& view, const NoteKey& instance_key, std::string_view environment,
                                   const AuditKeyOf& key_of, const OnEntry& on_entry) {
  VerifyReport report;
  report.was_under_way = view.is_under_way();
  BodiesCheck check{view, environment, key_of, on_entry, {}, {}, {}, {}};
  TRY(names, view.names());
  constexpr std::string_view suffix = "/checkpoint";
  for (const std::string& name : names) {
    if (!name.ends_with(suffix)) continue;
    const std::string log = name.substr(0, name.size() - suffix.size());
    const auto tenant = log_tenant(log);
    if (!tenant) continue;  // the log of logs has no bodies
    Bytes text;
    ENSURE(view.read(name, text));
    TRY(checkpoint, open_checkpoint(as_text(text), log_key(instance_key, log)));
    for (std::uint64_t index = 0; index * tile_width < checkpoint.size; ++index) {
      report.wrong = check.bundle(log, *tenant, index, tile_width_at({TileKind::bodies, 0, index}, checkpoint.size));
      if (report.wrong) return report;
    }
    report.logs.push_back({log, checkpoint.size, checkpoint.root});
    report.entries += checkpoint.size;
  }
  return report;
}

}  // namespace sealbook::audit
