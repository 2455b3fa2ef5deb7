// sealbook-verify: checks a journal, one inclusion proof or one consistency proof.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "security/audit/checkpoint.hpp"
#include "security/audit/entry.hpp"
#include "security/audit/merkle.hpp"
#include "security/audit/proofs.hpp"
#include "security/audit/verify.hpp"
#include "verify/options.hpp"

namespace sealbook::verify {
namespace {

constexpr int exit_right = 0;
constexpr int exit_wrong = 1;
constexpr int exit_unchecked = 2;
constexpr int exit_usage = 64;

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::unavailable, "Cannot open " + path + ".");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) return fail(ErrorCode::unavailable, "Cannot read " + path + ".");
  return text;
}

// The log that a note claims to be of; its signature is checked with that log's key.
Result<audit::Checkpoint> open_any_log(std::string_view text, const audit::NoteKey& key) {
  TRY(note, audit::parse_note(text));
  TRY(claimed, audit::parse_checkpoint_text(note.text));
  if (!claimed.origin.starts_with(key.name + "/"))
    return fail(ErrorCode::integrity, "The checkpoint is another instance's.");
  return audit::open_checkpoint(text, audit::log_key(key, claimed.origin.substr(key.name.size() + 1)));
}

int report_wrong(const std::string& what) {
  std::fprintf(stderr, "WRONG: %s\n", what.c_str());
  return exit_wrong;
}

void show_progress(std::uint64_t done, std::uint64_t all) {
  constexpr std::uint64_t step = 256 * 256;
  if (done % step != 0 || all == 0) return;
  std::fprintf(stderr, "\r%3d %% of %llu entries", static_cast<int>(done * 100 / all), static_cast<unsigned long long>(all));
  std::fflush(stderr);
}

Result<int> check_journal(const Options& options, const audit::NoteKey& key) {
  audit::VerifyOptions how;
  for (const std::string& file : options.since) {
    TRY(text, read_file(file));
    how.pinned.push_back(std::move(text));
  }
  const bool at_terminal = ::isatty(STDERR_FILENO) == 1;
  if (at_terminal) how.progress = show_progress;
  if (!std::filesystem::is_directory(options.folder))
    return fail(ErrorCode::unavailable, options.folder + " is not a folder.");
  TRY(report, audit::verify_folder(options.folder, key, how));
  if (at_terminal) std::fputs("\r                              \r", stderr);
  if (report.wrong) return report_wrong(audit::to_text(*report.wrong));
  if (report.was_under_way)
    std::puts("A publication was under way when the server stopped; it was read as finished.");
  for (const audit::LogReport& log : report.logs)
    std::printf("%s %llu %s\n", log.log.c_str(), static_cast<unsigned long long>(log.entries), to_base64(log.root).c_str());
  std::printf("%llu\n", static_cast<unsigned long long>(report.entries));
  return exit_right;
}

Result<int> check_proof(const Options& options, const audit::NoteKey& key) {
  TRY(text, read_file(options.proof_file));
  TRY(proof, audit::parse_inclusion_proof(text));
  TRY(checkpoint, open_any_log(proof.checkpoint, key));
  if (proof.extra.empty()) return fail(ErrorCode::invalid, "The proof names no entry (its extra line is missing).");
  if (!options.body_file.empty()) {
    TRY(disclosed, read_file(options.body_file));
    audit::AuditSalt salt;
    if (disclosed.size() < salt.size()) return fail(ErrorCode::invalid, "The body file is too short.");
    const ByteView bytes = as_bytes(disclosed);
    std::copy_n(bytes.begin(), salt.size(), salt.begin());
    const audit::TreeEntry entry = audit::tree_entry(salt, bytes.subspan(salt.size()));
    if (!std::equal(entry.begin(), entry.end(), proof.extra.begin(), proof.extra.end()))
      return report_wrong("the body is not that of the entry that the proof is about");
  }
  if (!audit::verify_inclusion(proof.index, checkpoint.size, audit::leaf_hash(proof.extra), proof.hashes, checkpoint.root))
    return report_wrong("entry " + std::to_string(proof.index) + " is not in " + checkpoint.origin);
  std::printf("entry %llu of %llu is in %s\n", static_cast<unsigned long long>(proof.index),
              static_cast<unsigned long long>(checkpoint.size), checkpoint.origin.c_str());
  return exit_right;
}

Result<int> check_consistency(const Options& options, const audit::NoteKey& key) {
  TRY(text, read_file(options.consistency_file));
  TRY(proof, audit::parse_consistency_proof(text));
  TRY(newer, open_any_log(proof.checkpoint, key));
  TRY(old_text, read_file(options.since[0]));
  TRY(older, open_any_log(old_text, key));
  if (older.origin != newer.origin || older.size != proof.old_size)
    return fail(ErrorCode::invalid, "The proof is not about that older checkpoint.");
  if (!audit::verify_consistency(older.size, newer.size, proof.hashes, older.root, newer.root))
    return report_wrong(newer.origin + " does not continue the older checkpoint");
  std::printf("%s: size %llu continues size %llu\n", newer.origin.c_str(),
              static_cast<unsigned long long>(newer.size), static_cast<unsigned long long>(older.size));
  return exit_right;
}

Result<int> run(const Options& options) {
  TRY(key_text, read_file(options.key_file));
  TRY(key, audit::NoteKey::parse(key_text));
  if (!options.proof_file.empty()) return check_proof(options, key);
  if (!options.consistency_file.empty()) return check_consistency(options, key);
  return check_journal(options, key);
}

}  // namespace

int main_with(std::span<const char* const> arguments) {
  const auto options = parse_options(arguments);
  if (!options) {
    std::fprintf(stderr, "%s\n\n%s", options.error().detail.c_str(), usage);
    return exit_usage;
  }
  if (options->help) {
    std::fputs(usage, stdout);
    return exit_right;
  }
  const auto code = run(*options);
  if (code) return *code;
  if (code.error().code == ErrorCode::integrity) return report_wrong(code.error().detail);
  std::fprintf(stderr, "Could not be checked: %s\n", code.error().detail.c_str());
  return exit_unchecked;
}

}  // namespace sealbook::verify

int main(int argc, char** argv) {
  return sealbook::verify::main_with(std::span<const char* const>(argv + 1, static_cast<std::size_t>(std::max(0, argc - 1))));
}
