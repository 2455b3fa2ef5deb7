// The tokens that name a message to the outside: where its returned mail goes (bounce+TOKEN@…), where
// calendars answer (reply+TOKEN@…), and the one-click link that ends messages (/u/TOKEN).
//
// base64url of 4 bytes tenant number ‖ 16 bytes message id ‖ 12 bytes HMAC-SHA256 over a prefix, the
// use, the tenant's id and the message's id: 43 characters, nothing of a person in it, nothing stored.
// Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/app.hpp"

namespace sealbook::app {

enum class TokenUse : std::uint8_t { bounce = 1, reply = 2, unsubscribe = 3 };

std::string message_token(const Tenant& tenant, TokenUse use, const MessageId& id);

struct NamedMessage {
  std::shared_ptr<Tenant> tenant;
  MessageId id;
};
// Nothing for a token that is not ours, or is another use's.
std::optional<NamedMessage> open_message_token(App& app, TokenUse use, std::string_view token);

}  // namespace sealbook::app
