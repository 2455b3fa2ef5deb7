#include "security/authn/webauthn/client_data.hpp"

#include <algorithm>

#include "base/cbor.hpp"
#include "base/json.hpp"

namespace sealbook::authn::webauthn {
namespace {

constexpr std::size_t longest = 8 * 1024;

const std::string* text_member(const JsonValue& object, std::string_view name) {
  const JsonValue* found = object.find(name);
  return found == nullptr ? nullptr : found->as_string();
}

}  // namespace

Checked<Bytes> check_client_data(ByteView json, std::string_view type, const RelyingParty& party) {
  if (json.empty() || json.size() > longest) return std::unexpected(Refusal::client_data_size);
  const std::string_view text = as_text(json);
  if (text.starts_with("\xEF\xBB\xBF") || !is_valid_utf8(text)) return std::unexpected(Refusal::client_data_text);
  const auto parsed = parse_json(text);
  if (!parsed || parsed->as_object() == nullptr) return std::unexpected(Refusal::client_data_json);
  const std::string* said_type = text_member(*parsed, "type");
  if (said_type == nullptr || *said_type != type) return std::unexpected(Refusal::wrong_type);
  const std::string* challenge = text_member(*parsed, "challenge");
  auto bytes = challenge == nullptr ? std::nullopt : from_base64url(*challenge);
  if (!bytes) return std::unexpected(Refusal::challenge_foreign);
  const std::string* origin = text_member(*parsed, "origin");
  if (origin == nullptr || std::ranges::find(party.origins, *origin) == party.origins.end())
    return std::unexpected(Refusal::wrong_origin);
  if (const JsonValue* crossed = parsed->find("crossOrigin")) {
    const bool* value = crossed->as_bool();
    if (value == nullptr || *value) return std::unexpected(Refusal::cross_origin);
  }
  if (parsed->find("topOrigin") != nullptr) return std::unexpected(Refusal::top_origin);
  return std::move(*bytes);
}

}  // namespace sealbook::authn::webauthn
