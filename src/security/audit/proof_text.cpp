// The text forms of proofs: c2sp.org/tlog-proof and the request body of c2sp.org/tlog-witness.
#include <charconv>

#include "security/audit/proofs.hpp"

namespace sealbook::audit {
namespace {

constexpr std::string_view inclusion_header = "c2sp.org/tlog-proof@v1";
constexpr std::size_t max_proof_text = 128 * 1024;

std::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorCode::invalid, "Not a proof: " + std::string(what) + ".");
}

// Takes the next line, without its newline; nothing when there is no whole line.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if ((text.size() > 1 && text[0] == '0') || value >> 63 != 0) return std::nullopt;
  return value;
}

std::optional<std::string_view> after(std::string_view line, std::string_view word) {
  if (!line.starts_with(word) || line.size() <= word.size() || line[word.size()] != ' ') return std::nullopt;
  return line.substr(word.size() + 1);
}

// Hashes up to an empty line; what is left of `text` is the checkpoint.
Result<std::vector<Hash256>> take_hashes(std::string_view& text) {
  constexpr std::size_t most = 63;
  std::vector<Hash256> hashes;
  for (;;) {
    const auto line = take_line(text);
    if (!line) return refused("it ends before the checkpoint");
    if (line->empty()) return hashes;
    const auto hash = from_base64(*line);
    if (!hash || hash->size() != 32 || hashes.size() == most) return refused("bad hash");
    std::copy(hash->begin(), hash->end(), hashes.emplace_back().begin());
  }
}

void append_hashes(std::string& out, const std::vector<Hash256>& hashes) {
  for (const Hash256& hash : hashes) out += to_base64(hash) + "\n";
}

}  // namespace

std::string to_text(const InclusionProofText& proof) {
  std::string out(inclusion_header);
  out += '\n';
  if (!proof.extra.empty()) out += "extra " + to_base64(proof.extra) + "\n";
  out += "index " + std::to_string(proof.index) + "\n";
  append_hashes(out, proof.hashes);
  return out + "\n" + proof.checkpoint;
}

Result<InclusionProofText> parse_inclusion_proof(std::string_view text) {
  if (text.size() > max_proof_text) return refused("too long");
  InclusionProofText out;
  if (take_line(text) != inclusion_header) return refused("another first line is needed");
  auto line = take_line(text);
  if (!line) return refused("too short");
  if (const auto extra = after(*line, "extra")) {
    auto bytes = from_base64(*extra);
    if (!bytes || bytes->empty()) return refused("bad extra line");
    out.extra = std::move(*bytes);
    line = take_line(text);
  }
  const auto index = line ? after(*line, "index") : std::nullopt;
  const auto number = index ? parse_number(*index) : std::nullopt;
  if (!number) return refused("bad index line");
  out.index = *number;
  TRY(hashes, take_hashes(text));
  out.hashes = std::move(hashes);
  out.checkpoint = std::string(text);
  return out;
}

std::string to_text(const ConsistencyProofText& proof) {
  std::string out = "old " + std::to_string(proof.old_size) + "\n";
  append_hashes(out, proof.hashes);
  return out + "\n" + proof.checkpoint;
}

Result<ConsistencyProofText> parse_consistency_proof(std::string_view text) {
  if (text.size() > max_proof_text) return refused("too long");
  ConsistencyProofText out;
  const auto line = take_line(text);
  const auto old = line ? after(*line, "old") : std::nullopt;
  const auto number = old ? parse_number(*old) : std::nullopt;
  if (!number) return refused("bad old line");
  out.old_size = *number;
  TRY(hashes, take_hashes(text));
  out.hashes = std::move(hashes);
  out.checkpoint = std::string(text);
  return out;
}

}  // namespace sealbook::audit
