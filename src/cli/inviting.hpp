// The verbs about personal links. Each answers its exit code (exit_codes.hpp). The embedded store must
// not be in use by a server; ask the server then (POST /v1/invitations, POST /v1/links/revoke).
#pragma once

#include <filesystem>
#include <string>

namespace sealbook::cli {

// `sealbook invite`: everybody on the event's list who was not invited yet, or those who have not
// answered an invitation.
struct InviteOptions {
  std::filesystem::path dir;
  std::string tenant;  // slug
  std::string event;   // id; one of the two
  std::string remind;  // id of an invitation
};
int run_invite(const InviteOptions& options);

// `sealbook link revoke`: exactly one of the three.
struct RevokeOptions {
  std::filesystem::path dir;
  std::string tenant;
  std::string subject, campaign, issued_before;  // ids; RFC 3339
};
int run_link_revoke(const RevokeOptions& options);

}  // namespace sealbook::cli
