#include "api/v1/sign_in_codes.hpp"

#include "api/v1/answering.hpp"
#include "app/sign_in/codes.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
namespace sign_in = app::sign_in;

CodeAsked asked(const int&) { return {}; }

Result<Work<CodeAsked>> request(CallContext& ctx, const CodeRequest& r) {
  return answering(sign_in::request_code(ctx, r.tenant, r.contact), asked);
}

Result<Work<SessionResponse>> verify(CallContext& ctx, const VerifyCodeRequest& r) {
  return answering_session(ctx, sign_in::sign_in_by_code(ctx, r.tenant, {r.contact, r.code}));
}

constexpr Endpoint rows[] = {bind_write<RequestCode, request>(), bind_write<VerifyCode, verify>()};

}  // namespace

std::span<const Endpoint> sign_in_code_endpoints() { return rows; }

}  // namespace sealbook::api
