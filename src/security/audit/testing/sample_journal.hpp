// What tests, proofs and benchmarks of the journal share: a folder of its own, keys, entries, a
// journal table in memory. Nothing of it is linked into the product.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <map>
#include <mutex>

#include "base/random.hpp"
#include "security/audit/durable_file.hpp"
#include "security/audit/file_tile_store.hpp"
#include "security/audit/sequencer.hpp"
#include "security/audit/verify.hpp"
#include "security/crypto/data_key.hpp"

namespace sealbook::audit::testing {

// A folder below the system's temporary one, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sealbook-journal-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path audit() const { return path_ / "audit"; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline Secret repeated_byte(std::uint8_t byte) { return Secret(Bytes(32, byte)); }

// Keys of an instance that exists in tests only.
struct SampleKeys {
  crypto::Ed25519SigningKey signing{repeated_byte(7)};
  CheckpointSigner signer{"clinic.example.test/journal", signing};
  crypto::DataKey data{crypto::KeyId::from_raw({1, 2, 3, 4, 5, 6, 7, 8}), 1, repeated_byte(9)};
};

inline TenantId sample_tenant(std::uint8_t number) {
  RawId raw{};
  raw[15] = number;
  return TenantId::from_raw(raw);
}

inline AuditEntry sample_entry(std::uint64_t number) {
  AuditEntry entry;
  entry.action = AuditAction::appointment_booked;
  entry.actor = {ActorKind::account, new_id<AccountId>()};
  entry.role = Role::front_desk;
  entry.permission = Permission::appointment_create;
  entry.grant = Grant::yes;
  entry.resource = {ResourceKind::appointment, random_array<16>()};
  entry.subjects = {new_id<PatientId>()};
  entry.version_after = 1;
  entry.rows = static_cast<std::uint32_t>(number % 7);
  entry.request = random_array<16>();
  entry.at = Instant::from_seconds(1'795'000'000) + Micros(static_cast<std::int64_t>(number));
  return entry;
}

inline std::shared_ptr<const PreparedEntry> prepared_sample(const SampleKeys& keys, const TenantId& log,
                                                            std::uint64_t number = 0) {
  return std::make_shared<const PreparedEntry>(prepare(sample_entry(number), keys.data, {"test", log}));
}

// The journal table in memory. It can be told to lose its disk, and it forgets rows as told.
class MemoryJournalStore final : public JournalStore {
 public:
  // Adds a committed row; answers it as the engine would hand it on.
  CommittedEntry add(const TenantId& log, std::shared_ptr<const PreparedEntry> entry) {
    const std::lock_guard lock(mutex_);
    const std::int64_t row = ++last_row_;
    rows_[log].emplace(row, entry);
    return {row, std::move(entry)};
  }
  Result<std::vector<TenantId>> logs_with_pending() override {
    const std::lock_guard lock(mutex_);
    if (is_broken) return fail(ErrorCode::unavailable, "The store is gone.");
    std::vector<TenantId> out;
    for (const auto& [log, rows] : rows_)
      if (!rows.empty()) out.push_back(log);
    return out;
  }
  Result<std::uint64_t> pending_count(const TenantId& log) override {
    const std::lock_guard lock(mutex_);
    return rows_[log].size();
  }
  Result<std::vector<CommittedEntry>> pending(const TenantId& log, std::int64_t after, std::size_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<CommittedEntry> out;
    const auto& rows = rows_[log];
    for (auto it = rows.upper_bound(after); it != rows.end() && out.size() < limit; ++it)
      out.push_back({it->first, it->second});
    return out;
  }
  Result<void> sequenced(std::span<const SequencedRows> done, std::string_view checkpoint) override {
    const std::lock_guard lock(mutex_);
    if (is_broken) return fail(ErrorCode::unavailable, "The store is gone.");
    if (!keeps_rows)
      for (const SequencedRows& log : done)
        for (const std::int64_t row : log.rows) rows_[log.log].erase(row);
    checkpoint_ = std::string(checkpoint);
    return {};
  }
  Result<std::optional<std::string>> last_checkpoint() override {
    const std::lock_guard lock(mutex_);
    return checkpoint_;
  }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    std::size_t out = 0;
    for (const auto& [log, rows] : rows_) out += rows.size();
    return out;
  }
  void remember(std::optional<std::string> checkpoint) { checkpoint_ = std::move(checkpoint); }

  std::atomic<bool> is_broken{false};
  std::atomic<bool> keeps_rows{false};  // as if the process died before each removal

 private:
  std::mutex mutex_;
  std::map<TenantId, std::map<std::int64_t, std::shared_ptr<const PreparedEntry>>> rows_;
  std::int64_t last_row_ = 0;
  std::optional<std::string> checkpoint_;
};

// A journal as a map of names to bytes: what mutations work on.
using JournalFiles = std::map<std::string, Bytes>;

class MapView final : public JournalView {
 public:
  explicit MapView(const JournalFiles& files) : files_(files) {}
  Result<std::vector<std::string>> names() override {
    std::vector<std::string> out;
    for (const auto& [name, bytes] : files_) out.push_back(name);
    return out;
  }
  Result<bool> read(const std::string& name, Bytes& out) override {
    const auto found = files_.find(name);
    if (found == files_.end()) return false;
    out = found->second;
    return true;
  }

 private:
  const JournalFiles& files_;
};

inline JournalFiles load_files(const std::filesystem::path& folder) {
  JournalFiles out;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
    if (!item.is_regular_file()) continue;
    Bytes bytes;
    if (!read_whole(item.path(), bytes).value_or(false)) throw std::runtime_error("unreadable journal file");
    out.emplace(item.path().lexically_relative(folder).generic_string(), std::move(bytes));
  }
  return out;
}

}  // namespace sealbook::audit::testing
