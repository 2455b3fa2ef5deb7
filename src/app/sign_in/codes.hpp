// One-time codes by mail, for patients: eight digits, to an address that was verified before.
//
// Nobody learns from here whether an address is known: the answer, the work and the time are the
// same. A code is good for ten minutes, five tries and one use; three go to one address in an hour.
// Calls wait for a moment of their own: for threads that may block. Threads: any.
#pragma once

#include "app/sign_in/sessions.hpp"
#include "base/sensitive.hpp"

namespace sealbook::app::sign_in {

// Always the same answer. Fails with rate_limited by network alone.
Result<Work<int>> request_code(CallContext& ctx, std::string_view tenant_slug, const SensitiveText& contact);

struct TypedCode {
  SensitiveText contact, code;
};
// Begins a session of the patient's account, which is made when there is none yet. Fails with
// unauthenticated, whatever was wrong.
Result<Work<int>> sign_in_by_code(CallContext& ctx, std::string_view tenant_slug, const TypedCode& typed);

// The digits for the mail that carries them: HMAC-SHA256(link key, "sealbook sign-in code 1" ‖ patient
// ‖ code id), as a number below 10^8. Fails with not_found when there is none that still opens.
Result<SensitiveText> code_to_send(App& app, const Tenant& tenant, const PatientId& patient);

}  // namespace sealbook::app::sign_in
